import type { Line, LineChartModel } from "../views/line-model.ts";
import { type XAxis, xAxis, type YAxis, yAxis } from "./axes.ts";
import { spread } from "./spread.ts";

/** Pixels from one label to the next. */
export const LABEL_GAP = 18;

/** Where everything of a line chart stands; the same for the picture, the words around it and the cursor. */
export interface LineLayout {
  /** Of the plot area in pixels. */
  height: number;
  x: XAxis | null;
  y: YAxis | null;
  /** Lines to draw, those behind first. */
  drawn: Line[];
  /** Height of each drawn line's label beside its end, by key; null when they do not fit and a legend has to do. */
  labels: ReadonlyMap<string, number> | null;
}

/** Lines of which each can have a label at its end; with more a legend is easier to read. */
const MOST_LABELS = 8;

/** Places a model in a plot of a given height. Axes are null where there is nothing to measure. */
export function layout(model: LineChartModel, height: number): LineLayout {
  const x = model.xDomain === null ? null : xAxis(model.xDomain, model.xKind);
  const y = model.yDomain === null ? null : yAxis(model.yDomain, model.unit, height);
  const visible = model.lines.filter((line) => !line.hidden);
  const depth = (line: Line) => (line.emphasis === "faint" ? 0 : line.emphasis === "normal" ? 1 : 2);
  const drawn = visible.toSorted((a, b) => depth(a) - depth(b));
  return { height, x, y, drawn, labels: labelHeights(model.lines, y, height) };
}

/** Hidden lines keep a place too: their button has to be somewhere. */
function labelHeights(lines: readonly Line[], y: YAxis | null, height: number): Map<string, number> | null {
  if (lines.length > MOST_LABELS || lines.length === 0) return null;
  const wanted = lines.map((line) => (line.end === null || y === null ? height : clamp(y.place(line.end.y), 0, height)));
  const heights = spread(wanted, LABEL_GAP, height);
  return heights === null ? null : new Map(lines.map((line, i) => [line.key, Math.round(heights[i]!)]));
}

export function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
