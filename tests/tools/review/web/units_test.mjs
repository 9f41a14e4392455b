// The modules of the review page that need no browser.
import assert from "node:assert/strict";
import { test } from "node:test";
import { lines, marked } from "../../../../tools/review/web/differences.js";
import { choices, isBelow, none, visible } from "../../../../tools/review/web/filters.js";
import { keyTable } from "../../../../tools/review/web/key_table.js";
import { Player } from "../../../../tools/review/web/player.js";
import { nextSpan, previousSpan, spansOf } from "../../../../tools/review/web/spans.js";
import * as words from "../../../../tools/review/web/words.js";

const group = (number, patch) => ({
  group: number, title: `Song ${number}`, folder: "~/Music/A", band: "review", relations: ["same_recording"], reasons: ["lossy"],
  formats: ["MP3"], open: 1, answered: 0, bytes: 1000 * number, text: `song ${number}`, drop_folders: [], ...patch,
});

test("each filter hides what it should, and the order is total", () => {
  const groups = [
    group(1, { folder: "~/Music/A/B", title: "Zebra" }),
    group(2, { band: "auto", open: 0 }),
    group(3, { relations: ["edit"], formats: ["FLAC", "AAC"], folder: "~/Music/AB" }),
    group(4, { reasons: ["is mono"], open: 0, answered: 1, bytes: 5e7, text: "čáslavská" }),
  ];
  const shown = (patch) => visible(groups, { ...none, ...patch }).map((entry) => entry.group);
  assert.deepEqual(shown({}), [4, 3, 2, 1]);
  assert.deepEqual(shown({ state: "open" }), [3, 1]);
  assert.deepEqual(shown({ state: "answered" }), [4]);
  assert.deepEqual(shown({ band: "auto" }), [2]);
  assert.deepEqual(shown({ relation: "edit" }), [3]);
  assert.deepEqual(shown({ reason: "is mono" }), [4]);
  assert.deepEqual(shown({ format: "AAC" }), [3]);
  assert.deepEqual(shown({ folder: "~/Music/A" }), [4, 2, 1], "a folder is no prefix of a name");
  assert.deepEqual(shown({ size: 1e6 }), [4]);
  assert.deepEqual(shown({ text: "ČÁSLAVSKÁ" }), [4]);
  assert.deepEqual(shown({ text: "song 2" }), [2]);
  assert.deepEqual(shown({ order: "title" }), [2, 3, 4, 1]);
  assert.deepEqual(shown({ order: "folder" }), [2, 4, 1, 3]);
  assert.ok(isBelow("/", "/") && isBelow("/a", "/") && !isBelow("~/Music/AB", "~/Music/A"));
  assert.deepEqual(choices(groups).format, [["MP3", 3], ["AAC", 1], ["FLAC", 1]]);
});

const file = (patch) => ({
  path: "~/Music/Albums/Voyage/01 Song.flac", size_bytes: 1000, format: "FLAC", lossless: true, bit_rate_kbps: 800, bandwidth_hz: 21000,
  sample_rate_hz: 44100, channels: 2, duration_s: 200, tags: { Artist: "Ana", Title: "Song" }, ...patch,
});

test("only what a listener can notice differs, and the better side is named", () => {
  const all = lines(
    file(),
    file({ path: "~/Music/Old/Song.mp3", format: "MP3", lossless: false, bandwidth_hz: 20800, duration_s: 200.3, bits: null, tags: { Artist: "Ana", Title: "Song (Live)" } }),
  );
  const differ = Object.fromEntries(all.filter((line) => line.differs).map((line) => [line.name, line]));
  assert.deepEqual(Object.keys(differ), ["Path", "Format", "Title"]);
  assert.equal(differ.Path.left, "Albums/Voyage/01 Song.flac");
  assert.equal(differ.Path.right, "Old/Song.mp3");
  assert.equal(differ.Path.shared, "~/Music");
  assert.equal(differ.Format.better, "left");
  assert.equal(differ.Title.better, "", "a longer title is not better");
  const lost = lines(file({ tags: {} }), file({ has_art: true, art: null }));
  assert.equal(lost.find((line) => line.name === "Title").better, "right");
  assert.equal(lost.find((line) => line.name === "Cover").right, "yes");
});

test("marks cover whole words, and are left out where they would cover nearly everything", () => {
  const text = (parts) => parts.map((part) => (part.differs ? `[${part.text}]` : part.text)).join("");
  const { left, right } = marked("Song of the North", "Song of the South (Live)");
  assert.equal(text(left), "Song of the [North]");
  assert.equal(text(right), "Song of the [South (Live)]");
  assert.equal(text(marked("abc", "xyz").left), "abc");
  assert.equal(text(marked("Song", "Song (Live)").left), "Song");
  assert.equal(text(marked("A Long Song", "A Long Song (Live)").right), "A Long Song[ (Live)]");
});

test("spans are those that a listener would notice, in the order of time", () => {
  const burst = (start_s, strength, kind = "other") => ({ start_s, strength, kind, length_s: 0.02, in_side: false });
  const heard = { lined_up: true, bursts: [burst(30, 4), burst(10, 2, "silent_in_b"), burst(5, 0.9)] };
  const spans = spansOf({ pair: { heard } });
  assert.deepEqual(spans.map((span) => [span.start, span.length, span.what]), [[10, 0.1, "right is silent"], [30, 0.1, "sounds different"]]);
  assert.equal(nextSpan(spans, 0).start, 10);
  assert.equal(nextSpan(spans, 10).start, 30);
  assert.equal(nextSpan(spans, 30).start, 10, "after the last comes the first");
  assert.equal(previousSpan(spans, 30).start, 10);
  assert.equal(previousSpan(spans, 10).start, 30);
  assert.deepEqual(spansOf({ pair: { heard: { ...heard, lined_up: false } } }), []);
  assert.deepEqual(spansOf({ pair: null }), []);
});

