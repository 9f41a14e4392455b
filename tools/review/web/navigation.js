// Which view, group and pair is shown. The address after `#` follows, so that a reload comes back to the same place.
import * as api from "./api.js";
import { memoized } from "./filters.js";
import { attempt } from "./loading.js";
import { files, fileOf, isOpen, sidesOf } from "./sides.js";
import { get, set } from "./store.js";

const visible = memoized();

/** The groups as the list shows them now. */
export const listed = ({ groups, filters } = get()) => visible(groups, filters);

function rememberPlace() {
  const { view, current, left, right } = get();
  const place = view === "pair" && current ? `#/group/${current.group}/${left}/${right}` : `#/${view}`;
  if (location.hash !== place) history.replaceState(null, "", place);
}

/** Opens the view that the address names. */
export async function followAddress() {
  const [, view, group, left, right] = location.hash.split("/");
  if (view === "group") return openGroup(Number(group), left, right);
  return openView(["answers", "apply"].includes(view) ? view : "overview");
}

export async function openView(view) {
  set({ view, dialog: null });
  rememberPlace();
  if (view === "answers") await attempt(async () => set({ answers: await api.answers() }));
  if (view === "apply") {
    await attempt(async () => {
      const [preview, runs] = await Promise.all([api.preview(), api.runs()]);
      set({ preview, runs });
    });
  }
}

let opening = 0; // only the last of several quick requests counts

/**
 * Shows a group.
 * @param left, right  ids of its files; without them the first pair that is open
 */
export async function openGroup(number, left, right) {
  const request = ++opening;
  const isListed = get().groups.some((entry) => entry.group === number);
  const current = isListed ? await attempt(() => api.group(number)) : null;
  if (request !== opening) return;
  if (!current) return openView("overview");
  const isKnown = left !== right && fileOf(current, left) && fileOf(current, right);
  const sides = isKnown ? { left, right } : sidesOf(current, current.drops.find(isOpen) ?? current.drops[0]);
  set({ view: "pair", current, ...sides, pair: null, pairError: null, dialog: null });
  rememberPlace();
  await loadPair();
}

/** Shows two files of the open group beside each other. */
export async function openPair(left, right) {
  opening++;
  set({ left, right, pair: null, pairError: null });
  rememberPlace();
  await loadPair();
}

async function loadPair() {
  const { left, right } = get();
  const isShown = () => get().left === left && get().right === right;
  try {
    const pair = await api.pair(left, right);
    if (isShown()) set({ pair, pairError: null });
  } catch (error) {
    if (isShown()) set({ pairError: error.message });
  }
}

/** The group `step` places further in the list. */
export function moveInList(step) {
  const list = listed();
  if (list.length === 0) return undefined;
  const at = list.findIndex((group) => group.group === get().current?.group);
  const next = at < 0 ? (step > 0 ? 0 : list.length - 1) : Math.min(list.length - 1, Math.max(0, at + step));
  return openGroup(list[next].group);
}

/** The group of the next open pair: below the shown one in the list, else from the top. */
export function nextOpenGroup() {
  const { current } = get();
  const list = listed();
  const at = list.findIndex((group) => group.group === current?.group);
  return [...list.slice(at + 1), ...list.slice(0, at + 1)].find(
    (group) => group.open > 0 && group.group !== current?.group,
  );
}

/**
 * The next open pair: in this group, else in another one.
 * @param next  that group, found before an answer took this one out of the list
 */
export async function openNext(next = nextOpenGroup()) {
  const { current, left, right, filters } = get();
  const drop = current?.drops.find((drop) => isOpen(drop) && drop.file.id !== left && drop.file.id !== right);
  if (drop) {
    const sides = sidesOf(current, drop);
    return openPair(sides.left, sides.right);
  }
  if (next) return openGroup(next.group);
  const hides = filters.text || filters.band || filters.folder || filters.reason || filters.format || filters.relation;
  set({ view: "overview", message: { kind: "done", text: hides ? "Nothing left to decide in this list." : "All decided." } });
  return rememberPlace();
}

/** Another pair of files of the same group: the next file beside the keeper. */
export function openNextCopy() {
  const { current, left, right } = get();
  if (!current || current.drops.length < 2) return undefined;
  const at = current.drops.findIndex((drop) => drop.file.id === left || drop.file.id === right);
  const sides = sidesOf(current, current.drops[(at + 1) % current.drops.length]);
  return openPair(sides.left, sides.right);
}

/** Puts one file of the group on a side; the two sides change places if it is on the other one. */
export function chooseFile(side, id) {
  const { current, left, right } = get();
  if (!files(current).some((file) => file.id === id)) return undefined;
  if (side === "left") return openPair(id, id === right ? left : right);
  return openPair(id === left ? right : left, id);
}
