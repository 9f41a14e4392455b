// What would move, the moving itself, and the way back.
import { askToApply, askToUndo, lastRun } from "./applying.js";
import { html } from "./html.js";
import { Progress } from "./progress.js";
import { bytes, counted, when } from "./words.js";

const Skipped = ({ skipped, would }) =>
  skipped?.length > 0 &&
  html`<p>${counted(skipped.length, "file", "files")} ${would} left alone:</p>
    <ul>${skipped.map((skip) => html`<li><span class="path">${skip.path}</span>: ${skip.why}</li>`)}</ul>`;

function Result({ job }) {
  if (!job) return null;
  const done = job.kind === "undo" ? `${counted(job.moved, "file is", "files are")} back in place.` : `${counted(job.moved, "file was", "files were")} set aside.`;
  return html`
    <section class="card" id="result">
      <h2>${job.error ? "It stopped" : "Done"}</h2>
      ${job.error && html`<p class="failed">${job.error}</p>`}
      <p>${done}</p>
      <${Skipped} skipped=${job.skipped} would=${job.skipped?.length === 1 ? "was" : "were"} />
    </section>`;
}

function Preview({ preview, isBusy }) {
  if (preview.count === 0) {
    return html`
      <p class="soft">Nothing would move yet: accept what is certain, or answer some pairs.</p>
      <${Skipped} skipped=${preview.skipped} would="would be" />`;
  }
  const more = preview.count - preview.moves.length;
  const hasReasons = preview.moves.some((move) => move.why);
  return html`
    <p>${counted(preview.count, "file", "files")} would be set aside, <strong>${bytes(preview.bytes)}</strong>. Nothing is deleted, and you can take it back below.</p>
    <p><button class="main" id="apply" disabled=${isBusy} onClick=${askToApply}><kbd>Enter</kbd> Set ${counted(preview.count, "file", "files")} aside…</button></p>
    <table>
      <thead><tr><th scope="col">File</th><th scope="col" class="figure">Size</th>${hasReasons && html`<th scope="col">Why</th>`}</tr></thead>
      <tbody>
        ${preview.moves.map(
          (move) => html`<tr key=${move.from}>
            <td><span class="path">${move.from}</span>${move.to && html`<span class="path soft">to ${move.to}</span>`}</td>
            <td class="figure">${bytes(move.bytes)}</td>
            ${hasReasons && html`<td>${move.why}</td>`}
          </tr>`,
        )}
      </tbody>
    </table>
    ${more > 0 && html`<p class="soft">and ${counted(more, "more file", "more files")}</p>`}
    ${preview.along > 0 && html`<p class="soft">${counted(preview.along, "file", "files")} beside them, such as lyrics, go along.</p>`}
    <${Skipped} skipped=${preview.skipped} would="would be" />`;
}

const Runs = ({ runs, isBusy }) => html`
  <h2>Moved before</h2>
  ${runs.length === 0
    ? html`<p class="soft">Nothing yet.</p>`
    : html`<table>
        <thead><tr><th scope="col">When</th><th scope="col" class="figure">Files</th><th scope="col" class="figure">Size</th><td></td></tr></thead>
        <tbody>
          ${runs.map(
            (run) => html`<tr key=${run.run}>
              <td class="time">${when(run.at)}</td>
              <td class="figure">${run.moved}</td>
              <td class="figure">${bytes(run.bytes)}</td>
              <td>${run.undone ? "taken back" : run.can_be_undone && html`<button disabled=${isBusy} onClick=${() => askToUndo(run)}>${run === lastRun(runs) && html`<kbd>U</kbd> `}Take back…<span class="unseen"> the run of ${when(run.at)}</span></button>`}</td>
            </tr>`,
          )}
        </tbody>
      </table>`}`;

export function ApplyView({ state }) {
  const { preview, runs, job, lastJob } = state;
  const isBusy = Boolean(job) || state.busy;
  return html`
    <article class="apply">
      <h1>What would move</h1>
      ${job && html`<${Progress} job=${job} />`}
      ${!job && html`<${Result} job=${lastJob} />`}
      ${preview ? html`<${Preview} preview=${preview} isBusy=${isBusy} />` : html`<p class="soft">Loading…</p>`}
      ${runs && html`<${Runs} runs=${runs} isBusy=${isBusy} />`}
    </article>`;
}
