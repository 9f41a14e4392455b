// Search, filters and order above the list.
import { active, choices, none, sizes } from "./filters.js";
import { html } from "./html.js";
import { get, set } from "./store.js";
import { bands, bytes, counted, relation } from "./words.js";

export const setFilter = (patch) => set({ filters: { ...get().filters, ...patch } });
export const clearFilters = () => set({ filters: { ...none, order: get().filters.order } });

let known = { groups: null, choices: null };
function choicesOf(groups) {
  if (known.groups !== groups) known = { groups, choices: choices(groups) };
  return known.choices;
}

const Menu = ({ label, name, value, options }) => html`
  <label class="menu"><span>${label}</span>
    <select name=${name} value=${value} onChange=${(event) => setFilter({ [name]: name === "size" ? Number(event.target.value) : event.target.value })}>
      ${options.map(([option, text]) => html`<option value=${option}>${text}</option>`)}
    </select>
  </label>`;

const withCount = (list, any, nameOf = (value) => value) => [["", any], ...list.map(([value, count]) => [value, `${nameOf(value)} (${count})`])];

function Menus({ state }) {
  const { filters, groups } = state;
  const offered = choicesOf(groups);
  return html`
    <div class="menus">
      <${Menu} label="Kind" name="band" value=${filters.band} options=${[["", "all kinds"], ...Object.entries(bands).map(([value, band]) => [value, band.name])]} />
      <${Menu} label="Relation" name="relation" value=${filters.relation} options=${withCount(offered.relation, "any relation", relation)} />
      <${Menu} label="Reason" name="reason" value=${filters.reason} options=${withCount(offered.reason, "any reason")} />
      <${Menu} label="Format" name="format" value=${filters.format} options=${withCount(offered.format, "any format")} />
      <${Menu} label="Folder" name="folder" value=${filters.folder} options=${withFolder(offered.folder, filters.folder)} />
      <${Menu} label="Size" name="size" value=${filters.size} options=${sizes} />
    </div>`;
}

/** The chosen folder is offered even if no group lies directly in it. */
function withFolder(folders, chosen) {
  const options = withCount(folders, "any folder");
  return !chosen || folders.some(([folder]) => folder === chosen) ? options : [...options, [chosen, chosen]];
}

const states = [
  ["all", "All"],
  ["open", "To decide"],
  ["answered", "Answered"],
];

export function FilterBar({ state, shown }) {
  const { filters, filtersOpen } = state;
  const count = active(filters) - (filters.state === "all" ? 0 : 1);
  const space = shown.reduce((sum, group) => sum + group.bytes, 0);
  return html`
    <div class="filters" role="search">
      <div class="line">
        <input
          id="search"
          type="search"
          placeholder="Search  /"
          aria-label="Search names, folders and tags"
          value=${filters.text}
          onInput=${(event) => setFilter({ text: event.target.value })}
        />
        <button aria-expanded=${filtersOpen ? "true" : "false"} onClick=${() => set({ filtersOpen: !filtersOpen })}>
          Filters${count > 0 ? ` (${count})` : ""}
        </button>
      </div>
      ${filtersOpen && html`<${Menus} state=${state} />`}
      <div class="line">
        <span class="states" role="group" aria-label="Show">
          ${states.map(([value, text]) => html`<button aria-pressed=${filters.state === value ? "true" : "false"} onClick=${() => setFilter({ state: value })}>${text}</button>`)}
        </span>
        <label class="order"><span class="unseen">Order</span>
          <select value=${filters.order} onChange=${(event) => setFilter({ order: event.target.value })}>
            <option value="space">most space first</option>
            <option value="title">by title</option>
            <option value="folder">by folder</option>
          </select>
        </label>
      </div>
      <p class="count" role="status">
        ${counted(shown.length, "group", "groups")}, ${bytes(space)} to free
        ${(count > 0 || filters.text) && html` <button class="link" onClick=${clearFilters}>show all</button>`}
      </p>
    </div>`;
}
