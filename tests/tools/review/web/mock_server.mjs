// Serves the review page with generated data: a library of any size, without music. Only what needs thousands of groups
// is tested with it; everything else is tested with the program.
//
//   node mock_server.mjs [GROUPS] [PORT]      prints the address
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { dirname, extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

const pages = join(dirname(fileURLToPath(import.meta.url)), "../../../../tools/review/web");
const types = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml" };
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Numbers in 0 .. 1 that are the same in each run. */
function random(seed) {
  let state = seed * 2654435761;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
const pick = (next, list) => list[Math.floor(next() * list.length)];

const artists = ["Hyper", "Ana Lind", "The Long Fields", "Čáslavská Quartet", "M. Okafor", "Low Tide", "Sólveig"];
const words = ["Winter", "Graveyard", "Apex", "River", "Light", "Coda", "Aberration", "Journey", "North", "Glass", "Tide"];
const formats = [
  { format: "MP3", codec: "mp3", kbps: 320 },
  { format: "MP3", codec: "mp3", kbps: 128 },
  { format: "AAC", codec: "aac", kbps: 256 },
  { format: "Opus", codec: "opus", kbps: 128 },
  { format: "Vorbis", codec: "vorbis", kbps: 192 },
];
const asked = [
  "is silent at 1:12.4 for 0.4 s",
  "has 6 dB more bass and 3 dB less range",
  "is mono, the other is stereo",
  "has lyrics beside it that the other lacks: coda.lrc",
  "the titles name different versions",
  "plays 2.5 % faster",
];

function heardFor(reason) {
  const heard = {
    hearing: reason.includes("silent") ? "differs" : "same", reason: null, lined_up: true, offset_s: 0.412, words: [], bursts: [],
  };
  if (reason.includes("silent")) {
    heard.words = ["the second is silent at 1:12.4 for 0.4 s", "sounds different at 2:05.1 for 1.2 s"];
    heard.bursts = [
      { start_s: 72.4, length_s: 0.4, strength: 9.1, kind: "silent_in_b", in_side: false },
      { start_s: 125.1, length_s: 1.2, strength: 2.3, kind: "other", in_side: false },
    ];
  }
  return heard;
}

function makeFile(id, artist, album, title, number, kind, next) {
  const isLossless = kind.format === "FLAC";
  const duration = 180 + Math.floor(next() * 80);
  const name = isLossless ? `${String(number).padStart(2, "0")} ${title}.flac` : `${artist} - ${title}.${kind.codec}`;
  const folder = isLossless ? `~/Music/Albums/${artist}/${album}` : pick(next, ["~/Music/Downloads", "~/Music/Old phone/2014", `~/Music/Albums/${artist}/${album} (mp3)`]);
  return {
    id: String(id), path: `${folder}/${name}`, name, folder, is_new: false,
    size_bytes: isLossless ? duration * 95000 : Math.round((duration * kind.kbps * 1000) / 8),
    format: kind.format, codec: kind.codec, bit_rate_kbps: isLossless ? 760 : kind.kbps, sample_rate_hz: 44100,
    bits: isLossless ? 16 : null, used_bits: isLossless ? 16 : null, channels: 2, sounding_channels: 2,
    bandwidth_hz: isLossless ? 21400 : kind.kbps > 200 ? 20000 : 16100, duration_s: duration,
    lossless: isLossless, tags: { Artist: artist, Title: isLossless || next() < 0.7 ? title : `${title} (live)`, Album: album, Track: `${number}/12`, ...(isLossless ? { Date: "2014" } : {}) },
    has_art: isLossless, art: isLossless ? "600x600" : null, playlists: next() < 0.2 ? ["Evening.m3u8"] : [],
    album: { title: album, tracks: isLossless ? 12 : 3, of: 12 }, contents: [], signs: next() < 0.1 ? ["suspected transcode"] : [],
  };
}

function makeGroup(number) {
  const next = random(number);
  const artist = pick(next, artists);
  const title = `${pick(next, words)} ${pick(next, words)}`;
  const album = `${pick(next, words)}s`;
  const track = 1 + Math.floor(next() * 12);
  const keep = makeFile(number * 10, artist, album, title, track, { format: "FLAC", codec: "flac" }, next);
  const band = next() < 0.5 ? "review" : next() < 0.9 ? "auto" : "related";
  const drops = [];
  for (let i = 0; i < 1 + Math.floor(next() * 2.2); i++) {
    const file = makeFile(number * 10 + 1 + i, artist, album, title, track, pick(next, formats), next);
    file.duration_s = keep.duration_s + (i === 0 ? 0.4 : -0.1);
    const reason = pick(next, asked);
    drops.push({
      file, similarity: 0.95 + 0.0499 * next(), speed: 1, offset_s: 0.412, relation: band === "related" ? "edit" : "same_recording",
      band, action: { review: "review", auto: "move", related: "none" }[band],
      why: band === "review" ? `lossy; to review: ${reason}` : band === "auto" ? "lossy" : "an edit: only parts of the music match",
      reason, exact: false, answer: null, heard: heardFor(reason),
    });
  }
  return { group: number, keep, why: "lossless", drops, merged_tags: next() < 0.3 ? [{ name: "Date", keeper: "", value: "2014", from: drops[0].file.id }] : [] };
}

class Library {
  constructor(count) {
    this.groups = Array.from({ length: count }, (_, i) => makeGroup(i + 1));
    this.generation = 1;
    this.accepted = false;
    this.answers = [];
    this.runs = [];
    this.job = { kind: null, done: 0, of: 0, eta_s: null, finished: true, run: null, moved: 0, skipped: [], error: null };
  }
  isOpen = (drop) => drop.action === "review" && !drop.answer;
  open() {
    return this.groups.reduce((sum, group) => sum + group.drops.filter(this.isOpen).length, 0);
  }
  entry(group) {
    const { keep, drops } = group;
    const open = drops.filter(this.isOpen);
    return {
      group: group.group, title: `${keep.tags.Artist} - ${keep.tags.Title}`, folder: drops[0].file.folder, band: drops[0].band,
      relations: [...new Set(drops.map((drop) => drop.relation))], reasons: drops.map((drop) => (drop.band === "review" ? drop.reason : drop.why)),
      formats: [...new Set([keep, ...drops.map((drop) => drop.file)].map((file) => file.format))], drops: drops.length, open: open.length,
      answered: drops.filter((drop) => drop.answer).length, drop_folders: open.map((drop) => drop.file.folder),
      bytes: drops[0].band === "related" ? 0 : drops.reduce((sum, drop) => sum + drop.file.size_bytes, 0),
      text: [keep, ...drops.map((drop) => drop.file)].map((file) => `${file.path} ${Object.values(file.tags).join(" ")}`).join(" ").toLowerCase(),
    };
  }
  summary() {
    const by = { band: {}, reason: {}, format: {}, folder: {} };
    const add = (map, name, bytes) => {
      map[name] ??= { drops: 0, bytes: 0 };
      map[name].drops++;
      map[name].bytes += bytes;
    };
    let answered = 0;
    let free = 0;
    for (const group of this.groups) {
      const band = (by.band[group.drops[0].band] ??= { groups: 0, drops: 0, bytes: 0 });
      band.groups++;
      for (const drop of group.drops) {
        band.drops++;
        band.bytes += drop.file.size_bytes;
        answered += drop.answer ? 1 : 0;
        if ((drop.action === "move" && this.accepted) || drop.answer?.startsWith("keep")) free += drop.file.size_bytes;
        if (drop.band === "related") continue;
        add(by.reason, drop.band === "review" ? drop.reason : drop.why, drop.file.size_bytes);
        add(by.format, drop.file.format, drop.file.size_bytes);
        add(by.folder, drop.file.folder, drop.file.size_bytes);
      }
    }
    const rows = (map, name) => Object.entries(map).map(([value, total]) => ({ [name]: value, ...total }));
    return {
      library: "~/Music", version: "mock", generation: this.generation, files: this.groups.length * 4, groups: this.groups.length, bytes_to_free: free,
      by_band: by.band, by_reason: rows(by.reason, "reason"), by_format: rows(by.format, "format"), by_folder: rows(by.folder, "folder"),
      answered, open: this.open(), accepted: this.accepted,
    };
  }
  drop(id) {
    return this.groups[Math.floor(Number(id) / 10) - 1]?.drops.find((drop) => drop.file.id === id);
  }
  file(id) {
    const group = this.groups[Math.floor(Number(id) / 10) - 1];
    return group && [group.keep, ...group.drops.map((drop) => drop.file)].find((file) => file.id === id);
  }
  pair(a, b) {
    const next = random(Number(b));
    const drop = this.drop(b) ?? this.drop(a);
    const fileA = this.file(a);
    const items = Math.floor(fileA.duration_s / 0.1238);
    const bits = new Uint32Array(items);
    const rate = [];
    for (let i = 0; i < items; i++) {
      const isOther = drop.heard.bursts.some((burst) => Math.abs(i * 0.1238 - burst.start_s) < 2.5);
      for (let bit = 0; bit < 32; bit++) if (next() < (isOther ? 0.4 : 0.03)) bits[i] |= 1 << bit;
      rate.push(isOther ? 0.3 : 0.03 + 0.02 * next());
    }
    return {
      a, b, offset_s: drop.offset_s, speed: 1, similarity: drop.similarity, overlap_s: fileA.duration_s, duration_a_s: fileA.duration_s,
      duration_b_s: this.file(b).duration_s, heard: drop.heard,
      bit_errors: { item_s: 0.1238, start_s: 0.4, rate, bits: Buffer.from(bits.buffer).toString("base64") },
    };
  }
}

const level = (t) => 0.35 + 0.3 * Math.sin(t / 9) ** 2 + 0.2 * Math.abs(Math.sin(t * 3));

function peaks(library, id, columns) {
  const { duration_s } = library.file(id);
  const next = random(Number(id));
  const values = new Int8Array(2 * columns);
  for (let i = 0; i < columns; i++) {
    const t = (i / columns) * duration_s - (Number(id) % 10 ? -0.412 : 0);
    const isMuted = Number(id) % 10 && Math.abs(t - 72.6) < 0.25;
    const height = isMuted ? 0 : level(t) * (0.6 + 0.4 * next());
    values[2 * i] = -127 * height;
    values[2 * i + 1] = 127 * height;
  }
  return { values, duration_s };
}

function spectrogram(id, from) {
  const [columns, rows] = [512, 128];
  const next = random(Number(id) + Math.floor(from));
  const values = new Uint8Array(columns * rows);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const tone = row % 12 === Math.floor(column / 40) % 12 ? 60 : 0;
      values[row * columns + column] = Math.max(0, 200 - row * 1.1 + tone - 40 * next());
    }
  return { values, columns, rows };
}

function wav(from, length, rate) {
  const samples = Math.round(length * rate);
  const data = Buffer.alloc(44 + 2 * samples);
  data.write("RIFF", 0); data.writeUInt32LE(36 + 2 * samples, 4); data.write("WAVEfmt ", 8);
  data.writeUInt32LE(16, 16); data.writeUInt16LE(1, 20); data.writeUInt16LE(1, 22); data.writeUInt32LE(rate, 24);
  data.writeUInt32LE(2 * rate, 28); data.writeUInt16LE(2, 32); data.writeUInt16LE(16, 34);
  data.write("data", 36); data.writeUInt32LE(2 * samples, 40);
  for (let i = 0; i < samples; i++) data.writeInt16LE(Math.round(6000 * Math.sin(2 * Math.PI * 330 * (from + i / rate))), 44 + 2 * i);
  return data;
}

function change(library, path, body) {
  const done = (answered, extra = {}) => ({ generation: ++library.generation, open: library.open(), answered, ...extra });
  if (path === "answers") {
    const drop = library.drop(body.drop);
    drop.answer = body.answer === "undo" ? null : body.answer;
    library.answers = library.answers.filter((answer) => answer.id !== body.drop);
    if (drop.answer && drop.answer !== "both_for_now") {
      const verdict = { keep_keeper: "keep_a", keep_drop: "keep_b", both_for_ever: "keep_both", not_same: "not_same" }[drop.answer];
      library.answers.unshift({ a: { path: library.file(body.keeper).path }, b: { path: drop.file.path }, verdict, at: new Date().toISOString(), id: body.drop });
    }
    return done(1, { group_open: library.groups[body.group - 1].drops.filter(library.isOpen).length });
  }
  if (path === "answers/forget") {
    library.drop(body.id).answer = null;
    library.answers = library.answers.filter((answer) => answer.id !== body.id);
    return done(1);
  }
  if (path === "accept" && body.what === "certain") library.accepted = body.accept;
  if (path === "accept" && body.what === "folder") {
    const drops = library.groups.flatMap((group) => group.drops).filter((drop) => library.isOpen(drop) && (drop.file.folder + "/").startsWith(body.folder + "/"));
    for (const drop of drops) drop.answer = body.answer;
    return done(drops.length);
  }
  return done(0);
}

async function answerApi(library, request, url, send) {
  const path = url.pathname.slice("/api/".length);
  const query = (name) => Number(url.searchParams.get(name));
  if (request.method === "POST") {
    let body = "";
    for await (const chunk of request) body += chunk;
    return send(200, change(library, path, JSON.parse(body || "{}")));
  }
  const [kind, a, b] = path.split("/");
  switch (kind) {
    case "summary": return send(200, library.summary());
    case "generation": return send(200, { generation: library.generation });
    case "groups":
      if (a) return library.groups[a - 1] ? send(200, library.groups[a - 1]) : send(404, { error: "no such group" });
      return send(200, { generation: library.generation, groups: library.groups.map((group) => library.entry(group)) });
    case "pairs": return send(200, library.pair(a, b));
    case "peaks": {
      const { values, duration_s } = peaks(library, a, query("columns"));
      return send(200, Buffer.from(values.buffer), { "X-Duration": duration_s });
    }
    case "spectrogram": {
      const { values, columns, rows } = spectrogram(a, query("from"));
      return send(200, Buffer.from(values.buffer), { "X-Columns": columns, "X-Rows": rows });
    }
    case "window": return send(200, wav(query("from"), query("length"), query("rate")), { "X-Loudness": Number(a) % 10 ? "-12.1" : "-14.3" });
    case "answers": return send(200, { answers: library.answers });
    case "apply": return send(200, { moves: [], count: 0, bytes: 0, confirm: "x" });
    case "runs": return send(200, { runs: library.runs });
    case "job": return send(200, library.job);
    default: return send(404, { error: "unknown" });
  }
}

/** @return {address, close()} */
export async function startMock(groups, port = 0) {
  const library = new Library(groups);
  const server = createServer(async (request, response) => {
    const send = (status, body, headers = {}) => {
      const isBytes = Buffer.isBuffer(body);
      response.writeHead(status, { "Content-Security-Policy": policy, "Content-Type": isBytes ? "application/octet-stream" : "application/json", "Cache-Control": "no-store", ...headers });
      response.end(isBytes ? body : JSON.stringify(body));
    };
    const url = new URL(request.url, "http://localhost");
    if (url.pathname.startsWith("/api/")) return answerApi(library, request, url, send);
    const path = normalize(url.pathname === "/" ? "/index.html" : url.pathname);
    try {
      return send(200, await readFile(join(pages, path)), { "Content-Type": types[extname(path)] ?? "application/octet-stream" });
    } catch {
      return send(404, Buffer.from("not found"));
    }
  });
  await new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
  return { address: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { address } = await startMock(Number(process.argv[2] ?? 200), Number(process.argv[3] ?? 0));
  console.log(address);
}
