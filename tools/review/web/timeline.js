// Both files on one time axis, that of the left one: waveforms, bit errors, spectrograms, and where it plays.
import * as api from "./api.js";
import { drawBitErrors } from "./bit_errors.js";
import { drawAxis, timeOf, xOf } from "./drawing.js";
import { Component, createRef, html } from "./html.js";
import { offsetOf, player, seek } from "./sound.js";
import { spansOf } from "./spans.js";
import { drawSpectrogram } from "./spectrogram.js";
import { set } from "./store.js";
import { drawWaveform, largest } from "./waveform.js";
import { moment } from "./words.js";

const columns = 4000; // of an envelope: the most that the program gives
const zoom_s = 30; // shown when zoomed in; a spectrogram has at most 60 s
const page_share = 0.9; // of the zoomed part, after which it turns to the next one

const peakCache = new Map();
const most_peaks = 40;

const Lane = ({ name, text, children }) => html`<div class=${"lane " + name}><span>${text}</span>${children}</div>`;

export class Timeline extends Component {
  constructor() {
    super();
    for (const name of ["box", "head", "waveA", "waveB", "errors", "axis", "spectrumA", "spectrumB"]) {
      this[name] = createRef();
    }
    this.peaks = { a: null, b: null };
    this.spectra = { a: null, b: null };
    this.seekAt = (event) => {
      const box = this.box.current.getBoundingClientRect();
      seek(timeOf(this.range(), box.width)(event.clientX - box.left));
    };
    this.frame = () => {
      this.request = requestAnimationFrame(this.frame);
      if (!player.playing) return;
      if (this.props.state.zoomed && this.turnPage()) this.draw();
      this.moveHead();
    };
  }

  componentDidMount() {
    this.observer = new ResizeObserver(() => this.draw());
    this.observer.observe(this.box.current);
    this.load();
    this.draw();
    this.request = requestAnimationFrame(this.frame);
  }

  componentDidUpdate() {
    this.load();
    if (this.props.state.zoomed) this.turnPage();
    this.draw();
  }

  componentWillUnmount() {
    this.observer.disconnect();
    cancelAnimationFrame(this.request);
    this.abort?.abort();
    this.abortSpectra?.abort();
  }

  get pair() {
    return this.props.state.pair;
  }

  /** An instant of the axis in the file's own time, and back. */
  own(side) {
    const { speed } = this.pair;
    const offset = offsetOf(this.pair);
    return side === "a" ? (t) => t : (t) => (t - offset) / (speed || 1);
  }
  shared(side) {
    const { speed } = this.pair;
    const offset = offsetOf(this.pair);
    return side === "a" ? (t) => t : (t) => offset + t * (speed || 1);
  }

  whole() {
    const { duration_a_s, duration_b_s } = this.pair;
    const shared = this.shared("b");
    return { from: Math.min(0, shared(0)), to: Math.max(duration_a_s, shared(duration_b_s)) };
  }

  range() {
    const whole = this.whole();
    if (!this.props.state.zoomed || whole.to - whole.from <= zoom_s) return whole;
    if (this.zoomFrom === undefined) this.turnPage();
    return { from: this.zoomFrom, to: this.zoomFrom + zoom_s };
  }

  /** Moves the zoomed part to where it plays. @return whether it moved */
  turnPage() {
    const whole = this.whole();
    const at = player.position();
    const isInside =
      this.zoomFrom !== undefined && at >= this.zoomFrom && at <= this.zoomFrom + zoom_s * page_share;
    if (isInside) return false;
    const from = Math.min(Math.max(whole.from, at - zoom_s * (1 - page_share)), Math.max(whole.from, whole.to - zoom_s));
    if (from === this.zoomFrom) return false;
    this.zoomFrom = from;
    this.loadSpectra();
    return true;
  }

  /** Fetches the envelopes of a pair that was not shown before. */
  load() {
    const pair = this.pair;
    if (this.loaded !== pair) {
      this.abort?.abort();
      this.abort = new AbortController();
      this.zoomFrom = undefined;
      this.peaks = { a: null, b: null };
      this.loaded = pair;
      for (const side of ["a", "b"]) this.loadPeaks(side, pair[side], this.abort.signal);
    }
    this.loadSpectra();
  }

