// The rules of the page of a plan beside those of all pages (page_style.h).
#pragma once

#include <string_view>

namespace echofold {

inline constexpr std::string_view plan_style = R"css(
.defs { position: absolute; } .e0 { stop-color: var(--clean); } .e1 { stop-color: var(--fair); }
.e2 { stop-color: var(--altered); } .e3 { stop-color: var(--foreign); }
.errors { display: block; width: 100%; height: 30px; border-bottom: 1px solid var(--rule); }
.errors path { fill: url(#e); } .errors .heard { fill: var(--version); fill-opacity: .6; }
.key i.heard { background: var(--version); }
.key i.clean { background: var(--clean); } .key i.altered { background: var(--altered); }
.key i.foreign { background: var(--foreign); }
.filters { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: .5rem .8rem; align-items: end;
  background: var(--paper); padding: .6rem 0; border-bottom: 1px solid var(--rule); }
.filters label { display: flex; flex-direction: column; font-size: .78rem; color: var(--soft); min-width: 0; }
.filters select, .filters input { font: inherit; font-size: .9rem; color: var(--ink); background: var(--card);
  border: 1px solid var(--soft); border-radius: .35rem; padding: 0 .4rem; height: 2rem; max-width: 15rem; }
.filters input { width: 15rem; } .filters .clear { cursor: pointer; }
.filters button { font: inherit; font-size: .9rem; color: var(--ink); background: var(--card); cursor: pointer;
  border: 1px solid var(--soft); border-radius: .35rem; padding: 0 .7rem; height: 2rem; }
#count { margin: .7rem 0 .3rem; }
.g { content-visibility: auto; contain-intrinsic-size: auto 9rem; border-top: 1px solid var(--rule); padding: .7rem 0 .9rem; }
.g[hidden] { display: none; }
.g h3 { margin: 0 0 .2rem; display: flex; gap: 1rem; justify-content: space-between; overflow-wrap: anywhere; }
.g h3 span { color: var(--soft); font-weight: 400; white-space: nowrap; }
.g table { table-layout: fixed; font-size: .9rem; } .g td, .g th { vertical-align: top; padding: .25rem .8rem .25rem 0; }
.g .w { width: 4.6rem; } .g .n { width: 5.6rem; text-align: right; white-space: nowrap; } .g .s { width: 21rem; padding-right: 0; }
.g .p { overflow-wrap: anywhere; } .g .p i { font-style: normal; color: var(--soft); }
.g small { display: block; font-size: .82rem; color: var(--soft); } .g small b { color: var(--ink); font-weight: 500; }
.g th span { display: inline-block; padding: 0 .5rem; border-radius: .3rem; border: 1px solid var(--rule); font-size: .82rem; }
.k th span { border-color: var(--same); } .m th span { border-color: var(--moved); } .r th span { border-color: var(--edit); }
.p b { font-weight: 500; } .k .p b { font-weight: 600; }
@media (max-width: 62rem) { .g tr { display: grid; grid-template-columns: 4.6rem 1fr 5.6rem 5.6rem; }
  .g .s { grid-column: 2 / -1; width: auto; } .g .w, .g .n { width: auto; } }
@media print { .g { content-visibility: visible; break-inside: avoid; } .filters { display: none; }
  .errors { height: 16px; } }
)css";

}  // namespace echofold
