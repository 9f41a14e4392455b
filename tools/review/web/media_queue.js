// Requests for drawings and sound, a few at a time: whoever settles pairs quickly would ask for more than the program
// computes. A request that is no longer wanted does not begin. One that has begun is not broken off, since the program
// would compute it all the same; its result may be used later.

const most_at_once = 4; // of one tab; the program refuses more than ten
const retry_ms = 500;
const most_retries = 5;

let running = 0;
const waiting = [];

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Other tabs may have taken the places: then it is tried again. */
async function patiently(task) {
  for (let retries = 0; ; retries++) {
    try {
      return await task();
    } catch (error) {
      if (error.status !== 429 || retries === most_retries) throw error;
      await pause(retry_ms);
    }
  }
}

function next() {
  while (running < most_at_once && waiting.length > 0) {
    const { task, signal, resolve, reject } = waiting.shift();
    if (signal?.aborted) {
      reject(signal.reason);
      continue;
    }
    running++;
    patiently(task)
      .then(resolve, reject)
      .finally(() => {
        running--;
        next();
      });
  }
}

/**
 * @param task    begins a request, and returns its promise
 * @param signal  aborted when the result is not wanted any more
 * @param first   before everything that waits: sound that is about to be played
 */
export function queued(task, { signal, first = false } = {}) {
  return new Promise((resolve, reject) => {
    const entry = { task, signal, resolve, reject };
    if (first) waiting.unshift(entry);
    else waiting.push(entry);
    next();
  });
}
