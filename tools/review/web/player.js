// Plays both files of a pair at the same musical instant. One AudioContext; for each part of the music two
// AudioBufferSourceNodes are started together, and a switch only changes which of the two is heard. Two media elements
// would start some milliseconds apart and drift.
//
// All times are those of the left file (a). Where b plays `speed` times as fast and begins at `offset`, the same instant
// of b is (t - offset) / speed.
import * as api from "./api.js";

const part_s = 20; // music is fetched in parts of this length, which begin at multiples of it
const lead_s = 0.05; // between the start command and the sound
const ramp_s = 0.01; // of a switch: without it, it clicks
const fetch_ahead_s = 8;
const most_buffers = 12; // decoded parts kept, 20 s of stereo are 7 MB
const least_part_s = 1; // what the program takes as the length of a part

/** Where the instants of a part lie in a file. */
const ownTime = (side, pair, t) => (side === "a" ? t : (t - pair.offset) / pair.speed);

export class Player {
  /** @param changed  called after each change of what is played, but not as time passes */
  constructor(changed) {
    this.changed = changed;
    this.side = "a";
    this.matches = true; // loudness
    this.playing = false;
    this.waiting = false; // for sound from the program
    this.pair = null;
    this.at = 0;
    this.context = null;
    this.buffers = new Map();
    this.scheduled = [];
    this.session = 0;
  }

  /**
   * Takes another pair, and stops.
   * @param pair  {a, b: ids, offset, speed, durationA, durationB, start: where playing begins}
   */
  load(pair) {
    if (this.pair?.a === pair?.a && this.pair?.b === pair?.b) {
      this.pair = pair;
      return;
    }
    this.stop();
    this.pair = pair;
    this.at = pair?.start ?? 0;
    this.side = "a";
    this.gain = null;
    this.buffers.clear();
    this.changed();
  }

  get end() {
    const { durationA, durationB, offset, speed } = this.pair;
    return Math.max(durationA, offset + durationB * speed);
  }
  get begin() {
    return Math.min(0, this.pair.offset);
  }

  /** The instant that is heard now. */
  position() {
    if (!this.playing || this.waiting) return this.at;
    return this.from + Math.max(0, this.context.currentTime - this.startedAt);
  }

  async toggle() {
    if (this.playing) this.stop();
    else await this.play();
  }

  async seek(t) {
    if (!this.pair) return;
    const wasPlaying = this.playing;
    this.stop();
    this.at = Math.min(Math.max(t, this.begin), this.end - 0.1);
    this.changed();
    if (wasPlaying) await this.play();
  }

  /** Starts at `at`. Called inside a gesture of the user, without which a browser plays nothing. */
  async play() {
    if (!this.pair || this.playing) return;
    this.openContext();
    this.playing = true;
    this.waiting = true;
    const session = ++this.session;
    this.changed();
    try {
      await this.context.resume();
      const part = Math.floor(this.at / part_s);
      const buffers = await this.fetchPart(part);
      if (session !== this.session) return;
      this.startedAt = this.context.currentTime + lead_s;
      this.from = this.at;
      this.waiting = false;
      this.setGains(0);
      this.schedule(part, buffers, this.startedAt, this.at);
      this.changed();
      this.continueFrom(part + 1, session);
    } catch (error) {
      if (session === this.session) this.stop();
      throw error;
    }
  }

  stop() {
    if (this.playing) this.at = Math.min(this.position(), this.pair ? this.end : 0);
    this.session++;
    clearTimeout(this.timer);
    this.playing = false;
    this.waiting = false;
    for (const source of this.scheduled) source.stop();
    this.scheduled = [];
    this.changed();
  }

  /** Makes the other file heard, at the same instant. */
  switchSide(side = this.side === "a" ? "b" : "a") {
    this.side = side;
    if (this.context) this.setGains(ramp_s);
    this.changed();
  }

  setMatching(matches) {
    this.matches = matches;
    if (this.context) this.setGains(ramp_s);
    this.changed();
  }

  openContext() {
    if (this.context) return;
    this.context = new AudioContext({ latencyHint: "interactive" });
    this.outputs = { a: this.context.createGain(), b: this.context.createGain() };
    for (const output of Object.values(this.outputs)) output.connect(this.context.destination);
  }

