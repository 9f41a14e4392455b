// Which groups the list shows, and in which order. Pure functions over what the server sent.

export const none = {
  state: "all", // "all", "open" or "answered"
  band: "",
  relation: "",
  reason: "",
  format: "",
  folder: "",
  size: 0, // at least so many bytes to free
  text: "",
  order: "space", // "space", "title" or "folder"
};

export const sizes = [
  [0, "any size"],
  [1e6, "over 1 MB"],
  [10e6, "over 10 MB"],
  [50e6, "over 50 MB"],
  [200e6, "over 200 MB"],
];

/** Whether `folder` is `above` or lies below it. */
export const isBelow = (folder, above) => folder === above || folder.startsWith(above.endsWith("/") ? above : above + "/");

const orders = {
  space: (a, b) => b.bytes - a.bytes || a.group - b.group,
  title: (a, b) => a.title.localeCompare(b.title) || a.group - b.group,
  folder: (a, b) => (a.folder < b.folder ? -1 : a.folder > b.folder ? 1 : a.group - b.group),
};

function passes(group, filters, words) {
  if (filters.state === "open" && group.open === 0) return false;
  if (filters.state === "answered" && !group.answered) return false;
  if (filters.band && group.band !== filters.band) return false;
  if (filters.relation && !group.relations.includes(filters.relation)) return false;
  if (filters.reason && !group.reasons.includes(filters.reason)) return false;
  if (filters.format && !group.formats.includes(filters.format)) return false;
  if (filters.folder && !isBelow(group.folder, filters.folder)) return false;
  if (group.bytes < filters.size) return false;
  return words.every((word) => group.text.includes(word));
}

/** The groups that pass all filters, in the chosen order. Every word of the text must occur. */
export function visible(groups, filters) {
  const words = filters.text.normalize("NFC").toLowerCase().split(/\s+/).filter(Boolean);
  return groups.filter((group) => passes(group, filters, words)).sort(orders[filters.order]);
}

/** The same list for the same input: the page draws often, and sorting 10,000 groups takes a while. */
export function memoized() {
  let last = {};
  return (groups, filters) => {
    if (last.groups !== groups || last.filters !== filters) last = { groups, filters, list: visible(groups, filters) };
    return last.list;
  };
}

/** Number of filters that hide something, without the text. */
export const active = (filters) =>
  ["band", "relation", "reason", "format", "folder", "size"].filter((name) => filters[name] !== none[name]).length +
  (filters.state === "all" ? 0 : 1);

const most_common = 200; // choices: a longer menu is of no use

/** What the menus offer: each value with the number of groups that have it, the most frequent first. */
export function choices(groups) {
  const count = { relation: new Map(), reason: new Map(), format: new Map(), folder: new Map() };
  const add = (map, value) => map.set(value, (map.get(value) ?? 0) + 1);
  for (const group of groups) {
    for (const value of new Set(group.relations)) add(count.relation, value);
    for (const value of new Set(group.reasons)) add(count.reason, value);
    for (const value of new Set(group.formats)) add(count.format, value);
    add(count.folder, group.folder);
  }
  const sorted = (map) => [...map].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, most_common);
  return Object.fromEntries(Object.entries(count).map(([name, map]) => [name, sorted(map)]));
}
