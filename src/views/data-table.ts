import { formatCount, formatValue } from "../run/units.ts";
import { formatStep } from "./chart-caption.ts";
import type { Line, LineChartModel } from "./line-model.ts";
import { firstIndexAtLeast } from "./step-clock.ts";

/** Rows for people who cannot or do not look at the picture. Values stand as text. */
export interface DataTable {
  columns: string[];
  rows: string[][];
  /** One sentence: what was left out, and how a row's values were chosen. */
  note: string;
}

/** Rows at most: a table to look things up in; all points are in the linked file. */
const ROWS = 25;

/**
 * The chart as a table: one column for each shown line, at most 25 rows spread evenly over all places where a line has a
 * point, first and last included. A cell holds the raw value at that place or the last one before it; nothing before a
 * line's first point and after its last.
 */
export function tableOf(model: LineChartModel): DataTable {
  const lines = model.lines.filter((line) => !line.hidden && line.x.length > 0);
  const all = placesOf(lines);
  const places =
    all.length <= ROWS ? all : Array.from({ length: ROWS }, (_, i) => all[Math.round((i * (all.length - 1)) / (ROWS - 1))]!);
  const rows = places.map((x) => [
    model.xKind === "step" ? formatStep(x) : formatValue(x, "s"),
    ...lines.map((line) => {
      const after = firstIndexAtLeast(line.x, x);
      if (line.x[after] === x) return formatValue(line.y[after]!, model.unit);
      return after === 0 || after === line.x.length ? "" : formatValue(line.y[after - 1]!, model.unit);
    }),
  ]);
  const columns = [model.xKind === "step" ? "step" : "time", ...lines.map((line) => line.label)];
  const kept = all.length <= ROWS ? "All" : `${ROWS} of ${formatCount(all.length)}`;
  // Where lines differ in steps, a row is a place on the axis and not a point.
  const what = lines.length === 1 ? "points, raw values" : "places, raw values; where a line has no point, its last one before";
  return { columns, rows, note: rows.length === 0 ? "No points." : `${kept} ${what}.` };
}

/** All x of all lines, ascending, each once. */
function placesOf(lines: readonly Line[]): number[] {
  const [first, ...others] = lines;
  // Twins of one run are logged together and share their places.
  if (first !== undefined && others.every(({ x }) => x.length === first.x.length && x.every((place, i) => place === first.x[i])))
    return first.x;
  const sorted = Float64Array.from(lines.flatMap((line) => line.x)).sort();
  return Array.from(sorted.filter((x, i) => i === 0 || x !== sorted[i - 1]));
}
