// Questions before something that concerns many files, and the help. <dialog> keeps the focus inside and closes by Esc.
import { acceptFolder, openBelow } from "./answering.js";
import { apply, undoRun } from "./applying.js";
import { Help } from "./help.js";
import { Component, createRef, html } from "./html.js";
import { get, set } from "./store.js";
import { bytes, counted, when } from "./words.js";

const close = () => set({ dialog: null });

class Dialog extends Component {
  constructor() {
    super();
    this.element = createRef();
  }
  componentDidMount() {
    this.before = document.activeElement;
    this.element.current.showModal();
    this.element.current.querySelector("[autofocus]")?.focus();
  }
  componentWillUnmount() {
    if (this.before?.isConnected) this.before.focus();
  }
  render({ label, name, children }) {
    return html`<dialog ref=${this.element} class=${name} aria-label=${label} onClose=${close} onCancel=${close}>${children}</dialog>`;
  }
}

const Buttons = ({ yes, onYes }) => html`
  <div class="buttons">
    <button class="main" autofocus onClick=${onYes}><kbd>Enter</kbd> ${yes}</button>
    <button onClick=${close}><kbd>Esc</kbd> Cancel</button>
  </div>`;

const ApplyDialog = ({ preview }) => html`
  <${Dialog} label="Set files aside">
    <h2>Set ${counted(preview.count, "file", "files")} aside?</h2>
    <p>${bytes(preview.bytes)} move to the folder for set-aside files. Nothing is deleted, and you can take it back.</p>
    <${Buttons} yes="Set aside" onYes=${apply} />
  <//>`;

class UndoDialog extends Component {
  render({ run }, { answers = false }) {
    return html`
      <${Dialog} label="Take back">
        <h2>Bring ${counted(run.moved, "file", "files")} back?</h2>
        <p>The files of ${when(run.at)} return to where they were.</p>
        <fieldset>
          <label><input type="checkbox" checked=${answers} onChange=${() => this.setState({ answers: !answers })} /> Also take back the answers that sent them away: you are asked again</label>
        </fieldset>
        <${Buttons} yes="Bring back" onYes=${() => undoRun(run.run, answers)} />
      <//>`;
  }
}

/** The folder and those above it, the nearest first, with the open pairs below each. */
export function foldersAbove(folder, groups) {
  const parts = folder.split("/");
  const all = [];
  for (let length = parts.length; length > 0; length--) {
    const path = parts.slice(0, length).join("/");
    if (path === "") break;
    all.push({ path, open: openBelow(groups, path) });
  }
  // A folder above in which nothing more is open would only be another name for the same pairs.
  return all.filter((entry, i) => entry.open > 0 && (i === 0 || entry.open > all[i - 1].open));
}

class FolderDialog extends Component {
  render({ folder, groups }, { chosen, answer = "keep_keeper" }) {
    const folders = foldersAbove(folder, groups);
    if (folders.length === 0) {
      return html`<${Dialog} label="Accept a folder">
        <p>No pair below ${folder} is open.</p>
        <div class="buttons"><button autofocus onClick=${close}><kbd>Esc</kbd> Close</button></div>
      <//>`;
    }
    const path = chosen ?? folders[0].path;
    const open = folders.find((entry) => entry.path === path)?.open ?? 0;
    return html`
      <${Dialog} label="Answer for a whole folder">
        <h2>Answer for a whole folder</h2>
        <fieldset>
          <legend>All open copies below</legend>
          ${folders.map(
            (entry) => html`<label key=${entry.path}>
              <input type="radio" name="folder" checked=${entry.path === path} onChange=${() => this.setState({ chosen: entry.path })} />
              <span class="path">${entry.path}</span> <span class="soft">${counted(entry.open, "pair", "pairs")}</span>
            </label>`,
          )}
        </fieldset>
        <fieldset>
          <legend>Answer</legend>
          <label><input type="radio" name="answer" checked=${answer === "keep_keeper"} onChange=${() => this.setState({ answer: "keep_keeper" })} /> as proposed: the copy that is marked stays</label>
          <label><input type="radio" name="answer" checked=${answer === "both_for_now"} onChange=${() => this.setState({ answer: "both_for_now" })} /> both stay for now</label>
        </fieldset>
        <${Buttons} yes=${`Answer ${counted(open, "pair", "pairs")}`} onYes=${() => acceptFolder(path, answer)} />
      <//>`;
  }
}

export function CurrentDialog({ state }) {
  const { dialog } = state;
  switch (dialog?.kind) {
    case "apply":
      return html`<${ApplyDialog} preview=${state.preview} />`;
    case "undo":
      return html`<${UndoDialog} run=${dialog.run} />`;
    case "folder":
      return html`<${FolderDialog} folder=${dialog.folder} groups=${state.groups} />`;
    case "help":
      return html`<${Dialog} label="Keys" name="wide"><${Help} /><div class="buttons"><button onClick=${close}><kbd>Esc</kbd> Close</button></div><//>`;
    default:
      return null;
  }
}

export const openHelp = () => set({ dialog: { kind: "help" } });

/** Asks about the folder of the copy that is shown beside the kept one. */
export function askAboutFolder(drop) {
  if (drop) set({ dialog: { kind: "folder", folder: drop.file.folder } });
  else if (get().view === "pair") set({ dialog: null });
}
