// The line on top: where one is, how far one is, and the ways to the other views.
import { html } from "./html.js";
import { openHelp } from "./dialogs.js";
import { openView } from "./navigation.js";
import { chosenTheme, switchTheme } from "./theme_switch.js";
import { jobNames } from "./progress.js";
import { bytes, number } from "./words.js";

const View = ({ state, view, keys, name }) => html`
  <button aria-current=${state.view === view ? "page" : undefined} onClick=${() => openView(view)}><kbd>${keys}</kbd> ${name}</button>`;

const themes = { system: "Theme: system", light: "Theme: light", dark: "Theme: dark" };

export function HeaderBar({ state }) {
  const { summary, connected } = state;
  const total = summary ? summary.open + summary.answered : 0;
  return html`
    <header class="top">
      <span class="brand"><img src="icon.svg" alt="" width="20" height="20" /> echofold</span>
      <nav aria-label="Views">
        <${View} state=${state} view="overview" keys="O" name="Overview" />
        <${View} state=${state} view="answers" keys="L" name="Answers" />
        <${View} state=${state} view="apply" keys="M" name="Move" />
      </nav>
      ${summary &&
      html`<span class="far">
        ${total > 0 && html`<progress max=${total} value=${summary.answered} aria-label="Answered pairs"></progress> ${number(summary.answered)} of ${number(total)} answered`}
        <span class="free">${bytes(summary.bytes_to_free)} to free</span>
      </span>`}
      <span class="grow"></span>
      ${state.job && !["apply", "overview"].includes(state.view) && html`<span class="far" role="status">${jobNames[state.job.kind] ?? "Working"}: ${number(state.job.done)} of ${number(state.job.of)}</span>`}
      ${!connected && html`<span class="chip goes" role="alert">not connected</span>`}
      <button class="quiet theme" aria-label=${themes[chosenTheme()]} title=${themes[chosenTheme()]} onClick=${switchTheme}>
        <span aria-hidden="true">◐</span><span class="long" aria-hidden="true"> ${themes[chosenTheme()]}</span>
      </button>
      <button class="quiet" onClick=${openHelp}><kbd>?</kbd> Keys</button>
    </header>`;
}
