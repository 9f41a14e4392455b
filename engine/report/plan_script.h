// The script of the page of a plan: it hides and sorts groups that are in the page already, and writes no markup.
#pragma once

#include <string_view>

namespace echofold {

inline constexpr std::string_view plan_script = R"js(
'use strict';
(() => {
  const list = document.getElementById('groups');
  const groups = Array.from(list.children, (element, place) => ({
    element, place, number: Number(element.dataset.n), least: Number(element.dataset.s), text: null,
    drops: Array.from(element.querySelectorAll('tr[data-a]'), row => row.dataset),
  }));
  const field = id => document.getElementById(id);
  const facets = { a: field('action'), f: field('format'), r: field('reason'), d: field('folder') };
  const search = field('search'), sort = field('sort'), count = field('count');
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const size = bytes => {
    let unit = 0;
    for (; bytes >= 999.95 && unit + 1 < units.length; ++unit) bytes /= 1000;
    return (unit ? bytes.toFixed(1) : bytes) + ' ' + units[unit];
  };
  const textOf = group => group.text ??= group.element.textContent.toLowerCase();

  const filter = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const wanted = Object.entries(facets).filter(([, select]) => select.value !== '');
    const fits = drop => wanted.every(([name, select]) => drop[name] === select.value);
    let shown = 0, files = 0, bytes = 0;
    for (const group of groups) {
      const drops = wanted.length ? group.drops.filter(fits) : group.drops;
      const visible = (drops.length > 0 || !wanted.length) && words.every(word => textOf(group).includes(word));
      if (group.element.hidden === visible) group.element.hidden = !visible;
      if (!visible) continue;
      ++shown;
      for (const drop of drops) if (drop.b !== '') { ++files; bytes += Number(drop.b); }
    }
    count.textContent = `${shown} of ${groups.length} ${groups.length === 1 ? 'group' : 'groups'}: ` +
      `${files} ${files === 1 ? 'file' : 'files'} to move or to review, ${size(bytes)}`;
  };
  const orders = {
    space: (x, y) => x.place - y.place,
    path: (x, y) => x.number - y.number,
    least: (x, y) => x.least - y.least || x.place - y.place,
  };
  const reorder = () => list.append(...groups.slice().sort(orders[sort.value]).map(group => group.element));
  const clear = () => {
    search.value = '';
    for (const select of Object.values(facets)) select.value = '';
    filter();
  };

  let waits = 0;
  search.addEventListener('input', () => { clearTimeout(waits); waits = setTimeout(filter, 120); });
  for (const select of Object.values(facets)) select.addEventListener('change', filter);
  sort.addEventListener('change', reorder);
  field('clear').addEventListener('click', clear);
  document.addEventListener('click', event => {
    const button = event.target.closest('button[data-facet]');
    if (!button) return;
    facets[button.dataset.facet].value = button.dataset.value;
    filter();
    field('list').scrollIntoView();
  });
  document.addEventListener('keydown', event => {
    if (event.key === 'Escape') clear();
    if (event.key !== '/' || event.target.matches('input, select')) return;
    event.preventDefault();
    search.focus();
  });
  field('filters').hidden = false;
  filter();
})();
)js";

/// Of the script's bytes, for the policy of the page: tests/cli/plan_page.py says what it should be.
inline constexpr std::string_view plan_script_hash = "sha256-OIIwUt5xnQHA11ORnam/Mgpsu5AJaL1crzgP1xPJa0U=";

}  // namespace echofold
