import { formatValue } from "../run/units.ts";
import type { ChartSpec } from "../views/chart-spec.ts";
import { tableOf } from "../views/data-table.ts";
import type { Line, LineChartModel } from "../views/line-model.ts";
import { escapeXml } from "./escape-xml.ts";
import { render } from "./line.ts";
import { classOf } from "./line-drawing.ts";
import { layout } from "./line-layout.ts";
import { shapeOf } from "./shapes.ts";

/** The words and the picture of a figure as HTML; the figure lays them out, the browser replaces those that change. */
export interface FigureParts {
  plot: string;
  /** Items of the list of lines: labels at the lines' ends where there is room, a legend above the plot elsewhere. */
  keys: string;
  /** `ends` when labels fit beside the lines' ends; `legend` when there are too many; `none` without lines. */
  keysMode: "ends" | "legend" | "none";
  /** Pixels at the right that labels at line ends need. */
  labelRoom: number;
  caption: string;
}

export interface FigurePlace {
  /** Of the plot area in pixels. */
  height: number;
  /** The site's base path with a slash at its end: where the runs' data files are found. */
  base: string;
  /** Of the heading. */
  level: 2 | 3 | 4;
}

/**
 * A whole chart as HTML: heading, lines' names, picture, caption, data table, and the spec for the script that makes it
 * interactive. Complete without that script; what only a script can do is marked `needs-js`.
 */
export function figureHtml(spec: ChartSpec, model: LineChartModel, { height, base, level }: FigurePlace): string {
  const parts = figureParts(model, height);
  const id = escapeXml(`chart-${spec.id}`);
  const title = escapeXml(spec.title);
  const file = spec.panel === "system" ? "system.json" : "series.json";
  const links = spec.runs.map((run) => {
    const text = spec.runs.length === 1 ? file : run.label;
    return `<a href="${escapeXml(`${base}runs/${run.id}/${file}`)}">${escapeXml(text)}</a>`;
  });
  return (
    `<figure class="chart" id="${id}" aria-labelledby="${id}-title" data-chart data-base="${escapeXml(base)}" ` +
    `data-height="${height}" data-keys="${parts.keysMode}" style="--height:${height}px;--room:${parts.labelRoom}px">` +
    `<div class="chart-head"><h${level} id="${id}-title">${title}</h${level}>` +
    `<details class="chart-menu needs-js"><summary aria-label="Export ${title}">Export</summary><div>${EXPORTS}</div></details></div>` +
    `<div class="chart-body"><ul class="chart-keys">${parts.keys}</ul><div class="chart-plot">${parts.plot}</div></div>` +
    `<figcaption class="chart-caption">${parts.caption}</figcaption>` +
    `<details class="chart-table"><summary>Data table</summary>` +
    `<div class="chart-table-scroll" role="region" aria-label="Data of ${title}" tabindex="0">${tableHtml(model)}</div>` +
    `<p>All points: ${links.join(", ")}</p></details>` +
    // "<" would let a label end the script element.
    `<script type="application/json">${JSON.stringify(spec).replaceAll("<", "\\u003c")}</script></figure>`
  );
}

const EXPORTS = ["SVG", "PNG", "CSV", "JSON"]
  .map((name) => `<button type="button" data-export="${name.toLowerCase()}">${name}</button>`)
  .join("");

/** Room for labels comes in few sizes, so that charts of a page keep standing under each other. */
const ROOMS = [140, 180, 225, 280];
/** A rough width of a character of a label, and of what else stands beside the text: shape and gaps. */
const CHARACTER = 6.7;
const BESIDE = 32;

/** Everything in a figure that changes with the model, for a plot of `height` pixels. With `buttons` lines can be switched. */
export function figureParts(model: LineChartModel, height: number, buttons = false): FigureParts {
  const { labels } = layout(model, height);
  return {
    plot: render(model, { height }),
    keys: model.lines.map((line) => keyItem(line, model, labels?.get(line.key) ?? null, buttons)).join(""),
    keysMode: model.lines.length === 0 ? "none" : labels === null ? "legend" : "ends",
    labelRoom: roomFor(model),
    caption: escapeXml(model.caption.join(" ")),
  };
}

function keyItem(line: Line, model: LineChartModel, y: number | null, button: boolean): string {
  const style = [y === null ? "" : `--y:${y}px`, line.color === null ? "" : `--c:${line.color}`].filter((part) => part !== "");
  const [open, close] = button ? [`<button type="button" aria-pressed="${!line.hidden}"`, "</button>"] : ["<span", "</span>"];
  return (
    `<li class="${classOf(line)}${line.hidden ? " hidden" : ""}" data-key="${escapeXml(line.key)}"` +
    `${style.length === 0 ? "" : ` style="${escapeXml(style.join(";"))}"`}>` +
    `${open} class="key" title="${escapeXml(line.label)}">${swatch(line)}<span class="name">${escapeXml(line.label)}</span> ` +
    `<span class="value">${escapeXml(endValue(line, model))}</span>${close}</li>`
  );
}

/** A bit of the line with its shape, as it looks in the plot. */
export function swatch(line: Pick<Line, "slot" | "dash" | "emphasis">): string {
  const { path, open } = shapeOf(line.slot);
  return (
    '<svg class="swatch" width="22" height="10" viewBox="-11 -5 22 10" aria-hidden="true">' +
    `<path class="line" d="M-11 0h22"/><path class="${open ? "end open" : "end"}" d="${path}"/></svg>`
  );
}

function roomFor(model: LineChartModel): number {
  const named = model.lines.length > 1;
  const lengths = model.lines.map((line) => (named ? line.label.length + 1 : 0) + endValue(line, model).length);
  const dashed = model.lines.some((line) => line.dash > 0 || line.emphasis === "latest") ? 12 : 0;
  const needed = BESIDE + dashed + CHARACTER * Math.max(0, ...lengths);
  return ROOMS.find((room) => room >= needed) ?? ROOMS.at(-1)!;
}

/** The last value, which may be NaN: a run that went wrong says so at its end. */
function endValue(line: Line, model: LineChartModel): string {
  return line.end === null ? "–" : formatValue(line.end.value, model.unit);
}

/** The data table of a figure; apart from its other parts, because nobody looks at it while a slider is moved. */
export function tableHtml(model: LineChartModel): string {
  const table = tableOf(model);
  if (table.rows.length === 0) return `<p>${escapeXml(table.note)}</p>`;
  const [first = "", ...others] = table.columns;
  const head = `<th scope="col">${escapeXml(first)}</th>${others.map((name) => `<th scope="col">${escapeXml(name)}</th>`).join("")}`;
  const body = table.rows.map(([place = "", ...values]) => {
    const cells = values.map((value) => `<td>${escapeXml(value)}</td>`).join("");
    return `<tr><th scope="row">${escapeXml(place)}</th>${cells}</tr>`;
  });
  return (
    `<table><caption>${escapeXml(model.title)}. ${escapeXml(table.note)}</caption>` +
    `<thead><tr>${head}</tr></thead><tbody>${body.join("")}</tbody></table>`
  );
}
