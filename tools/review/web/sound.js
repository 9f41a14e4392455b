// The one player of the page, and what keys and buttons do with it.
import { attempt } from "./loading.js";
import { Player } from "./player.js";
import { nextSpan, previousSpan, spansOf } from "./spans.js";
import { get, set } from "./store.js";

const step_s = 5; // of an arrow key
const before_span_s = 1.5; // playing begins so much before a moment that differs

// Each change of the player draws the page anew: `sound` only has to be another value each time.
let changes = 0;
export const player = new Player(() => set({ sound: ++changes }));

/** Where playing begins: shortly before the first moment that differs, else at a quarter of what both have. */
function startOf(pair, spans) {
  if (spans.length > 0) return Math.max(0, spans[0].start - before_span_s);
  const begin = Math.max(0, pair.offset);
  const end = Math.min(pair.durationA, pair.offset + pair.durationB * pair.speed);
  return begin + Math.max(0, end - begin) / 4;
}

/** The offset to the sample if both were lined up by ear, else that of the fingerprints. */
export const offsetOf = (pair) => (pair.heard?.lined_up ? pair.heard.offset_s : pair.offset_s);

/** Gives the player the pair that is shown. */
export function loadSound(state) {
  const { pair } = state;
  if (!pair) return player.load(null);
  const loaded = {
    a: pair.a,
    b: pair.b,
    offset: offsetOf(pair),
    speed: pair.speed || 1,
    durationA: pair.duration_a_s,
    durationB: pair.duration_b_s,
  };
  loaded.start = startOf(loaded, spansOf(state));
  return player.load(loaded);
}

export const togglePlaying = () => attempt(() => player.toggle());
export const seek = (t) => attempt(() => player.seek(t));
export const seekBy = (direction) => seek(player.position() + direction * step_s);
export const switchSide = (side) => player.switchSide(side);

/** Jumps to the next (or the previous) moment that differs; playing goes on there. */
export function toSpan(direction) {
  const spans = spansOf(get());
  if (spans.length === 0) return undefined;
  const heardAt = player.position() + before_span_s; // the span that the last jump went to
  const span = direction > 0 ? nextSpan(spans, heardAt) : previousSpan(spans, heardAt);
  return seek(Math.max(player.begin, span.start - before_span_s));
}
