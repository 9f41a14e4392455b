// The envelope of one file on the shared time axis.
import { colour, drawSpans, prepare, timeOf } from "./drawing.js";

/** The largest sample of an envelope; 0 without one. */
export const largest = (peaks) => (peaks ? peaks.values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) : 0);

/**
 * @param peaks  {values: pairs of lowest and highest sample, duration}, or null while they are on their way
 * @param own    the time in this file of an instant of the axis
 * @param full   the sample that fills the height; the same for both files, so that a softer one looks softer
 */
export function drawWaveform(canvas, { peaks, range, own, full, ink, spans, isHeard }) {
  const context = prepare(canvas);
  if (!context) return;
  const { width, height } = canvas;
  const middle = height / 2;
  drawSpans(context, range, spans);
  context.fillStyle = colour("rule");
  context.fillRect(0, Math.round(middle), width, 1);
  if (!peaks) return;
  context.fillStyle = colour(ink);
  context.globalAlpha = isHeard ? 1 : 0.55;
  const columns = peaks.values.length / 2;
  const time = timeOf(range, width);
  const column = (x) => (own(time(x)) / peaks.duration) * columns;
  for (let x = 0; x < width; x++) {
    const first = Math.floor(column(x));
    const last = Math.max(first + 1, Math.floor(column(x + 1)));
    if (last <= 0 || first >= columns) continue;
    let low = 127;
    let high = -128;
    for (let i = Math.max(0, first); i < Math.min(columns, last); i++) {
      low = Math.min(low, peaks.values[2 * i]);
      high = Math.max(high, peaks.values[2 * i + 1]);
    }
    const top = middle - (high / full) * middle;
    context.fillRect(x, top, 1, Math.max(1, ((high - low) / full) * middle));
  }
  context.globalAlpha = 1;
}
