// The lines of two files side by side: what differs first, the rest on demand.
import { lines, marked } from "./differences.js";
import { html } from "./html.js";
import { chooseFile } from "./navigation.js";
import { dropOf, fileOf, files, stays } from "./sides.js";
import { set } from "./store.js";
import { bytes } from "./words.js";

const Marked = ({ parts }) =>
  parts.map((part) => (part.differs ? html`<mark>${part.text}</mark>` : html`<span>${part.text}</span>`));

function Value({ line, side }) {
  const value = line[side];
  const isBetter = line.better === side;
  const isWorse = line.better && !isBetter;
  const name = isBetter ? "better" : isWorse ? "worse" : "";
  if (!value) return html`<td class="none"><span class="unseen">none</span><span aria-hidden="true">–</span></td>`;
  const isText = line.differs && (line.isPath || line.isTag);
  const shown = isText ? html`<${Marked} parts=${marked(line.left, line.right)[side]} />` : value;
  return html`<td class=${name}>${shown}${isBetter && html`<span class="unseen"> (better)</span>`}</td>`;
}

const Line = ({ line }) => html`
  <tr class=${line.differs ? "differs" : "same"}>
    <th scope="row">${line.name}${line.shared && html`<span class="shared" title=${line.shared + "/"}>${line.shared}/…</span>`}</th>
    <${Value} line=${line} side="left" />
    <${Value} line=${line} side="right" />
  </tr>`;

/** What becomes of the file, in a word. */
function fate(state, side) {
  const id = state[side];
  const { current } = state;
  const kept = stays(state);
  const drop = dropOf(current, id);
  const answered = dropOf(current, state.left)?.answer ?? dropOf(current, state.right)?.answer;
  if (answered === "both_for_now" || answered === "both_for_ever") return { name: "stays", text: "stays" };
  if (answered === "not_same") return { name: "stays", text: "not the same" };
  if (kept === null) return drop?.action === "none" ? { name: "", text: "stays" } : { name: "", text: "" };
  const verb = answered ? "" : "proposed: ";
  return kept === side ? { name: "stays", text: `${verb}stays` } : { name: "goes", text: `${verb}goes` };
}

function Head({ state, side }) {
  const { current } = state;
  const file = fileOf(current, state[side]);
  const all = files(current);
  const { name, text } = fate(state, side);
  const isMixed = all.some((file) => file.is_new) && all.some((file) => !file.is_new);
  const side_name = side === "left" ? "Left" : "Right";
  return html`
    <th scope="col" class=${side}>
      <span class="side">${side_name}</span>
      ${isMixed && html`<span class="chip">${file.is_new ? "new" : "library"}</span>`}
      ${text && html`<span class=${"chip " + name}>${text}</span>`}
      ${all.length > 2 &&
      html`<select aria-label=${`${side_name} copy`} value=${file.id} onChange=${(event) => chooseFile(side, event.target.value)}>
        ${all.map((other) => html`<option value=${other.id}>${other.format}, ${bytes(other.size_bytes)}: ${other.name}</option>`)}
      </select>`}
    </th>`;
}

export function DifferencesTable({ state }) {
  const all = lines(fileOf(state.current, state.left), fileOf(state.current, state.right));
  const differ = all.filter((line) => line.differs);
  const same = all.filter((line) => !line.differs);
  return html`
    <section class="compare" aria-label="What differs">
      <table>
        <caption class="unseen">The two copies side by side: lines that differ${state.everything ? ", then those that are the same" : ""}</caption>
        <thead><tr><td></td><${Head} state=${state} side="left" /><${Head} state=${state} side="right" /></tr></thead>
        <tbody>
          ${differ.map((line) => html`<${Line} key=${line.name} line=${line} />`)}
          ${state.everything && same.map((line) => html`<${Line} key=${line.name} line=${line} />`)}
        </tbody>
      </table>
      ${same.length > 0 &&
      html`<button class="quiet" aria-expanded=${state.everything ? "true" : "false"} onClick=${() => set({ everything: !state.everything })}>
        <kbd>E</kbd> ${state.everything ? "Hide" : "Show"} ${same.length} ${same.length === 1 ? "line" : "lines"} that both share
      </button>`}
    </section>`;
}
