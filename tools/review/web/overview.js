// What there is, before the details: totals by kind, reason, format and folder, and what can be done with all at once.
import { acceptCertain } from "./answering.js";
import { setFilter } from "./filter_bar.js";
import { none } from "./filters.js";
import { html } from "./html.js";
import { openNext, openView } from "./navigation.js";
import { set } from "./store.js";
import { Progress } from "./progress.js";
import { bytes, counted, number } from "./words.js";

const longest = 8; // lines of a table

const filterBy = (patch) => set({ filters: { ...none, ...patch }, filtersOpen: true });

function Totals({ title, head, rows, filter }) {
  if (!rows?.length) return null;
  const most = Math.max(...rows.map((row) => row.bytes), 1);
  return html`
    <section class="totals">
      <h2>${title}</h2>
      <table>
        <thead><tr><th scope="col">${head}</th><th scope="col" class="figure">Copies</th><th scope="col" class="figure">To free</th><td></td></tr></thead>
        <tbody>
          ${rows.slice(0, longest).map(
            (row) => html`<tr key=${row.name}>
              <th scope="row"><button class="link" onClick=${() => filter(row.name)}>${row.name}</button></th>
              <td class="figure">${number(row.drops)}</td>
              <td class="figure">${bytes(row.bytes)}</td>
              <td class="bar"><span style=${{ width: `${(100 * row.bytes) / most}%` }}></span></td>
            </tr>`,
          )}
        </tbody>
      </table>
      ${rows.length > longest && html`<p class="soft">and ${rows.length - longest} more in the filters</p>`}
    </section>`;
}

const named = (rows, name) => (rows ?? []).map((row) => ({ ...row, name: row[name] })).sort((a, b) => b.bytes - a.bytes);

function Certain({ summary, busy }) {
  const certain = summary.by_band.auto;
  if (!certain?.drops) return null;
  return html`
    <section class="card">
      <h2>Certain</h2>
      <p class="figure-large">${bytes(certain.bytes)}</p>
      <p>${counted(certain.drops, "copy", "copies")} in ${counted(certain.groups, "group", "groups")}: the same recording, also by ear. The better one stays.</p>
      ${summary.accepted
        ? html`<p><span class="chip stays">accepted</span> <button class="link" disabled=${busy} onClick=${() => acceptCertain(false)}>take back</button></p>`
        : html`<button class="main" disabled=${busy} onClick=${() => acceptCertain(true)}>Accept all that is certain</button>`}
      <p><button class="link" onClick=${() => setFilter({ ...none, band: "auto" })}>show them</button></p>
    </section>`;
}

function ToDecide({ summary }) {
  const total = summary.open + summary.answered;
  const review = summary.by_band.review;
  if (total === 0 && !review?.drops) return null;
  const share = total > 0 ? summary.answered / total : 0;
  return html`
    <section class="card">
      <h2>To decide</h2>
      <p class="figure-large">${number(summary.open)} <span class="soft">of ${counted(total, "pair", "pairs")}</span></p>
      <p>${summary.open > 0 ? "echofold is not sure enough to act on these without you." : "Every pair has an answer."}</p>
      <div class="progress" role="progressbar" aria-label="Answered" aria-valuemin="0" aria-valuemax="100" aria-valuenow=${Math.round(100 * share)}>
        <span style=${{ width: `${100 * share}%` }}></span>
      </div>
      ${summary.open > 0 &&
      html`<button class="main" id="start" onClick=${() => openNext()}><kbd>Enter</kbd> ${summary.answered > 0 ? "Go on deciding" : "Start deciding"}</button>`}
    </section>`;
}

const Space = ({ summary }) => html`
  <section class="card">
    <h2>Space to free</h2>
    <p class="figure-large">${bytes(summary.bytes_to_free)}</p>
    <p>By what is certain and what you answered. You see every file before it moves, and can take it back.</p>
    <button onClick=${() => openView("apply")}><kbd>M</kbd> Show what would move</button>
  </section>`;

export function Overview({ state }) {
  const { summary } = state;
  if (!summary) return html`<article class="overview"><p class="soft">Loading…</p></article>`;
  if (summary.groups === 0 && state.job) {
    return html`<article class="overview"><h1>One moment</h1><p class="soft">Each pair is compared by ear once, before it is shown.</p><${Progress} job=${state.job} /></article>`;
  }
  if (summary.groups === 0) {
    return html`<article class="overview"><h1>No copies</h1><p class="soft">No recording is there more than once among ${counted(summary.files, "file", "files")} of ${summary.library}.</p></article>`;
  }
  return html`
    <article class="overview">
      ${state.job && html`<${Progress} job=${state.job} />`}
      <h1>${counted(summary.groups, "recording", "recordings")} with more than one copy</h1>
      <p class="soft">among ${counted(summary.files, "file", "files")} of ${summary.library}</p>
      <div class="cards">
        <${ToDecide} summary=${summary} />
        <${Certain} summary=${summary} busy=${state.busy} />
        <${Space} summary=${summary} />
      </div>
      <div class="tables">
        <${Totals} title="By reason" head="Reason" rows=${named(summary.by_reason, "reason")} filter=${(reason) => filterBy({ reason })} />
        <${Totals} title="By format" head="Format" rows=${named(summary.by_format, "format")} filter=${(format) => filterBy({ format })} />
        <${Totals} title="By folder" head="Folder" rows=${named(summary.by_folder, "folder")} filter=${(folder) => filterBy({ folder })} />
      </div>
    </article>`;
}
