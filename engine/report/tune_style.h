// The style sheet of the report of `tune`. tests/cli/tune_report.py counts pixels of these colours.
#pragma once

#include <string_view>

namespace echofold {

inline constexpr std::string_view tune_style = R"css(
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
.advice { border-left: 3px solid var(--soft); padding-left: .9rem; }
.chart { display: block; width: 100%; height: auto; }
.chart text { fill: var(--soft); font: 12px system-ui, "DejaVu Sans", sans-serif; }
.grid { stroke: var(--rule); } .axis { stroke: var(--soft); }
polyline { fill: none; stroke-width: 3; stroke-linejoin: round; }
polyline.moved { stroke: var(--moved); } polyline.shown { stroke: var(--shown); }
circle.moved { fill: var(--moved); } circle.shown { fill: var(--shown); }
circle.mark { stroke: var(--paper); stroke-width: 2; } circle.in-use { fill: var(--soft); }
rect.same { fill: var(--same); } rect.edit { fill: var(--edit); } rect.version { fill: var(--version); }
rect.different { fill: var(--different); }
.at-auto { stroke: var(--ink); stroke-width: 1.5; }
.at-review { stroke: var(--ink); stroke-width: 1.5; stroke-dasharray: 4 3; }
.key { white-space: nowrap; margin-left: .9rem; }
.key i { display: inline-block; width: .75rem; height: .75rem; border-radius: 2px; margin-right: .35rem; }
.curve-moved { background: var(--moved); } .curve-shown { background: var(--shown); }
.pair { background: var(--card); border-radius: .6rem; padding: .7rem 1rem .8rem; margin: .6rem 0; }
.pair header { display: flex; flex-wrap: wrap; gap: .2rem .9rem; align-items: baseline; }
.pair header b { font-variant-numeric: tabular-nums; } .pair code { display: block; overflow-wrap: anywhere; }
.band { border: 1px solid currentColor; border-radius: 1rem; padding: 0 .6rem; font-size: .8rem; }
.band.auto { color: var(--different); } .band.review { color: var(--edit); }
.band.related, .band.none { color: var(--soft); }
.misses .band.auto { color: var(--same); } .misses .band.none { color: var(--different); }
.strip { display: block; width: 100%; height: 14px; border-radius: 3px; margin-top: .45rem;
  background: var(--rule); }
.clean { fill: var(--clean); background: var(--clean); } .fair { fill: var(--fair); background: var(--fair); }
.altered { fill: var(--altered); background: var(--altered); }
.foreign { fill: var(--foreign); background: var(--foreign); }
.unknown { fill: var(--unknown); background: var(--unknown); }
pre { background: var(--card); border-radius: .6rem; padding: 1rem; overflow-x: auto; }
summary { cursor: pointer; margin-top: 2.5rem; }
)css";

}  // namespace echofold
