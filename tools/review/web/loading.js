// Brings what the program knows into the state, and keeps it up to date while other tabs or the terminal change it.
import * as api from "./api.js";
import { fileOf } from "./sides.js";
import { get, set } from "./store.js";

const poll_ms = 2000;
const message_ms = 6000;

let messageTimer = 0;

/** Shows a sentence for a while. */
export function say(text, kind = "done") {
  clearTimeout(messageTimer);
  set({ message: { text, kind } });
  messageTimer = setTimeout(() => set({ message: null }), message_ms);
}

/** Runs an action; what fails becomes a message. */
export async function attempt(action) {
  try {
    return await action();
  } catch (error) {
    if (error.name === "AbortError") return undefined;
    if (error.status === 0) set({ connected: false });
    say(error.message, "failed");
    return undefined;
  }
}

/** Fetches again all that the page shows. */
export async function refresh() {
  const [summary, list] = await Promise.all([api.summary(), api.groups()]);
  set({ summary, groups: list.groups, generation: list.generation, connected: true });
  const { current, view } = get();
  if (current) await refreshGroup(current.group);
  if (view === "answers") set({ answers: await api.answers() });
}

/** The open group as it is now. With another plan its number may be that of another one, or of none. */
async function refreshGroup(number) {
  const group = get().groups.some((entry) => entry.group === number) ? await api.group(number) : null;
  const { current, left, right, view } = get();
  if (current?.group !== number) return; // the user has gone on
  if (group && fileOf(group, left) && fileOf(group, right)) set({ current: group });
  else set({ current: null, left: null, right: null, pair: null, view: view === "pair" ? "overview" : view });
}

/** Only the totals: enough after an answer of this page. */
export async function refreshSummary() {
  set({ summary: await api.summary() });
}

async function poll() {
  if (document.hidden || get().busy || get().job) return;
  try {
    const generation = await api.generation();
    const { generation: shown, connected, busy } = get();
    if (!busy && (generation !== shown || !connected)) await refresh();
  } catch (error) {
    if (get().connected) set({ connected: false });
  }
}

/** The first load, and a look at the server every two seconds from then on. */
export async function startLoading() {
  await attempt(refresh);
  setInterval(poll, poll_ms);
  document.addEventListener("visibilitychange", poll);
}
