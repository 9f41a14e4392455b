// Two files as lines of a table: what differs between them, and which of the two is better where that can be said.
import * as words from "./words.js";

const slack_s = 0.5; // lengths that differ by less are the same to a listener
const slack_hz = 500; // likewise for the highest tones
const slack_kbps = 0.1; // share of a bit rate

const text = (value) => (value === null || value === undefined ? "" : String(value));
const list = (values) => (values ?? []).join(", ");

function bits(file) {
  if (!file.bits) return "";
  const isPadded = file.used_bits && file.used_bits < file.bits;
  return isPadded ? `${file.bits} bit, ${file.used_bits} used` : `${file.bits} bit`;
}

function channels(file) {
  if (!file.channels) return "";
  const name = words.channels(file.channels);
  const sounding = file.sounding_channels;
  return sounding && sounding < file.channels ? `${name}, sounds like ${words.channels(sounding)}` : name;
}

/** "left" or "right" where the number of one is larger by more than the slack. */
function larger(a, b, slack = 0) {
  if (typeof a !== "number" || typeof b !== "number" || Math.abs(a - b) <= slack) return "";
  return a > b ? "left" : "right";
}

/** Where only one has something. */
const has = (a, b) => (Boolean(a) === Boolean(b) ? "" : a ? "left" : "right");

// The folders above both files, which are not shown.
function sharedFolders(a, b) {
  const left = a.path.split("/");
  const right = b.path.split("/");
  let same = 0;
  while (same < Math.min(left.length, right.length) - 1 && left[same] === right[same]) same++;
  return left.slice(0, same).join("/");
}

function pathLine(a, b) {
  const shared = sharedFolders(a, b);
  const rest = (file) => (shared ? file.path.slice(shared.length + 1) : file.path);
  return { name: "Path", left: rest(a), right: rest(b), isPath: true, shared, better: "" };
}

const properties = [
  { name: "Format", show: (f) => `${text(f.format)}${f.lossless ? ", lossless" : ""}`, better: (a, b) => has(a.lossless, b.lossless) },
  { name: "Size", show: (f) => words.bytes(f.size_bytes) },
  {
    name: "Bit rate",
    show: (f) => (f.bit_rate_kbps ? `${Math.round(f.bit_rate_kbps)} kb/s` : ""),
    better: (a, b) =>
      a.format === b.format ? larger(a.bit_rate_kbps, b.bit_rate_kbps, slack_kbps * (a.bit_rate_kbps ?? 0)) : "",
  },
  {
    name: "Highest tones",
    show: (f) => (f.bandwidth_hz ? words.kilohertz(f.bandwidth_hz) : ""),
    better: (a, b) => larger(a.bandwidth_hz, b.bandwidth_hz, slack_hz),
    same: (a, b) => Math.abs((a.bandwidth_hz ?? 0) - (b.bandwidth_hz ?? 0)) <= slack_hz,
  },
  { name: "Sample rate", show: (f) => (f.sample_rate_hz ? words.kilohertz(f.sample_rate_hz) : "") },
  { name: "Bits", show: bits },
  {
    name: "Channels",
    show: channels,
    better: (a, b) => larger(a.sounding_channels ?? a.channels, b.sounding_channels ?? b.channels),
  },
  {
    name: "Length",
    show: (f) => (f.duration_s ? words.moment(f.duration_s) : ""),
    better: (a, b) => larger(a.duration_s, b.duration_s, slack_s),
    same: (a, b) => Math.abs((a.duration_s ?? 0) - (b.duration_s ?? 0)) <= slack_s,
  },
  { name: "Signs", show: (f) => list(f.signs), better: (a, b) => has(!a.signs?.length, !b.signs?.length) },
  {
    name: "Tracks of album",
    show: (f) => (f.album ? `${f.album.tracks}${f.album.of ? ` of ${f.album.of}` : ""} here` : ""),
    better: (a, b) => larger(a.album?.tracks, b.album?.tracks),
  },
  { name: "Cover", show: (f) => (f.has_art ? text(f.art) || "yes" : ""), better: (a, b) => has(a.has_art, b.has_art) },
  { name: "Also holds", show: (f) => list(f.contents), better: (a, b) => has(list(a.contents), list(b.contents)) },
  { name: "In playlists", show: (f) => list(f.playlists) },
];

const tagOrder = ["Artist", "Title", "Album", "Album artist", "Track", "Disc", "Date"];

function tagLines(a, b) {
  const left = a.tags ?? {};
  const right = b.tags ?? {};
  const place = (name) => (tagOrder.includes(name) ? tagOrder.indexOf(name) : tagOrder.length);
  const names = [...new Set([...Object.keys(left), ...Object.keys(right)])];
  names.sort((x, y) => place(x) - place(y) || (x < y ? -1 : 1));
  return names.map((name) => ({
    name,
    left: text(left[name]),
    right: text(right[name]),
    isTag: true,
    better: has(left[name], right[name]),
  }));
}

/** All lines, each with `differs`. */
export function lines(a, b) {
  const all = [
    pathLine(a, b),
    ...properties.map(({ name, show, better, same }) => ({
      name,
      left: show(a),
      right: show(b),
      better: better ? better(a, b) : "",
      isSame: same?.(a, b),
    })),
    ...tagLines(a, b),
  ].filter((line) => line.left || line.right);
  return all.map((line) => ({ ...line, differs: line.left !== line.right && !line.isSame }));
}

const wordParts = /[\p{L}\p{N}]+|\s+|[^\p{L}\p{N}\s]/gu;

const most_marked = 0.6; // of both texts: where more differs, marks say nothing

/** Two texts as [{text, differs}], by whole words: what begins and ends alike is not marked. */
export function marked(left, right) {
  if (!left || !right) return { left: [{ text: left, differs: false }], right: [{ text: right, differs: false }] };
  const a = left.match(wordParts) ?? [];
  const b = right.match(wordParts) ?? [];
  let head = 0;
  while (head < Math.min(a.length, b.length) && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < Math.min(a.length, b.length) - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  const share = (tokens) => (tokens.length - head - tail) / tokens.length;
  if (Math.min(share(a), share(b)) > most_marked) {
    return { left: [{ text: left, differs: false }], right: [{ text: right, differs: false }] };
  }
  const parts = (tokens) =>
    [
      { text: tokens.slice(0, head).join(""), differs: false },
      { text: tokens.slice(head, tokens.length - tail).join(""), differs: true },
      { text: tokens.slice(tokens.length - tail).join(""), differs: false },
    ].filter((part) => part.text);
  return { left: parts(a), right: parts(b) };
}
