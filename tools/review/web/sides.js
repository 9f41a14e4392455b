// The open group as pairs: which file is left, which is right, and what an answer about them is called.

export const files = (group) => [group.keep, ...group.drops.map((drop) => drop.file)];
export const fileOf = (group, id) => files(group).find((file) => file.id === id);
export const dropOf = (group, id) => group.drops.find((drop) => drop.file.id === id);

/** The drop that is shown beside the keeper; null if the two are both drops, which were not compared by the plan. */
export function shownDrop({ current, left, right }) {
  if (!current) return null;
  if (left === current.keep.id) return dropOf(current, right) ?? null;
  if (right === current.keep.id) return dropOf(current, left) ?? null;
  return null;
}

/** False for what is only listed: the program takes no answer about it. */
export const isAsked = (drop) => drop.action !== "none" || Boolean(drop.answer);
export const isOpen = (drop) => drop.action === "review" && !drop.answer;

/** Where one of the two is new, it is on the left, as in the terminal; else the keeper is. */
export function sidesOf(group, drop) {
  const isNewLeft = drop.file.is_new && !group.keep.is_new;
  return isNewLeft ? { left: drop.file.id, right: group.keep.id } : { left: group.keep.id, right: drop.file.id };
}

/** What the server calls the answer that this side stays. */
export const keepAnswer = ({ current, left, right }, side) =>
  (side === "left" ? left : right) === current.keep.id ? "keep_keeper" : "keep_drop";

/** The side that stays by the answer, or by the proposal without one; null where both stay. */
export function stays(state) {
  const drop = shownDrop(state);
  if (!drop) return null;
  const keeperSide = state.left === state.current.keep.id ? "left" : "right";
  if (drop.answer === "keep_keeper") return keeperSide;
  if (drop.answer === "keep_drop") return keeperSide === "left" ? "right" : "left";
  if (drop.answer || drop.action === "none") return null;
  return keeperSide;
}
