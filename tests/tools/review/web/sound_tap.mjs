// What the page really plays, as samples, and where in a file these samples are.
import { execFileSync } from "node:child_process";

/**
 * Runs in the page before its own scripts: everything that is connected to the speakers also goes to a recorder.
 * `recorded` has the blocks in order. They are long: a page that is busy for 0.3 s loses none.
 */
export function installTap() {
  window.recorded = [];
  const connect = AudioNode.prototype.connect;
  const taps = new WeakMap();
  AudioNode.prototype.connect = function (target, ...rest) {
    const context = this.context;
    if (target === context.destination && !taps.has(context)) {
      const tap = context.createScriptProcessor(16384, 2, 1);
      taps.set(context, tap);
      window.tapped = context;
      tap.onaudioprocess = (event) => {
        window.recorded.push({ at: event.playbackTime, samples: new Float32Array(event.inputBuffer.getChannelData(0)) });
      };
      connect.call(tap, context.destination);
    }
    if (target === context.destination) connect.call(this, taps.get(context));
    return connect.call(this, target, ...rest);
  };
}

/** @return {rate, samples: Float32Array, gaps} of all that was played since the tap was installed or emptied; gaps: blocks that were lost */
export async function recording(page) {
  const { rate, blocks } = await page.evaluate(() => ({
    rate: window.tapped.sampleRate,
    blocks: window.recorded.map(({ at, samples }) => {
      let binary = "";
      for (const byte of new Uint8Array(samples.buffer)) binary += String.fromCharCode(byte);
      return { at, data: btoa(binary) };
    }),
  }));
  const parts = blocks.map(({ at, data }) => ({ at, samples: new Float32Array(Uint8Array.from(Buffer.from(data, "base64")).buffer) }));
  let gaps = 0;
  for (let i = 1; i < parts.length; i++) {
    const length = parts[i - 1].samples.length / rate;
    if (Math.abs(parts[i].at - parts[i - 1].at - length) > length / 2) gaps++; // the times are not exact
  }
  const samples = new Float32Array(parts.reduce((sum, part) => sum + part.samples.length, 0));
  let at = 0;
  for (const part of parts) {
    samples.set(part.samples, at);
    at += part.samples.length;
  }
  return { rate, samples, gaps };
}

export const emptyTap = (page) => page.evaluate(() => void (window.recorded.length = 0));

/** The left channel of a file as the decoder of the tests gives it. */
export function decode(path, rate) {
  const bytes = execFileSync("ffmpeg", ["-nostdin", "-v", "error", "-i", path, "-af", "pan=mono|c0=c0", "-ar", String(rate), "-f", "f32le", "-"], { maxBuffer: 1 << 28 });
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

/** Correlation of `block` with the part of `file` that begins at `at`, -1 .. 1. */
function correlation(block, file, at, step = 1) {
  let [xy, xx, yy] = [0, 0, 0];
  for (let i = 0; i < block.length; i += step) {
    const x = block[i];
    const y = file[at + i] ?? 0;
    xy += x * y;
    xx += x * x;
    yy += y * y;
  }
  return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : 0;
}

/** Every n-th sample of a smoothed signal: enough to search a whole file roughly. */
function thinned(signal, n) {
  const thin = new Float32Array(Math.floor(signal.length / n));
  for (let i = 0; i < thin.length; i++) {
    let sum = 0;
    for (let k = 0; k < n; k++) sum += signal[i * n + k];
    thin[i] = sum / n;
  }
  return thin;
}

/**
 * Where in `file` a block was taken from, wherever that is.
 * @return {at: sample, correlation}
 */
export function find(block, file) {
  const n = 12;
  const [thinBlock, thinFile] = [thinned(block, n), thinned(file, n)];
  let rough = { at: 0, correlation: -1 };
  for (let at = 0; at + thinBlock.length <= thinFile.length; at++) {
    const found = correlation(thinBlock, thinFile, at, 2);
    if (found > rough.correlation) rough = { at, correlation: found };
  }
  let best = { at: 0, correlation: -1 };
  for (let at = Math.max(0, (rough.at - 2) * n); at <= (rough.at + 2) * n; at++) {
    const found = correlation(block, file, at);
    if (found > best.correlation) best = { at, correlation: found };
  }
  return best;
}

export const rms = (samples) => Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