test("numbers as people read them", () => {
  assert.deepEqual([0, 999, 1000, 999949, 99960000, 12345678901].map(words.bytes), ["0 B", "999 B", "1.0 kB", "1.0 MB", "100 MB", "12.3 GB"]);
  assert.equal(words.duration(3725), "1:02:05");
  assert.equal(words.moment(72.44), "1:12.4");
  assert.equal(words.moment(59.97), "1:00.0");
  assert.equal(words.speed(1.025), "plays 2.5 % faster");
  assert.equal(words.speed(1.00001), "");
  assert.equal(words.percent(0.99999), "99.99 %", "only the very same is 100 %");
});

test("no two actions share a key", () => {
  const keys = keyTable.flatMap((part) => part.keys.map((key) => key.key.toUpperCase()));
  assert.equal(new Set(keys).size, keys.length);
});

/** An AudioContext that only notes what would be played when. */
class NotedContext {
  static sampleRate = 48000;
  static last;
  constructor() {
    this.sampleRate = NotedContext.sampleRate;
    this.currentTime = 100;
    this.destination = {};
    this.started = [];
    this.gains = [];
    NotedContext.last = this;
  }
  resume = async () => {};
  decodeAudioData = async (wav) => ({ from: new DataView(wav).getFloat64(44) });
  createGain() {
    const node = { connect() {}, gain: { value: 0, cancelScheduledValues() {}, setValueAtTime() {}, linearRampToValueAtTime: (value, at) => Object.assign(node, { value, at }) } };
    this.gains.push(node);
    return node;
  }
  createBufferSource() {
    const source = { playbackRate: { value: 1 }, connect: (output) => (source.side = this.gains.indexOf(output)), start: (when, offset, length) => this.started.push({ side: source.side, when, at: source.buffer.from + offset, length, rate: source.playbackRate.value }), stop() {} };
    return source;
  }
}

/** Plays `pair` from `at`. @return what starts for each side, with `at` in the file's own time; and the context */
async function played(pair, at, loudness = { a: "-14", b: "-12" }) {
  globalThis.AudioContext = NotedContext;
  globalThis.fetch = async (address) => {
    const url = new URL(address, "http://localhost/");
    const from = Number(url.searchParams.get("from"));
    assert.ok(from >= 0 && Number(url.searchParams.get("length")) >= 1 && Number(url.searchParams.get("length")) <= 30, address);
    assert.equal(url.searchParams.get("rate"), "48000");
    const wav = new ArrayBuffer(60);
    new DataView(wav).setFloat64(44, from);
    return { ok: true, headers: new Map([["X-Loudness", loudness[url.pathname.split("/").pop()]]]), arrayBuffer: async () => wav };
  };
  const player = new Player(() => {});
  player.load({ a: "a", b: "b", offset: 0, speed: 1, durationA: 60, durationB: 60, start: 0, ...pair });
  await player.seek(at);
  await player.play();
  await new Promise((resolve) => setTimeout(resolve));
  const { started, gains } = NotedContext.last;
  const first = (side) => started.find((source) => source.side === side);
  player.stop();
  return { a: first(0), b: first(1), gains, player };
}

test("both files start at the same instant of the music", async () => {
  const { a, b } = await played({ offset: 1.7 }, 25);
  assert.ok(Math.abs(a.at - 25) < 1e-6 && Math.abs(b.at - 23.3) < 1e-6, JSON.stringify([a, b]));
  assert.equal(a.when, b.when);
  assert.ok(Math.abs(a.length - 15) < 1e-6, "to the end of the part");
});

test("a file that begins later, or earlier, waits for its turn", async () => {
  const later = await played({ offset: 3 }, 1);
  assert.ok(Math.abs(later.b.when - later.a.when - 2) < 1e-6 && later.b.at === 0, JSON.stringify(later.b));
  const earlier = await played({ offset: -3 }, -2);
  assert.ok(Math.abs(earlier.b.at - 1) < 1e-6, JSON.stringify(earlier.b));
  assert.ok(Math.abs(earlier.a.when - earlier.b.when - 2) < 1e-6 && earlier.a.at === 0, JSON.stringify(earlier.a));
});

test("a copy at another speed keeps step", async () => {
  const { a, b } = await played({ offset: 2, speed: 1.025 }, 30);
  assert.ok(Math.abs(b.at - 28 / 1.025) < 1e-6, JSON.stringify(b));
  assert.ok(Math.abs(b.rate - 1 / 1.025) < 1e-9);
  assert.ok(Math.abs(b.length / b.rate - a.length) < 1e-6, "both last equally long");
});

test("the louder copy is turned down, and silence says nothing", async () => {
  const loud = await played({}, 5);
  assert.deepEqual(loud.player.levels(), { a: 1, b: 10 ** (-2 / 20) });
  loud.player.setMatching(false);
  assert.deepEqual(loud.player.levels(), { a: 1, b: 1 });
  const silent = await played({}, 5, { a: "-14", b: "-70" });
  assert.deepEqual(silent.player.levels(), { a: 1, b: 1 });
});
