// The strip of bit errors: for each item of the aligned fingerprints, which of its 32 bits differ, and the rolling rate
// above. Two recordings without anything in common differ in half of all bits.
import { colour, prepare, rgb, timeOf, xOf } from "./drawing.js";

const bits = 32;
const foreign = 0.5; // the rate of unrelated music
const curve_share = 0.4; // of the height

const unpacked = new WeakMap();

/** 32-bit words, little endian, from base64. */
function wordsOf(errors) {
  if (!unpacked.has(errors)) {
    const bytes = Uint8Array.from(atob(errors.bits), (letter) => letter.charCodeAt(0));
    unpacked.set(errors, new Uint32Array(bytes.buffer, 0, Math.floor(bytes.length / 4)));
  }
  return unpacked.get(errors);
}

/** The share of differing bits for each column and bit, as an image of 32 rows. */
function image(errors, range, width) {
  const words = wordsOf(errors);
  const [r, g, b] = rgb(colour("wrong"));
  const pixels = new ImageData(width, bits);
  const time = timeOf(range, width);
  const item = (x) => (time(x) - errors.start_s) / errors.item_s;
  const count = new Uint16Array(bits);
  for (let x = 0; x < width; x++) {
    const first = Math.max(0, Math.floor(item(x)));
    const last = Math.min(words.length, Math.max(first + 1, Math.floor(item(x + 1))));
    if (item(x) < 0 || first >= last) continue;
    count.fill(0);
    for (let i = first; i < last; i++) for (let bit = 0; bit < bits; bit++) count[bit] += (words[i] >>> bit) & 1;
    for (let bit = 0; bit < bits; bit++) {
      const share = Math.min(1, count[bit] / (last - first) / foreign);
      pixels.data.set([r, g, b, 255 * share], 4 * ((bits - 1 - bit) * width + x));
    }
  }
  return pixels;
}

function drawRate(context, errors, range, height) {
  const words = wordsOf(errors);
  const { width } = context.canvas;
  const x = xOf(range, width);
  const step = (words.length * errors.item_s) / errors.rate.length;
  context.strokeStyle = colour("wrong");
  context.lineWidth = 1.5 * devicePixelRatio;
  context.beginPath();
  errors.rate.forEach((rate, i) => {
    const y = height - Math.min(1, rate / foreign) * (height - context.lineWidth) - context.lineWidth / 2;
    context.lineTo(x(errors.start_s + (i + 0.5) * step), y);
  });
  context.stroke();
}

export function drawBitErrors(canvas, errors, range) {
  const context = prepare(canvas);
  if (!context || !errors) return;
  const { width, height } = canvas;
  const curve = Math.round(height * curve_share);
  drawRate(context, errors, range, curve);
  context.fillStyle = colour("sunken");
  context.fillRect(0, curve, width, height - curve);
  const strip = new OffscreenCanvas(width, bits);
  strip.getContext("2d").putImageData(image(errors, range, width), 0, 0);
  context.imageSmoothingEnabled = false;
  context.drawImage(strip, 0, 0, width, bits, 0, curve, width, height - curve);
}
