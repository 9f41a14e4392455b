// The moments at which the two copies differ, as listening found them: times of the left file, the first one first.

const other_sound = 1; // strength from which a moment is other sound, as in index/pair/hearing

/** @return [{start, length, strength, what}] */
export function spansOf({ pair }) {
  const heard = pair?.heard;
  if (!heard?.lined_up) return [];
  const silent = { silent_in_a: "left is silent", silent_in_b: "right is silent" };
  return (heard.bursts ?? [])
    .filter((burst) => burst.strength >= other_sound)
    .map((burst) => ({
      start: burst.start_s,
      length: Math.max(0.1, burst.length_s),
      strength: burst.strength,
      what: silent[burst.kind] ?? (burst.in_side ? "left or right channel sounds different" : "sounds different"),
    }))
    .sort((a, b) => a.start - b.start);
}

/** The first span that begins after `t`; the first of all after the last one. */
export function nextSpan(spans, t) {
  return spans.find((span) => span.start > t + 0.05) ?? spans[0];
}
export function previousSpan(spans, t) {
  return [...spans].reverse().find((span) => span.start < t - 0.05) ?? spans[spans.length - 1];
}
