// The keys, in words.
import { html } from "./html.js";
import { keyTable } from "./key_table.js";

export const Help = () => html`
  <h2>Keys</h2>
  <div class="keys">
    ${keyTable.map(
      (part) => html`<table key=${part.title}>
        <caption>${part.title}</caption>
        <tbody>
          ${part.keys
            .filter((key) => !key.isAlias)
            .map((key) => html`<tr key=${key.key}><th scope="row"><kbd>${key.label ?? key.key}</kbd></th><td>${key.what}</td></tr>`)}
        </tbody>
      </table>`,
    )}
  </div>
  <p class="soft">Answers are stored at once. Files move only when you say so under M. When nothing plays, Tab moves between the controls, and Shift+Tab always does.</p>`;
