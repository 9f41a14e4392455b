// All answers that are stored, also those of other days and of the terminal. Each can be forgotten.
import { forget } from "./answering.js";
import { html } from "./html.js";
import { when } from "./words.js";

const shown_at_most = 500;

const Path = ({ file, text }) => html`<span class="path">${file?.path ?? "a file that is no longer there"}${text && html` <span class=${"chip " + text}>${text}</span>`}</span>`;

/** What the answer means for each file. */
const fates = {
  keep_a: ["stays", "goes"],
  keep_b: ["goes", "stays"],
  keep_both: ["stays", "stays"],
  not_same: ["", ""],
};
const whole = { keep_a: "one stays", keep_b: "one stays", keep_both: "both stay for ever", not_same: "not the same" };

export function AnswersView({ state }) {
  const { answers } = state;
  if (!answers) return html`<article class="answers"><p class="soft">Loading…</p></article>`;
  return html`
    <article class="answers">
      <h1>Your answers</h1>
      ${answers.length === 0
        ? html`<p class="soft">None yet. Answers are stored at once, and hold for all later reviews.</p>`
        : html`<p class="soft">Answers hold for all later reviews, here and in the terminal. If you forget one, you are asked again.</p>
            <table>
              <thead><tr><th scope="col">When</th><th scope="col">Files</th><th scope="col">Answer</th><td></td></tr></thead>
              <tbody>
                ${answers.slice(0, shown_at_most).map(
                  (answer) => html`<tr key=${answer.id}>
                    <td class="time">${when(answer.at)}</td>
                    <td>
                      <${Path} file=${answer.a} text=${fates[answer.verdict]?.[0]} />
                      <${Path} file=${answer.b} text=${fates[answer.verdict]?.[1]} />
                    </td>
                    <td>${whole[answer.verdict] ?? answer.verdict}</td>
                    <td><button disabled=${state.busy} onClick=${() => forget(answer.id)}>Forget<span class="unseen"> the answer about ${answer.a?.path}</span></button></td>
                  </tr>`,
                )}
              </tbody>
            </table>
            ${answers.length > shown_at_most && html`<p class="soft">and ${answers.length - shown_at_most} older ones: <code>echofold verdicts</code> lists all</p>`}`}
    </article>`;
}
