// The state of the page: one object, replaced as a whole with each change.

let state = {
  view: "overview", // "overview", "pair", "answers" or "apply"
  summary: null,
  groups: [],
  generation: 0, // of the server's data that the page shows
  filters: null, // see filters.js; set by main.js
  current: null, // the open group: its answer from the server, with `group` as its number
  left: null, // ids of the two files that are shown side by side
  right: null,
  pair: null, // what is known of these two as a pair
  pairError: null, // why that is nothing
  everything: false, // also the lines that both have in common
  spectrogram: false,
  zoomed: false,
  busy: false, // an answer is on its way
  message: null, // {text, kind: "done" | "failed"}
  dialog: null, // {kind, ...} or null
  connected: true,
  answers: null,
  preview: null,
  runs: null,
  job: null,
};
const listeners = new Set();

export const get = () => state;

/** Replaces the given fields and draws the page again. */
export function set(patch) {
  state = { ...state, ...patch };
  for (const listener of listeners) listener(state);
}

export const subscribe = (listener) => listeners.add(listener);
