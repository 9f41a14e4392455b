// How far a long job of the program is.
import { html } from "./html.js";
import { duration, number } from "./words.js";

export const jobNames = { apply: "Setting files aside", undo: "Bringing files back", listen: "Comparing copies by ear" };

export function Progress({ job }) {
  const share = job.of > 0 ? Math.min(1, job.done / job.of) : 0;
  const verb = jobNames[job.kind] ?? "Working";
  const left = job.eta_s === null || job.eta_s === undefined ? "" : `, ${duration(job.eta_s)} left`;
  return html`
    <section class="card running">
      <h2>${verb}</h2>
      <div class="progress" role="progressbar" aria-label=${verb} aria-valuemin="0" aria-valuemax="100" aria-valuenow=${Math.round(100 * share)}>
        <span style=${{ width: `${100 * share}%` }}></span>
      </div>
      <p>${job.of > 0 ? `${number(job.done)} of ${number(job.of)}${left}` : "getting ready"}</p>
    </section>`;
}
