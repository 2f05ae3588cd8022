import { formatValue } from "../run/units.ts";
import type { Line, LineChartModel } from "../views/line-model.ts";
import { escapeXml } from "./escape-xml.ts";
import { render } from "./line.ts";
import { classOf } from "./line-drawing.ts";
import { layout } from "./line-layout.ts";
import { shapeOf } from "./shapes.ts";

/** The words and the picture of a figure as HTML; the component lays them out, the browser replaces those that change. */
export interface FigureParts {
  plot: string;
  /** Items of the list of lines: labels at the lines' ends where there is room, a legend above the plot elsewhere. */
  keys: string;
  /** `ends` when labels fit beside the lines' ends; `legend` when there are too many; `none` without lines. */
  keysMode: "ends" | "legend" | "none";
  /** Pixels at the right that labels at line ends need. */
  labelRoom: number;
  caption: string;
  table: string;
}

/** Room for labels comes in two sizes, so that charts of a page keep standing under each other. */
const ROOMS = [150, 220];

/** Everything that a figure shows, for a plot of `height` pixels. */
export function figureParts(model: LineChartModel, height: number): FigureParts {
  const { labels } = layout(model, height);
  return {
    plot: render(model, { height }),
    keys: model.lines.map((line) => keyItem(line, model, labels?.get(line.key) ?? null)).join(""),
    keysMode: model.lines.length === 0 ? "none" : labels === null ? "legend" : "ends",
    labelRoom: roomFor(model),
    caption: escapeXml(model.caption.join(" ")),
    table: tableHtml(model),
  };
}

function keyItem(line: Line, model: LineChartModel, y: number | null): string {
  const value = line.end === null ? "–" : formatValue(line.end.value, model.unit);
  const style = [y === null ? "" : `--y:${y}px`, line.color === null ? "" : `--c:${line.color}`].filter((part) => part !== "");
  return (
    `<li class="${classOf(line)}${line.hidden ? " hidden" : ""}" data-key="${escapeXml(line.key)}"` +
    `${style.length === 0 ? "" : ` style="${escapeXml(style.join(";"))}"`}>` +
    `<span class="key" title="${escapeXml(line.label)}">${swatch(line)}<span class="name">${escapeXml(line.label)}</span> ` +
    `<span class="value">${escapeXml(value)}</span></span></li>`
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
  const longest = Math.max(0, ...model.lines.map((line) => line.label.length));
  return longest <= 12 ? ROOMS[0]! : ROOMS[1]!;
}

function tableHtml({ table, title }: LineChartModel): string {
  if (table.rows.length === 0) return `<p>${escapeXml(table.note)}</p>`;
  const [first = "", ...others] = table.columns;
  const head = `<th scope="col">${escapeXml(first)}</th>${others.map((name) => `<th scope="col">${escapeXml(name)}</th>`).join("")}`;
  const body = table.rows.map(([place = "", ...values]) => {
    const cells = values.map((value) => `<td>${escapeXml(value)}</td>`).join("");
    return `<tr><th scope="row">${escapeXml(place)}</th>${cells}</tr>`;
  });
  return (
    `<table><caption>${escapeXml(title)}. ${escapeXml(table.note)}</caption>` +
    `<thead><tr>${head}</tr></thead><tbody>${body.join("")}</tbody></table>`
  );
}
