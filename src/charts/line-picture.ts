import { formatValue } from "../run/units.ts";
import type { Line, LineChartModel } from "../views/line-model.ts";
import type { ChartSize } from "./_contract.ts";
import { escapeXml } from "./escape-xml.ts";
import { fixed } from "./frame.ts";
import { classOf, drawLines } from "./line-drawing.ts";
import { type LineLayout, layout } from "./line-layout.ts";
import { GROUND, PALETTE } from "./palette.ts";
import { shapeOf } from "./shapes.ts";

const LEFT = 56;
const CAPTION_LINE = 15;
const LEGEND_LINE = 18;
/** A rough width of one character of the legend and of the caption: SVG cannot wrap text by itself. */
const CHARACTER = 7;
const CAPTION_CHARACTER = 5.6;

/**
 * A line chart as a file of its own: `width` pixels wide, title, names of lines and caption inside, colours of one theme,
 * nothing that only browsers understand. `size.height` is the plot's; the picture is as high as it needs to be.
 */
export function linePicture(model: LineChartModel, size: ChartSize & { width: number }): string {
  const placed = layout(model, size.height);
  const named = model.lines.length > 1;
  const ends = placed.labels !== null;
  const right = ends ? roomForLabels(model, size.width) : 20;
  const plotWidth = Math.max(40, Math.round(size.width - LEFT - right));
  const legend =
    named && !ends
      ? legendRows(
          model.lines.filter((line) => !line.hidden),
          size.width - LEFT - 20,
        )
      : [];
  const caption = wrap(model.caption.join(" "), Math.floor((size.width - LEFT - 20) / CAPTION_CHARACTER));
  const top = 50 + legend.length * LEGEND_LINE;
  const height = top + size.height + 34 + caption.length * CAPTION_LINE;
  const words = legend.map((row, i) => `<g transform="translate(${LEFT} ${44 + i * LEGEND_LINE})">${row}</g>`).join("");
  const captionText = caption
    .map(
      (line, i) => `<text class="caption" x="${LEFT}" y="${top + size.height + 42 + i * CAPTION_LINE}">${escapeXml(line)}</text>`,
    )
    .join("");
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${height}" viewBox="0 0 ${size.width} ${height}" ` +
    `role="img" aria-label="${escapeXml(model.label)}">${metadata(model, size)}<style>${styleSheet(size.theme ?? "light", model)}</style>` +
    `<rect class="paper" width="${size.width}" height="${height}"/>` +
    `<text class="title" x="${LEFT}" y="22">${escapeXml(model.title)}</text>${words}` +
    `<g transform="translate(${LEFT} ${top})">${drawLines(model, placed, fixed(plotWidth))}` +
    `${ends ? endLabels(model, placed, plotWidth, right) : ""}</g>${captionText}</svg>\n`;
  // One element a line: a difference between two pictures can be read.
  return svg.replaceAll("><", ">\n<");
}

/** Title, description and source in words that programs which sort pictures read. */
function metadata(model: LineChartModel, size: ChartSize): string {
  const source = size.source === undefined ? "" : `<metadata>Source: ${escapeXml(size.source)}</metadata>`;
  return `<title>${escapeXml(model.title)}</title>${source}`;
}

function endLabels(model: LineChartModel, placed: LineLayout, width: number, room: number): string {
  return placed.drawn
    .map((line) => {
      const y = placed.labels!.get(line.key)!;
      return `<g class="${classOf(line)}" transform="translate(${width + 14} ${y})">${labelText(line, model, room - 30)}</g>`;
    })
    .join("");
}

/** The words are in ink: the colours of lines have 3:1, text needs 4.5:1. A line alone needs no name. */
function labelText(line: Line, model: LineChartModel, room: number): string {
  const value = valueText(line, model);
  const single = model.lines.length === 1;
  const name = single ? "" : `${escapeXml(shortened(line.label, room / CHARACTER - value.length - 1))} `;
  return `${single ? "" : shape(line)}<text class="label" x="${single ? 0 : 9}" y="4">${name}<tspan class="value">${escapeXml(value)}</tspan></text>`;
}

