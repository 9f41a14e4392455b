// The rules of the report of `tune` beside those of all pages (page_style.h).
#pragma once

#include <string_view>

namespace echofold {

inline constexpr std::string_view tune_style = R"css(
polyline { fill: none; stroke-width: 3; stroke-linejoin: round; }
polyline.moved { stroke: var(--moved); } polyline.shown { stroke: var(--shown); }
circle.moved { fill: var(--moved); } circle.shown { fill: var(--shown); }
circle.mark { stroke: var(--paper); stroke-width: 2; } circle.in-use { fill: var(--soft); }
rect.same { fill: var(--same); } rect.edit { fill: var(--edit); } rect.version { fill: var(--version); }
rect.different { fill: var(--different); }
.at-auto { stroke: var(--ink); stroke-width: 1.5; }
.at-review { stroke: var(--ink); stroke-width: 1.5; stroke-dasharray: 4 3; }
.curve-moved { background: var(--moved); } .curve-shown { background: var(--shown); }
.advice { border-left: 3px solid var(--soft); padding-left: .9rem; }
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
