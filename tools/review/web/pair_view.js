// One pair: why it is a pair, what differs, how it sounds and looks, and the answers.
import { answer, undoAnswer } from "./answering.js";
import { DifferencesTable } from "./differences_table.js";
import { html } from "./html.js";
import { PlayerBar, SpanTable } from "./player_bar.js";
import { isAsked, isOpen, shownDrop, stays } from "./sides.js";
import { Timeline } from "./timeline.js";
import { bands, counted, percent, relation, speed } from "./words.js";

const answerNames = {
  keep_keeper: "this copy stays",
  keep_drop: "this copy stays",
  both_for_now: "both stay for now",
  both_for_ever: "both stay for ever",
  not_same: "not the same, for ever",
};

function Title({ state }) {
  const { current, groups, left, right } = state;
  const entry = groups.find((group) => group.group === current.group);
  const at = current.drops.findIndex((drop) => drop.file.id === left || drop.file.id === right);
  const many = current.drops.length > 1;
  return html`
    <header class="title">
      <h1>${entry?.title ?? current.keep.name}</h1>
      ${many && html`<span class="soft">copy ${at + 1} of ${current.drops.length} beside the kept one <kbd>C</kbd> next</span>`}
    </header>`;
}

/** Why the two are taken for one recording, and why there is a question. */
function Reasons({ state }) {
  const { current, pair } = state;
  const drop = shownDrop(state);
  const similarity = pair?.similarity ?? drop?.similarity;
  const words = pair?.heard?.words ?? [];
  const ear = words.join("; ").replace(/\bthe first\b/g, "left").replace(/\bthe second\b/g, "right");
  // The plan says such moments in the time of the copy that would go; the page has one time, that of the left copy.
  const hasMoments = pair?.heard?.reason === "burst";
  return html`
    <dl class="reasons">
      ${drop?.answer && html`<dt>Answered</dt><dd>${stays(state) ? `the ${stays(state)} copy stays` : answerNames[drop.answer]}</dd>`}
      ${drop && isOpen(drop) && html`<dt>Asked because</dt><dd>${hasMoments ? ear : `${sideOf(state, drop.file)}: ${questionOf(drop.why)}`}</dd>`}
      ${drop && !isOpen(drop) && !drop.answer && html`<dt>${bands[drop.band]?.name ?? "Listed"}</dt><dd>${drop.why}</dd>`}
      ${(!drop || isAsked(drop)) && !drop?.answer && html`<dt>Proposal</dt><dd>keep ${sideOf(state, current.keep)}: ${current.why}</dd>`}
      <dt>By sound</dt>
      <dd>
        ${similarity === undefined ? "not compared with each other" : percent(similarity) + " alike"}
        ${drop && `, ${relation(drop.relation)}`}${pair && speed(pair.speed) && `, right ${speed(pair.speed)}`}${drop?.exact && ", the very same samples"}${ear && !(hasMoments && drop && isOpen(drop)) && `; ${ear}`}
      </dd>
    </dl>`;
}

/** "lossy; to review: is silent at ..." without what only says that it is a question. */
const questionOf = (why) => why.replace(/^.*?to review: /, "");

function sideOf({ left, right }, file) {
  if (file.id === left) return "the left copy";
  return file.id === right ? "the right copy" : file.name;
}

function MergedTags({ group }) {
  const tags = group.merged_tags ?? [];
  if (tags.length === 0) return null;
  return html`
    <details class="merged">
      <summary>${counted(tags.length, "tag", "tags")} that the kept copy ${group.merges_tags ? "takes" : "could take"} from the others</summary>
      <table>
        <thead><tr><th scope="col">Tag</th><th scope="col">Now</th><th scope="col">${group.merges_tags ? "After the move" : html`With <code>--merge-tags</code>`}</th></tr></thead>
        <tbody>
          ${tags.map((tag) => html`<tr key=${tag.name}><th scope="row">${tag.name}</th><td>${tag.keeper || "–"}</td><td><mark>${tag.value}</mark></td></tr>`)}
        </tbody>
      </table>
    </details>`;
}

const Choice = ({ word, keys, name, what, state, isProposed, isChosen }) => html`
  <button
    class=${`choice ${isProposed ? "proposed" : ""} ${word}`}
    aria-pressed=${isChosen ? "true" : "false"}
    disabled=${state.busy}
    title=${what}
    onClick=${() => answer(word)}
  ><kbd>${keys}</kbd> ${name}</button>`;

function Choices({ state }) {
  const drop = shownDrop(state);
  const kept = stays(state);
  if (!drop) {
    return html`<footer class="choices"><p class="note">Answers are about the kept copy and one other. Choose the kept copy on one side.</p></footer>`;
  }
  if (!isAsked(drop)) {
    return html`<footer class="choices"><p class="note">There is nothing to answer: this copy is only listed, and never moves.</p></footer>`;
  }
  const side = (name) => ({ isProposed: !drop.answer && kept === name, isChosen: Boolean(drop.answer) && kept === name });
  return html`
    <footer class="choices" role="group" aria-label="Your answer">
      <${Choice} state=${state} word="left" keys="1" name="Keep left" what="The left copy stays, the right one will be set aside" ...${side("left")} />
      <${Choice} state=${state} word="right" keys="2" name="Keep right" what="The right copy stays, the left one will be set aside" ...${side("right")} />
      <${Choice} state=${state} word="both_for_now" keys="S" name="Both for now" what="Both stay; you are asked again next time" isChosen=${drop.answer === "both_for_now"} />
      <${Choice} state=${state} word="both_for_ever" keys="B" name="Both for ever" what="Both stay; you are not asked again" isChosen=${drop.answer === "both_for_ever"} />
      <${Choice} state=${state} word="not_same" keys="D" name="Not the same" what="They are different recordings; you are not asked again" isChosen=${drop.answer === "not_same"} />
      <button class="quiet" disabled=${state.busy} onClick=${undoAnswer}><kbd>U</kbd> Undo</button>
    </footer>`;
}

export function PairView({ state }) {
  return html`
    <article class="pair">
      <div class="scrolls" key=${`${state.left} ${state.right}`} tabindex="-1">
        <${Title} state=${state} />
        <${Reasons} state=${state} />
        <${DifferencesTable} state=${state} />
        <${SpanTable} state=${state} />
        <${MergedTags} group=${state.current} />
      </div>
      <div class="sound">
        <${PlayerBar} state=${state} />
        ${state.pairError && html`<p class="note">${state.pairError}</p>`}
        ${state.pair && html`<${Timeline} key=${`${state.pair.a} ${state.pair.b}`} state=${state} />`}
      </div>
      <${Choices} state=${state} />
    </article>`;
}