function valueText(line: Line, model: LineChartModel): string {
  return line.end === null ? "–" : formatValue(line.end.value, model.unit);
}

function shape(line: Line): string {
  const { path, open } = shapeOf(line.slot);
  return `<path class="${open ? "end open" : "end"}" d="${path}"/>`;
}

function shortened(text: string, characters: number): string {
  const all = [...text];
  return all.length <= characters ? text : `${all.slice(0, Math.max(3, Math.floor(characters) - 1)).join("")}…`;
}

/** Pixels that the labels need at the right; at most a third of the picture. */
function roomForLabels(model: LineChartModel, width: number): number {
  const lengths = model.lines.map((line) => (model.lines.length > 1 ? line.label.length + 1 : 0) + valueText(line, model).length);
  return Math.min(width / 3, 40 + CHARACTER * Math.max(0, ...lengths));
}

/** Legend items laid out in rows by their estimated width. */
function legendRows(lines: readonly Line[], width: number): string[] {
  const rows: string[] = [];
  let row = "";
  let x = 0;
  for (const line of lines) {
    const needed = 40 + CHARACTER * line.label.length;
    if (x > 0 && x + needed > width) {
      rows.push(row);
      row = "";
      x = 0;
    }
    row +=
      `<g class="${classOf(line)}" transform="translate(${Math.round(x)} 0)"><path class="line" d="M0 0h22"/>` +
      `<g transform="translate(11 0)">${shape(line)}</g><text class="label" x="28" y="4">${escapeXml(line.label)}</text></g>`;
    x += needed;
  }
  if (row !== "") rows.push(row);
  return rows;
}

function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  if (line !== "") lines.push(line);
  return lines;
}

/** The rules of `styles/chart.css` with colours written out: other programs know no CSS variables. */
function styleSheet(theme: "light" | "dark", model: LineChartModel): string {
  const { paper, wash, ink, soft, faint, rule, strong } = GROUND[theme];
  const colors = new Map(model.lines.map((line) => [classOf(line).split(" ")[0]!, colorOf(line, theme)]));
  const rules = [...colors].map(
    ([of, color]) =>
      `.${of} .line,.${of} .raw,.${of} .old,.${of} .end,.${of} .nan{stroke:${color}}` +
      `.${of} .band,.${of} .end,.${of} .beyond{fill:${color}}`,
  );
  return (
    `text{font:11px ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:${faint}}` +
    `.title{font:600 15px Palatino,"Palatino Linotype","URW Palladio L",P052,serif;fill:${ink}}` +
    `.caption{font:12px Palatino,"Palatino Linotype","URW Palladio L",P052,serif;fill:${soft}}` +
    `.y,.unit{text-anchor:end}.wide{text-anchor:start}.x,.empty,.shade-name{text-anchor:middle}.empty{fill:${soft}}` +
    `path{fill:none;stroke-linejoin:round;stroke-linecap:round}.paper{fill:${paper}}` +
    `.grid{stroke:${rule}}.axis{stroke:${strong}}.shade{fill:${wash}}` +
    `.event{stroke:${strong};stroke-dasharray:1 3}.epoch{stroke:${strong}}.event-mark{fill:${soft}}` +
    `.label{font-size:11.5px;fill:${soft}}.value{font-weight:600;fill:${ink}}` +
    `.line{stroke-width:1.75}.raw{opacity:.28}.old{stroke-dasharray:1 4}.band{opacity:.16}` +
    `.d1 .line{stroke-dasharray:7 4}.d2 .line{stroke-dasharray:2 4}.d3 .line{stroke-dasharray:9 4 2 4}` +
    `.latest .line{stroke-dasharray:7 4}.faint{opacity:.4}${rules.join("")}.open,.nan{fill:${paper}}.beyond{stroke:${paper}}`
  );
}

function colorOf(line: Line, theme: "light" | "dark"): string {
  return line.color ?? (line.slot < 0 ? GROUND[theme].faint : PALETTE[theme][line.slot % PALETTE[theme].length]!);
}
