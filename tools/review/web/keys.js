// What a key does. Fields, menus and dialogs keep their own keys.
import { answer, undoAnswer } from "./answering.js";
import { askToApply, askToUndoLastRun } from "./applying.js";
import { askAboutFolder, openHelp } from "./dialogs.js";
import { keyTable } from "./key_table.js";
import { moveInList, openNext, openNextCopy, openView } from "./navigation.js";
import { toggleSpectrogram } from "./player_bar.js";
import { shownDrop } from "./sides.js";
import { player, seekBy, switchSide, togglePlaying, toSpan } from "./sound.js";
import { get, set } from "./store.js";
import { switchTheme } from "./theme_switch.js";

const page = 10; // groups

/** Only where a pair is on the screen. */
const withPair = (action) => () => get().view === "pair" && get().current && action();
const answers = (word) => withPair(() => answer(word));

const actions = {
  left: answers("left"),
  right: answers("right"),
  both_for_now: answers("both_for_now"),
  both_for_ever: answers("both_for_ever"),
  not_same: answers("not_same"),
  undo: () => (get().view === "apply" ? askToUndoLastRun() : undoAnswer()),
  folder: withPair(() => askAboutFolder(shownDrop(get()))),
  play: withPair(togglePlaying),
  switch: withPair(() => switchSide()),
  back: withPair(() => seekBy(-1)),
  on: withPair(() => seekBy(1)),
  next_span: withPair(() => toSpan(1)),
  previous_span: withPair(() => toSpan(-1)),
  zoom: withPair(() => set({ zoomed: !get().zoomed })),
  frequencies: withPair(() => toggleSpectrogram(get())()),
  previous: () => moveInList(-1),
  next: () => moveInList(1),
  page_up: () => moveInList(-page),
  page_down: () => moveInList(page),
  copy: withPair(openNextCopy),
  everything: withPair(() => set({ everything: !get().everything })),
  search: () => document.getElementById("search").focus(),
  overview: () => openView("overview"),
  enter: () => (get().view === "overview" ? openNext() : askToApply()),
  answers: () => openView("answers"),
  apply: () => openView("apply"),
  theme: switchTheme,
  help: openHelp,
};

const byKey = new Map(keyTable.flatMap((part) => part.keys.map((key) => [key.key.toUpperCase(), key.name])));

// A held key moves on through these; an answer that repeats by itself is none.
const repeatable = new Set(["back", "on", "previous", "next", "page_up", "page_down"]);

const isField = (element) => element.matches?.("input[type=search], select, textarea");
/** Reached by Tab, so that Space and Enter are meant for it. */
const isChosen = (element) => element.matches?.("button, input, summary, a") && element.matches(":focus-visible");

/** @return the name of the action, or undefined where the key belongs to what has the focus */
function actionOf(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return undefined;
  const target = event.target;
  if (document.querySelector("dialog[open]")) return undefined;
  if (isField(target)) return undefined;
  const name = byKey.get(event.key.toUpperCase());
  if (event.repeat && !repeatable.has(name)) return undefined;
  if ((event.key === " " || event.key === "Enter") && isChosen(target)) return undefined;
  if (event.key === "Tab") return player.playing && !event.shiftKey ? name : undefined;
  if (name === "next_span" && event.shiftKey) return "previous_span";
  return name;
}

function onEscape(event) {
  if (document.querySelector("dialog[open]")) return;
  if (player.playing) player.stop();
  event.target.blur?.();
}

/** In the search field Enter and the arrow down go to the list. */
function onFieldKey(event) {
  if (event.target.id !== "search" || !["Enter", "ArrowDown"].includes(event.key)) return;
  event.preventDefault();
  event.target.blur();
  moveInList(1);
}

function onKey(event) {
  if (event.key === "Escape") return onEscape(event);
  if (isField(event.target)) return onFieldKey(event);
  const name = actionOf(event);
  if (!name) return undefined;
  event.preventDefault();
  return actions[name]();
}

/** A button that was clicked does not keep the focus: Space would press it again instead of playing. */
function onClick(event) {
  const button = event.target.closest?.("button, input[type=checkbox]");
  if (event.detail > 0 && button && !button.closest("dialog")) button.blur();
}

export function startKeys() {
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", onClick);
}
