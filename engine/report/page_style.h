// The style sheet of all pages: colours in light and dark, text, cards, tables with bars and charts.
// tests/cli/tune_page.py counts pixels of these colours.
#pragma once

#include <string_view>

namespace echofold {

inline constexpr std::string_view page_style = R"css(
:root { color-scheme: light dark;
  --paper: #ffffff; --card: #f5f6f8; --ink: #1d2330; --soft: #667085; --rule: #dfe3e9;
  --moved: #2563eb; --shown: #0d9b8c;
  --same: #2f9e5b; --edit: #d9920a; --version: #8250c4; --different: #d4483e;
  --clean: #5cbf93; --fair: #bcd46a; --altered: #f2b544; --foreign: #e2574c; --unknown: #c6ccd5; }
@media (prefers-color-scheme: dark) { :root {
  --paper: #14171d; --card: #1d222b; --ink: #e6e9ee; --soft: #98a2b3; --rule: #323945;
  --moved: #6ea0ff; --shown: #35c9b8;
  --same: #4cc47f; --edit: #f0b13a; --version: #ae85e8; --different: #f0716a;
  --clean: #49a57d; --fair: #a3bb55; --altered: #dda23a; --foreign: #d5564c; --unknown: #4d5563; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2.5rem 1.5rem 4rem; max-width: 60rem; background: var(--paper); color: var(--ink);
  font: 15px/1.55 system-ui, "DejaVu Sans", sans-serif; }
h1 { font-size: 1.7rem; margin: 0; } h2 { font-size: 1.2rem; margin: 2.8rem 0 .4rem; }
h3 { font-size: .95rem; font-weight: 600; margin: 1.1rem 0 0; }
p { margin: .3rem 0 .8rem; } .soft, figcaption { color: var(--soft); }
code, pre { font: 12.5px/1.5 ui-monospace, "DejaVu Sans Mono", monospace; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(12rem, 1fr)); gap: .8rem;
  margin: 1.6rem 0; }
.card { background: var(--card); border-radius: .6rem; padding: .8rem 1rem; }
.card b { display: block; font-size: 1.55rem; font-variant-numeric: tabular-nums; }
.chart { display: block; width: 100%; height: auto; }
.chart text { fill: var(--soft); font: 12px system-ui, "DejaVu Sans", sans-serif; }
.grid { stroke: var(--rule); } .axis { stroke: var(--soft); }
.key { white-space: nowrap; margin-left: .9rem; }
.key i { display: inline-block; width: .75rem; height: .75rem; border-radius: 2px; margin-right: .35rem; }
.key i.move { background: var(--moved); } .key i.review { background: var(--edit); } .key i.plain { background: var(--unknown); }
rect.move { fill: var(--moved); } rect.review { fill: var(--edit); } rect.plain { fill: var(--unknown); }
body.wide { max-width: 82rem; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 30rem), 1fr)); gap: 0 2.5rem; }
figure { margin: 0; } figcaption { font-size: .9rem; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th { text-align: left; font-weight: 400; } td.number, th.number { text-align: right; white-space: nowrap; }
.bars { table-layout: fixed; font-size: .9rem; } .bars td, .bars th { padding: .12rem .5rem .12rem 0; vertical-align: middle; }
.bars .name { width: 42%; overflow-wrap: anywhere; } .bars thead th { color: var(--soft); font-size: .8rem; }
.bars .number { width: 5.4rem; } .bars .number.files { width: 4rem; }
.bars svg { display: block; width: 100%; height: .8rem; }
.bars button { all: unset; cursor: pointer; border-bottom: 1px dotted var(--soft); }
.bars button:focus-visible, a:focus-visible { outline: 2px solid var(--moved); outline-offset: 2px; }
details.figures { font-size: .85rem; } details.figures summary { margin: .2rem 0 .6rem; color: var(--soft); cursor: pointer; }
details.figures table { width: auto; } details.figures td, details.figures th { padding-right: 1.2rem; }
.empty { color: var(--soft); font-style: italic; }
@media print { :root { color-scheme: light; --paper: #fff; --card: #fff; --ink: #000; --soft: #444; --rule: #bbb;
    --moved: #2563eb; --edit: #d9920a; --unknown: #9aa3ae; }
  body, body.wide { max-width: none; padding: 0; font-size: 10pt; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .card { border: 1px solid var(--rule); } .screen { display: none; } }
)css";

}  // namespace echofold