  async loadPeaks(side, file, signal) {
    try {
      if (!peakCache.has(file)) {
        const peaks = await api.peaks(file, columns, signal);
        peakCache.set(file, peaks);
        while (peakCache.size > most_peaks) peakCache.delete(peakCache.keys().next().value);
      }
    } catch (error) {
      if (!signal.aborted) set({ waveformError: error.message });
      return;
    }
    if (signal.aborted) return;
    this.peaks[side] = peakCache.get(file);
    this.draw();
  }

  async loadSpectra() {
    const { spectrogram } = this.props.state;
    const range = this.range();
    const wanted = spectrogram ? `${this.pair.a} ${this.pair.b} ${range.from} ${range.to}` : "";
    if (wanted === this.spectraOf) return;
    this.spectraOf = wanted;
    this.abortSpectra?.abort();
    this.spectra = { a: null, b: null };
    if (!wanted) return;
    this.abortSpectra = new AbortController();
    const { signal } = this.abortSpectra;
    for (const side of ["a", "b"]) this.loadSpectrum(side, range, signal);
  }

  async loadSpectrum(side, range, signal) {
    const own = this.own(side);
    const duration = side === "a" ? this.pair.duration_a_s : this.pair.duration_b_s;
    const from = Math.max(0, own(range.from));
    const to = Math.min(duration, own(range.to));
    if (to - from < 0.1) return;
    try {
      const part = await api.spectrogram(this.pair[side], from, to - from, signal);
      const shared = this.shared(side);
      this.spectra[side] = { ...part, from: shared(from), to: shared(to) };
      this.draw();
    } catch (error) {
      if (!signal.aborted) set({ waveformError: error.message });
    }
  }

  draw() {
    if (!this.box.current || !this.pair) return;
    const range = this.range();
    const spans = spansOf(this.props.state);
    const full = Math.max(1, largest(this.peaks.a), largest(this.peaks.b));
    for (const [side, canvas, ink] of [
      ["a", this.waveA.current, "left"],
      ["b", this.waveB.current, "right"],
    ]) {
      const own = this.own(side);
      drawWaveform(canvas, { peaks: this.peaks[side], range, own, full, ink, spans, isHeard: player.side === side });
    }
    if (this.errors.current) drawBitErrors(this.errors.current, this.pair.bit_errors, range);
    drawAxis(this.axis.current, range);
    if (this.spectrumA.current) {
      drawSpectrogram(this.spectrumA.current, { part: this.spectra.a, range, spans });
      drawSpectrogram(this.spectrumB.current, { part: this.spectra.b, range, spans });
    }
    this.moveHead();
  }

  moveHead() {
    const head = this.head.current;
    const width = this.box.current.clientWidth;
    const at = player.position();
    const x = xOf(this.range(), width)(at);
    const text = moment(at);
    if (head.firstChild.textContent !== text) head.firstChild.textContent = text;
    head.classList.toggle("turned", x > width - 60); // px that the time takes
    head.style.transform = `translateX(${x.toFixed(1)}px)`;
    head.hidden = x < 0 || x > width;
  }

  render({ state }) {
    const { pair, spectrogram } = state;
    const spans = spansOf(state);
    const differ = spans.length === 0 ? "" : ` They differ at ${spans.map((span) => moment(span.start)).join(", ")}.`;
    const label = `Waveforms of both copies on one time axis, and where their fingerprints differ.${differ}`;
    return html`
      <div class="timeline" ref=${this.box} role="img" aria-label=${label} onClick=${this.seekAt}>
        <${Lane} name="left" text="Left"><canvas class="wave" ref=${this.waveA}></canvas><//>
        ${spectrogram && html`<canvas class="spectrum" ref=${this.spectrumA}></canvas>`}
        <${Lane} name="right" text="Right"><canvas class="wave" ref=${this.waveB}></canvas><//>
        ${spectrogram && html`<canvas class="spectrum" ref=${this.spectrumB}></canvas>`}
        ${pair.bit_errors && html`<${Lane} name="wrong" text="Fingerprints"><canvas class="errors" ref=${this.errors}></canvas><//>`}
        <canvas class="axis" ref=${this.axis}></canvas>
        <div class="playhead" ref=${this.head}><span></span></div>
      </div>`;
  }
}
