/** A comparison's tables as HTML: the saved pages are built with it, and the page of chosen runs makes them in the browser. */
import type { Comparison } from "./compare.ts";
import { escapeHtml } from "./escape.ts";
import { counted } from "./phrase.ts";
import { splitQuantity } from "./quantity.ts";

export interface CompareSection {
  id: string;
  title: string;
  note: string;
  html: string;
}

/** Everything but the charts: what they reached, and what differs. `base` is the site's base path with a slash at its end. */
export function compareSections(comparison: Comparison, base: string): CompareSection[] {
  const sections: CompareSection[] = [];
  if (comparison.metrics.length > 0) {
    sections.push({
      id: "reached",
      title: "What they reached",
      note: "Each against the first.",
      html: table("Metrics", heads(comparison, base), comparison.metrics.map(metricRow)),
    });
  }
  const rows = comparison.sections.flatMap(({ title, rows }) => [groupRow(title, comparison.heads.length), ...rows.map(factRow)]);
  const same = `${counted(comparison.identical, "further fact")} ${comparison.identical === 1 ? "is" : "are"} the same in all of them and not shown.`;
  sections.push({
    id: "differs",
    title: "What differs",
    note: "Flags, code, data and environment.",
    html:
      rows.length === 0
        ? `<p>Nothing that was recorded differs.</p><p class="quiet">${same}</p>`
        : `${table("Differences", heads(comparison, base), rows)}<p class="legend">${same}</p>`,
  });
  return sections;
}

/** The runs by name, linked, with their state; the first says that it is the baseline. */
function heads({ heads }: Comparison, base: string): string {
  const cells = heads.map(
    ({ href, label, slot, status }, at) =>
      `<th scope="col" class="s${slot}"><i class="ink" aria-hidden="true"></i><a href="${escapeHtml(`${base}${href.slice(1)}`)}">${escapeHtml(label)}</a>` +
      `<small><span class="status ${status.kind}">${escapeHtml(status.word)}</span>${at === 0 ? " · baseline" : ""}</small></th>`,
  );
  return `<tr><td></td>${cells.join("")}</tr>`;
}

function metricRow({ tag, sub, cells }: Comparison["metrics"][number]): string {
  const values = cells.map(
    ({ text, title, difference, best }) =>
      `<td class="n${best ? " best" : ""}"${title === "" ? "" : ` title="${escapeHtml(title)}"`}>${best ? '<span class="star" title="best of these">★</span>' : ""}` +
      `${quantityHtml(text)}${difference === "" ? "" : `<small class="difference">${quantityHtml(difference)}</small>`}</td>`,
  );
  return `<tr><th scope="row">${escapeHtml(tag)} <small class="quiet">${sub}</small></th>${values.join("")}</tr>`;
}

function groupRow(title: string, columns: number): string {
  return `<tr class="group"><th scope="rowgroup" colspan="${columns + 1}">${escapeHtml(title)}</th></tr>`;
}

function factRow({ name, cells }: { name: string; cells: string[] }): string {
  return `<tr><th scope="row">${escapeHtml(name)}</th>${cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join("")}</tr>`;
}

function table(label: string, head: string, rows: string[]): string {
  return `<div class="scroll" role="region" aria-label="${label}" tabindex="0"><table class="compared"><thead>${head}</thead><tbody>${rows.join("")}</tbody></table></div>`;
}

function quantityHtml(text: string): string {
  return splitQuantity(text)
    .map((part) => (part.unit ? `<small class="unit">${escapeHtml(part.text)}</small>` : escapeHtml(part.text)))
    .join("");
}