  /** The louder file is turned down: the other way round could clip. */
  levels() {
    const gain = this.matches && this.gain ? this.gain : 0; // dB by which b is louder than a
    return { a: 10 ** (Math.min(0, gain) / 20), b: 10 ** (Math.min(0, -gain) / 20) };
  }

  setGains(ramp) {
    const now = this.context.currentTime;
    const levels = this.levels();
    for (const side of ["a", "b"]) {
      const gain = this.outputs[side].gain;
      gain.cancelScheduledValues(now);
      gain.setValueAtTime(gain.value, now);
      gain.linearRampToValueAtTime(side === this.side ? levels[side] : 0, now + ramp);
    }
  }

  /** Both files' sound of one part, null where a file has none there. */
  async fetchPart(part) {
    const [a, b] = await Promise.all([this.fetchSound("a", part), this.fetchSound("b", part)]);
    // One gain for the whole pair: it must not jump from part to part. Silence says nothing about loudness.
    if (this.gain === null && a && b && Math.min(a.loudness, b.loudness) > -60) {
      this.gain = b.loudness - a.loudness;
      this.changed();
    }
    return { a, b };
  }

  async fetchSound(side, part) {
    const pair = this.pair;
    const key = `${side} ${part}`;
    if (this.buffers.has(key)) return this.buffers.get(key);
    const begin = Math.max(0, ownTime(side, pair, part * part_s));
    const end = ownTime(side, pair, (part + 1) * part_s);
    const duration = side === "a" ? pair.durationA : pair.durationB;
    let sound = null;
    if (end > 0 && begin < duration) {
      const rate = this.context.sampleRate;
      const length = Math.max(least_part_s, end - begin);
      const { wav, loudness } = await api.soundWindow(pair[side], begin, length, rate);
      const headerBytes = 44;
      if (wav.byteLength > headerBytes) {
        sound = { buffer: await this.context.decodeAudioData(wav), begin, end, loudness };
      }
    }
    if (this.pair === pair) {
      this.buffers.set(key, sound);
      while (this.buffers.size > most_buffers) this.buffers.delete(this.buffers.keys().next().value);
    }
    return sound;
  }

  /** Starts both sources of a part so that the instant `t` is heard at the context's time `when`. */
  schedule(part, sounds, when, t) {
    for (const side of ["a", "b"]) {
      const sound = sounds[side];
      if (!sound) continue;
      const rate = side === "a" ? 1 : 1 / this.pair.speed;
      const skip = ownTime(side, this.pair, t) - sound.begin; // below 0: the file begins later
      const offset = Math.max(0, skip);
      const length = sound.end - sound.begin - offset;
      if (length <= 0) continue;
      const source = this.context.createBufferSource();
      source.buffer = sound.buffer;
      source.playbackRate.value = rate;
      source.connect(this.outputs[side]);
      source.start(when + Math.max(0, -skip) / rate, offset, length);
      this.scheduled.push(source);
      source.onended = () => {
        this.scheduled = this.scheduled.filter((other) => other !== source);
      };
    }
  }

  /** Ends early, and for good, when playing stops. */
  sleep(seconds) {
    return new Promise((resolve) => {
      this.timer = setTimeout(resolve, seconds * 1000);
    });
  }

  /** Schedules part after part, each exactly where the one before it ends. */
  async continueFrom(part, session) {
    const start = part * part_s;
    const wait = start - this.position() - fetch_ahead_s;
    if (wait > 0) await this.sleep(wait);
    if (session !== this.session) return;
    if (start >= this.end) {
      const rest = this.end - this.position();
      await this.sleep(Math.max(0, rest));
      if (session !== this.session) return;
      this.stop();
      this.at = this.pair.start;
      this.changed();
      return;
    }
    try {
      const sounds = await this.fetchPart(part);
      if (session !== this.session) return;
      const when = this.startedAt + (start - this.from);
      const late = Math.max(0, this.context.currentTime + lead_s - when);
      this.schedule(part, sounds, when + late, start + late);
      this.continueFrom(part + 1, session);
    } catch {
      if (session === this.session) this.stop();
    }
  }
}
