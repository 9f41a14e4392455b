// The program under test: `echofold review --web` on a library that the script around these tests has made.
import { execFile, spawn } from "node:child_process";
import { promisify } from "node:util";

export const program = process.env.ECHOFOLD;
export const db = process.env.ECHOFOLD_DB_FOLDER;
export const music = process.env.ECHOFOLD_MUSIC;

const link = /http:\/\/127\.0\.0\.1:\d+\/\?token=[0-9a-f]+/;
const longest_start_ms = 240000; // it listens to pairs first

/** Starts the review. @return {address, pid, stop(signal)}; stop() waits for the end and returns the exit code */
export function startReview() {
  const child = spawn(program, ["--db", db, "review", "--web"], { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  const ended = new Promise((resolve) => child.on("exit", (code, signal) => resolve(code ?? signal)));
  const stop = (signal = "SIGTERM") => {
    child.kill(signal);
    return ended;
  };
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no link was printed:\n${output}`)), longest_start_ms);
    const read = (chunk) => {
      output += chunk;
      const found = output.match(link);
      if (!found) return;
      clearTimeout(timer);
      resolve({ address: found[0], pid: child.pid, stop });
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    ended.then((code) => reject(new Error(`the program ended with ${code}:\n${output}`)));
  });
}

/** Runs the program to its end. @return its stdout */
export async function run(...words) {
  const { stdout } = await promisify(execFile)(program, ["--db", db, ...words], { maxBuffer: 1 << 26 });
  return stdout;
}

/** All answers that the library holds. */
export const storedVerdicts = async () =>
  (await run("verdicts", "--format", "ndjson")).split("\n").filter(Boolean).map((line) => JSON.parse(line));
