// Playing both copies at the same instant, and what the drawings show.
import { html } from "./html.js";
import { player, seek, switchSide, togglePlaying, toSpan } from "./sound.js";
import { spansOf } from "./spans.js";
import { set } from "./store.js";
import { moment, speed } from "./words.js";

const Side = ({ side, name }) => html`
  <button class=${"listen " + name.toLowerCase()} aria-pressed=${player.side === side ? "true" : "false"} onClick=${() => switchSide(side)}>
    ${name}
  </button>`;

/** By how much the louder copy is turned down. */
function loudnessText() {
  if (!player.matches || player.gain === null || player.gain === undefined) return "";
  const gain = Math.round(player.gain * 10) / 10;
  if (gain === 0) return "";
  return `${gain > 0 ? "right" : "left"} −${Math.abs(gain).toFixed(1)} dB`;
}

export function PlayerBar({ state }) {
  const spans = spansOf(state);
  const { pair } = state;
  const isOff = !pair;
  const label = player.playing ? (player.waiting ? "Loading" : "Pause") : "Play";
  return html`
    <section class="player" aria-label="Listen">
      <button class="play" disabled=${isOff} onClick=${togglePlaying}><kbd>Space</kbd> ${label}</button>
      <span class="sides" role="group" aria-label="Which copy is heard">
        <${Side} side="a" name="Left" /><${Side} side="b" name="Right" />
        <span class="hint"><kbd>Tab</kbd></span>
      </span>
      <label class="check" title="The louder copy is turned down, so that you compare sound and not loudness">
        <input type="checkbox" checked=${player.matches} onChange=${(event) => player.setMatching(event.target.checked)} />
        Same loudness <span class="soft">${loudnessText()}</span>
      </label>
      <span class="grow"></span>
      ${spans.length > 0 &&
      html`<button disabled=${isOff} onClick=${() => toSpan(1)}><kbd>N</kbd> Next difference</button>`}
      <button class="quiet" disabled=${isOff} aria-pressed=${state.zoomed ? "true" : "false"} onClick=${() => set({ zoomed: !state.zoomed })}>
        <kbd>Z</kbd> Zoom
      </button>
      <button class="quiet" disabled=${isOff} aria-pressed=${state.spectrogram ? "true" : "false"} onClick=${toggleSpectrogram(state)}>
        <kbd>F</kbd> Frequencies
      </button>
      ${pair && speed(pair.speed) && html`<p class="note">The right copy ${speed(pair.speed)}. It is played at the speed of the left one.</p>`}
    </section>`;
}

/** Frequencies need a part of at most a minute: they come with the zoom. */
export const toggleSpectrogram = (state) => () =>
  set({ spectrogram: !state.spectrogram, zoomed: state.spectrogram ? state.zoomed : true });

/** The moments that differ, as a table that needs no picture. */
export function SpanTable({ state }) {
  const spans = spansOf(state);
  if (spans.length === 0) return null;
  return html`
    <table class="spans">
      <caption class="unseen">Moments at which the copies differ</caption>
      <thead class="unseen"><tr><th scope="col">At</th><th scope="col">For</th><th scope="col">What</th></tr></thead>
      <tbody>
        ${spans.map(
          (span) => html`<tr key=${span.start}>
            <td><button class="link" onClick=${() => seek(Math.max(0, span.start - 1.5))}>${moment(span.start)}</button></td>
            <td>${span.length.toFixed(1)} s</td>
            <td>${span.what}</td>
          </tr>`,
        )}
      </tbody>
    </table>`;
}
