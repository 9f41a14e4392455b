// Answers, answers taken back, and answers for a whole folder. Each is stored by the program before the page goes on.
import * as api from "./api.js";
import { isBelow } from "./filters.js";
import { attempt, refresh, refreshSummary, say } from "./loading.js";
import { nextOpenGroup, openGroup, openNext } from "./navigation.js";
import { isAsked, keepAnswer, shownDrop } from "./sides.js";
import { get, set } from "./store.js";
import { counted } from "./words.js";

// The answers of this tab, the last one at the end. They survive a reload, and end with the tab.
const history_name = "answered";
const longest_history = 1000;
const readHistory = () => JSON.parse(sessionStorage.getItem(history_name) ?? "[]");
const writeHistory = (list) => sessionStorage.setItem(history_name, JSON.stringify(list.slice(-longest_history)));

const said = {
  left: "The left copy stays",
  right: "The right copy stays",
  both_for_now: "Both stay for now",
  both_for_ever: "Both stay for ever",
  not_same: "Not the same: you won't be asked again",
};

/** Puts the answer into what the page shows, without fetching everything again. */
function note(number, dropId, answer, reply) {
  const { current, groups, generation, summary } = get();
  const isNext = reply.generation <= generation + 1; // else somebody else changed something as well
  const wasOpen = current.drops.some((drop) => drop.file.id === dropId && drop.action === "review" && !drop.answer);
  const drops = current.drops.map((drop) => (drop.file.id === dropId ? { ...drop, answer } : drop));
  const open = reply.group_open ?? drops.filter((drop) => drop.action === "review" && !drop.answer).length;
  const answered = drops.filter((drop) => drop.answer).length;
  set({
    current: { ...current, drops },
    groups: groups.map((group) => (group.group === number ? { ...group, open, answered } : group)),
    generation: isNext ? reply.generation : generation,
    summary: {
      ...summary,
      open: reply.open,
      answered: summary.answered + (answer ? (wasOpen ? 1 : 0) : -1),
    },
  });
}

let summaryTimer = 0;
const summary_delay_ms = 700; // the totals follow when the answers pause

function summaryLater() {
  clearTimeout(summaryTimer);
  summaryTimer = setTimeout(() => attempt(refreshSummary), summary_delay_ms);
}

/** Sends one answer at a time. While it is on its way further keys do nothing: they would mean the same pair. */
async function exclusively(action) {
  if (get().busy) return;
  set({ busy: true });
  try {
    await action();
  } catch (error) {
    say(error.message, "failed");
    if (error.status === 409 || error.status === 404) await attempt(refresh);
  } finally {
    set({ busy: false });
  }
}

/** @param word  "left" or "right" stays, "both_for_now", "both_for_ever", "not_same" */
export function answer(word) {
  const state = get();
  const drop = shownDrop(state);
  if (!drop) return say("Choose the copy that is kept on one side: answers are about it and one other.", "failed");
  if (!isAsked(drop)) return say("There is nothing to answer: this copy is only listed, and never moves.", "failed");
  return exclusively(async () => {
    const keeper = state.current.keep.id;
    const value = word === "left" || word === "right" ? keepAnswer(state, word) : word;
    const group = state.current.group;
    const next = nextOpenGroup();
    const reply = await api.answer({ group, keeper, drop: drop.file.id, answer: value });
    writeHistory([...readHistory(), { group, keeper, drop: drop.file.id, left: state.left, right: state.right }]);
    note(group, drop.file.id, value, reply);
    say(`${said[word]}. ${reply.open > 0 ? counted(reply.open, "pair", "pairs") + " left." : "Nothing left to decide."}`);
    summaryLater();
    await openNext(next);
  });
}

/** Takes the last answer of this tab back, and shows its pair. */
export function undoAnswer() {
  return exclusively(async () => {
    const list = readHistory();
    const last = list.pop();
    if (!last) return say("There is no answer of this tab to take back. L lists all answers.", "failed");
    writeHistory(list);
    if (last.folder) {
      await api.takeBackFolder();
      await refresh();
      return say(`Taken back: the answers for ${last.folder}.`);
    }
    const { group, keeper, drop } = last;
    const reply = await api.answer({ group, keeper, drop, answer: "undo" });
    await openGroup(group, last.left, last.right);
    if (get().current?.group === group) note(group, drop, null, reply);
    summaryLater();
    return say("Taken back.");
  });
}

/** Open pairs whose drop lies below a folder. */
export const openBelow = (groups, folder) =>
  groups.reduce((sum, group) => sum + (group.drop_folders ?? []).filter((f) => isBelow(f, folder)).length, 0);

export function acceptFolder(folder, value) {
  return exclusively(async () => {
    const reply = await api.acceptFolder(folder, value);
    writeHistory([...readHistory(), { folder }]);
    set({ dialog: null });
    await refresh();
    await openNext();
    say(`${counted(reply.answered, "pair", "pairs")} below ${folder}: ${value === "keep_keeper" ? "proposals accepted" : "both stay for now"}.`);
  });
}

export function acceptCertain(accept) {
  return exclusively(async () => {
    await api.acceptCertain(accept);
    await refresh();
    say(accept ? "Accepted. M shows what will be moved." : "No longer accepted.");
  });
}

export function forget(id) {
  return exclusively(async () => {
    await api.forget(id);
    set({ answers: await api.answers() });
    await refresh();
    say("Forgotten: you will be asked about this pair again.");
  });
}
