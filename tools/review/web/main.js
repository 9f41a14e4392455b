// Puts the page together: state in, nodes out.
import { AnswersView } from "./answers_view.js";
import { ApplyView } from "./apply_view.js";
import { followRunningJob } from "./applying.js";
import { CurrentDialog } from "./dialogs.js";
import { FilterBar } from "./filter_bar.js";
import { none } from "./filters.js";
import { GroupList } from "./group_list.js";
import { HeaderBar } from "./header_bar.js";
import { html, render } from "./html.js";
import { startKeys } from "./keys.js";
import { startLoading } from "./loading.js";
import { followAddress, listed } from "./navigation.js";
import { Overview } from "./overview.js";
import { PairView } from "./pair_view.js";
import { loadSound } from "./sound.js";
import { get, set, subscribe } from "./store.js";
import { followSystemTheme } from "./theme_switch.js";

function View({ state }) {
  if (state.view === "pair" && state.current) return html`<${PairView} state=${state} />`;
  if (state.view === "answers") return html`<${AnswersView} state=${state} />`;
  if (state.view === "apply") return html`<${ApplyView} state=${state} />`;
  return html`<${Overview} state=${state} />`;
}

function Page({ state }) {
  const shown = listed(state);
  return html`
    <${HeaderBar} state=${state} />
    <div class="panes">
      <aside aria-label="Groups">
        <${FilterBar} state=${state} shown=${shown} />
        <${GroupList} groups=${shown} current=${state.view === "pair" ? state.current?.group : undefined} />
      </aside>
      <main><${View} state=${state} /></main>
    </div>
    <p class=${`message ${state.message?.kind ?? ""}`} role="status">${state.message?.text}</p>
    <${CurrentDialog} state=${state} />`;
}

const root = document.getElementById("app");
let isWaiting = false;

function draw() {
  isWaiting = false;
  loadSound(get());
  render(html`<${Page} state=${get()} />`, root);
}

/** Several changes of one moment are drawn once. */
function drawSoon() {
  if (isWaiting) return;
  isWaiting = true;
  queueMicrotask(draw);
}

set({ filters: none });
subscribe(drawSoon);
followSystemTheme();
startKeys();
draw();
await startLoading();
if (get().groups.length === 0) await followRunningJob(); // the first plan is being made
await followAddress();
addEventListener("hashchange", followAddress);
await followRunningJob();
