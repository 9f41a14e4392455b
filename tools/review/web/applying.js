// Moving files: nothing happens before the user has seen what would move and has confirmed it.
import * as api from "./api.js";
import { attempt, refresh, say } from "./loading.js";
import { get, set } from "./store.js";
import { counted } from "./words.js";

const job_poll_ms = 300;
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export const askToApply = () => {
  const { preview, view } = get();
  if (view === "apply" && preview?.count > 0) set({ dialog: { kind: "apply" } });
};
export const askToUndo = (run) => set({ dialog: { kind: "undo", run } });
export const lastRun = (runs) => runs?.find((run) => run.can_be_undone);
export const askToUndoLastRun = () => {
  const run = lastRun(get().runs);
  if (run && !get().job) askToUndo(run);
};

/** Follows the job until it ends. */
async function follow() {
  for (;;) {
    const job = await api.job();
    set({ job });
    if (job.finished || !job.kind) return job;
    await pause(job_poll_ms);
  }
}

async function run(start, done) {
  set({ dialog: null });
  await attempt(async () => {
    await start();
    const job = await follow();
    set({ lastJob: job });
    if (job.error) say(job.error, "failed");
    else say(done(job));
  });
  set({ job: null });
  await attempt(refresh);
  await attempt(async () => {
    const [preview, runs] = await Promise.all([api.preview(), api.runs()]);
    set({ preview, runs });
  });
}

export const apply = () =>
  run(
    () => api.apply(get().preview.confirm),
    (job) => `${counted(job.moved, "file", "files")} set aside.`,
  );

/** @param answers  also takes back the answers that sent the files away */
export const undoRun = (name, answers) =>
  run(
    () => api.undo(name, answers),
    (job) => `${counted(job.moved, "file", "files")} back in place.`,
  );

/** Shows a job that another tab, or this one before a reload, has started. */
export async function followRunningJob() {
  const job = await attempt(() => api.job());
  if (!job?.kind || job.finished) return;
  const done = await attempt(follow);
  set({ job: null });
  if (done?.error) say(done.error, "failed");
  await attempt(refresh);
}
