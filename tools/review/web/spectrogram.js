// Which frequencies a file has at which time, of the part that is shown. Low frequencies are below, loud ones bright.
import { drawSpans, prepare, xOf } from "./drawing.js";

// From silence to full level: black, violet, red, yellow, white.
const stops = [
  [0, 8, 10, 26],
  [0.35, 62, 24, 110],
  [0.6, 184, 52, 92],
  [0.8, 246, 134, 58],
  [0.93, 252, 214, 112],
  [1, 255, 250, 235],
];

const palette = Array.from({ length: 256 }, (_, level) => {
  const at = level / 255;
  const next = Math.max(1, stops.findIndex((stop) => stop[0] >= at));
  const [low, high] = [stops[next - 1], stops[next]];
  const share = (at - low[0]) / (high[0] - low[0]);
  return [1, 2, 3].map((i) => Math.round(low[i] + share * (high[i] - low[i])));
});

/** @param part  {values, columns, rows, from, to}: times of the axis; null while it is on its way */
export function drawSpectrogram(canvas, { part, range, spans }) {
  const context = prepare(canvas);
  if (!context) return;
  if (part && part.columns > 0) {
    const picture = new ImageData(part.columns, part.rows);
    for (let row = 0; row < part.rows; row++) {
      for (let column = 0; column < part.columns; column++) {
        const at = 4 * ((part.rows - 1 - row) * part.columns + column);
        picture.data.set([...palette[part.values[row * part.columns + column]], 255], at);
      }
    }
    const whole = new OffscreenCanvas(part.columns, part.rows);
    whole.getContext("2d").putImageData(picture, 0, 0);
    const x = xOf(range, canvas.width);
    context.drawImage(whole, x(part.from), 0, x(part.to) - x(part.from), canvas.height);
  }
  drawSpans(context, range, spans, 0.06); // the picture stays visible between the marks
}
