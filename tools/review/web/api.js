// The requests to the program. Every function returns a promise, and rejects with ApiError.
import { queued } from "./media_queue.js";

export class ApiError extends Error {
  /** @param status  of HTTP; 0 if the program did not answer at all */
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

async function request(path, options = {}) {
  let response;
  try {
    response = await fetch("api/" + path, { cache: "no-store", credentials: "same-origin", ...options });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new ApiError(0, "echofold does not answer. Is it still running in the terminal?");
  }
  if (response.ok) return response;
  let message = `echofold answered with error ${response.status}.`;
  try {
    message = (await response.json()).error ?? message;
  } catch {
    // Not an answer of echofold's: the number has to do.
  }
  throw new ApiError(response.status, message);
}

const json = async (path) => (await request(path)).json();

async function post(path, body) {
  const response = await request(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  return text ? JSON.parse(text) : {};
}

export const summary = () => json("summary");
export const generation = async () => (await json("generation")).generation;
export const groups = () => json("groups");
export const group = (number) => json(`groups/${number}`);
export const pair = (a, b) => json(`pairs/${a}/${b}`);
export const answers = async () => (await json("answers")).answers;
export const preview = () => json("apply");
export const job = () => json("job");
export const runs = async () => (await json("runs")).runs;

/** @param answer {group, keeper, drop, answer} */
export const answer = (answer) => post("answers", answer);
export const forget = (id) => post("answers/forget", { id });
export const acceptCertain = (accept) => post("accept", { what: "certain", accept });
export const acceptFolder = (folder, answer) => post("accept", { what: "folder", folder, answer });
export const takeBackFolder = () => post("accept", { what: "undo" });
export const apply = (confirm) => post("apply", { confirm });
export const undo = (run, answers) => post("undo", { run, answers });

/** The envelope of a whole file: pairs of the lowest and the highest sample of each column, -128 .. 127. */
export async function peaks(file, columns, signal) {
  const response = await queued(() => request(`peaks/${file}?columns=${columns}`), { signal });
  return {
    values: new Int8Array(await response.arrayBuffer()),
    duration: Number(response.headers.get("X-Duration")),
  };
}

/** Rows of frequency bands, the lowest first; 0 is -90 dB and 255 is 0 dB. */
export async function spectrogram(file, from, length, signal) {
  const part = `from=${from.toFixed(3)}&length=${length.toFixed(3)}`;
  const response = await queued(() => request(`spectrogram/${file}?${part}`), { signal });
  return {
    values: new Uint8Array(await response.arrayBuffer()),
    columns: Number(response.headers.get("X-Columns")),
    rows: Number(response.headers.get("X-Rows")),
  };
}

/** The samples of a part of a file as WAV, from exactly `from` on. It is shorter where the file ends. */
export async function soundWindow(file, from, length, rate) {
  const part = `from=${from.toFixed(6)}&length=${length.toFixed(6)}&rate=${rate}`;
  const response = await queued(() => request(`window/${file}?${part}`), { first: true });
  const loudness = response.headers.get("X-Loudness");
  return { wav: await response.arrayBuffer(), loudness: loudness === null ? -Infinity : Number(loudness) };
}
