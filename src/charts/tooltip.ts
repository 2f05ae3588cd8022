import { formatValue } from "../run/units.ts";
import { at, formatStep } from "../views/chart-caption.ts";
import { eventsAt, readingsAt } from "../views/cursor-reading.ts";
import type { Line, LineChartModel } from "../views/line-model.ts";
import { escapeXml } from "./escape-xml.ts";
import { swatch } from "./figure.ts";
import { classOf, styleOf } from "./line-drawing.ts";

/** Rows at most; the others are counted. */
const ROWS = 8;

/**
 * What stands at the cursor, as HTML: the place, then a row for each line, best first, with its smoothed and raw value, step
 * and time, then what happened there. `nearest` is the line to set in bold, null for none.
 */
export function tooltipHtml(model: LineChartModel, x: number, nearest: Line | null): string {
  const readings = readingsAt(model, x);
  const smoothed = readings.some(({ line }) => line.smooth !== null);
  const rows = readings.slice(0, ROWS).map(({ line, index }) => {
    const value = formatValue(line.y[index]!, model.unit);
    const smooth = line.smooth === null ? "" : formatValue(line.smooth[index]!, model.unit);
    return (
      `<tr class="${classOf(line)}${line === nearest ? " nearest" : ""}"${styleOf(line)}>` +
      `<th scope="row">${swatch(line)}<span>${escapeXml(line.label)}</span></th>` +
      `${smoothed ? `<td>${escapeXml(smooth)}</td>` : ""}<td>${escapeXml(value)}</td>` +
      `<td class="more">${formatStep(line.steps[index]!)}</td>` +
      `<td class="more">${escapeXml(formatValue(line.times[index]!, "s"))}</td></tr>`
    );
  });
  const head = `<tr><th></th>${smoothed ? "<th>smoothed</th>" : ""}<th>value</th><th class="more">step</th><th class="more">time</th></tr>`;
  const hidden = readings.length > ROWS ? `<p>${readings.length - ROWS} more</p>` : "";
  const events = eventsAt(model, x)
    .slice(0, 4)
    .map((event) => `<p>${escapeXml(event.kind)} ${escapeXml(event.detail)}</p>`);
  return `<p class="place">${escapeXml(at(x, model))}</p><table><thead>${head}</thead><tbody>${rows.join("")}</tbody></table>${hidden}${events.join("")}`;
}
