import { formatValue } from "../run/units.ts";
import { at } from "./chart-caption.ts";
import type { EventTick, Line, LineChartModel } from "./line-model.ts";
import { firstIndexAtLeast } from "./step-clock.ts";

/** A line's point nearest to the cursor. */
export interface Reading {
  line: Line;
  index: number;
}

/** Places where the cursor can stand: every x at which a shown line has a point inside the axis, ascending, each once. */
export function cursorPlaces(model: LineChartModel): number[] {
  const [from, to] = model.xDomain ?? [0, 0];
  const all = model.lines.filter((line) => !line.hidden).flatMap((line) => line.x);
  const sorted = Float64Array.from(all.filter((x) => x >= from && x <= to)).sort();
  return Array.from(sorted.filter((x, i) => i === 0 || x !== sorted[i - 1]));
}

/** Index of the element nearest to `value` in an ascending array, the earlier of two equally near; -1 when it is empty. */
export function nearestIndex(ascending: readonly number[], value: number): number {
  const after = firstIndexAtLeast(ascending, value);
  if (after === 0) return ascending.length === 0 ? -1 : 0;
  if (after === ascending.length) return after - 1;
  return value - ascending[after - 1]! <= ascending[after]! - value ? after - 1 : after;
}

/**
 * What every shown line says at `x`, best first where a goal says what is good, else largest first; NaN last.
 *
 * A line answers with its nearest point, and not at all where it has none near: farther off than its points usually are from
 * each other, and than a hundredth of the axis.
 */
export function readingsAt(model: LineChartModel, x: number): Reading[] {
  const readings: Reading[] = [];
  for (const line of model.lines) {
    if (line.hidden) continue;
    const index = nearestIndex(line.x, x);
    if (index >= 0 && Math.abs(line.x[index]! - x) <= reach(line, model)) readings.push({ line, index });
  }
  const sign = model.goal === "min" ? 1 : -1;
  const rank = ({ line, index }: Reading) => (Number.isNaN(line.y[index]!) ? Number.POSITIVE_INFINITY : sign * line.y[index]!);
  return readings.sort((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b)));
}

function reach(line: Line, model: LineChartModel): number {
  const [from, to] = model.xDomain ?? [0, 0];
  const spacing = line.x.length < 2 ? 0 : (line.x.at(-1)! - line.x[0]!) / (line.x.length - 1);
  return Math.max(spacing, (to - from) / 100);
}

/** Events at most a hundredth of the axis away from `x`. */
export function eventsAt(model: LineChartModel, x: number): EventTick[] {
  const [from, to] = model.xDomain ?? [0, 0];
  return model.events.filter((event) => Math.abs(event.x - x) <= (to - from) / 100);
}

/** The readings as a sentence for those who hear the page: "step 1,200: A 0.310, B 0.292 and 4 more". */
export function spokenReading(model: LineChartModel, x: number): string {
  const readings = readingsAt(model, x);
  const spoken = readings.slice(0, 6).map(({ line, index }) => {
    const value = formatValue(line.y[index]!, model.unit);
    return model.lines.length === 1 ? value : `${line.label} ${value}`;
  });
  const more = readings.length > 6 ? ` and ${readings.length - 6} more` : "";
  return `${at(x, model)}: ${spoken.length === 0 ? "no point" : spoken.join(", ")}${more}`;
}
