import type { Unit } from "../run/types.ts";
import type { LineMark } from "./line-model.ts";

/** The columns that decide about the y axis. */
export interface YColumns {
  x: readonly number[];
  y: readonly number[];
  low: readonly number[] | null;
  high: readonly number[] | null;
  smooth: readonly number[] | null;
}

/** Quantities of which none and some have to be told apart: their axis begins at 0. */
const FROM_ZERO: ReadonlySet<Unit> = new Set(["B", "B/s", "W", "J", "cores", "steps/s", "examples/s"]);

/** With fewer points a percentile is a single point, and nothing can be called an outlier. */
const ENOUGH_FOR_OUTLIERS = 50;

/**
 * The extent of the finite values inside `range` (null is everywhere), from 0 for quantities such as memory and throughput.
 *
 * A few values far from all others would press the rest into a flat line: where the 1st to 99th percentile spans less than
 * a fifth of the extent, the axis shows that span, with a tenth to spare, and `clipped` counts the points outside.
 * Null when no value is finite.
 */
export function yDomain(
  lines: readonly YColumns[],
  unit: Unit,
  system: boolean,
  range: readonly [number, number] | null,
): { domain: [number, number] | null; clipped: number } {
  const values: number[] = [];
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const line of lines) {
    for (let i = 0; i < line.y.length; i += 1) {
      const value = line.y[i]!;
      if (!Number.isFinite(value) || (range !== null && !(line.x[i]! >= range[0] && line.x[i]! <= range[1]))) continue;
      values.push(value);
      const smooth = line.smooth?.[i] ?? value;
      low = Math.min(low, line.low?.[i] ?? value, smooth);
      high = Math.max(high, line.high?.[i] ?? value, smooth);
    }
  }
  if (values.length === 0) return { domain: null, clipped: 0 };
  let clipped = 0;
  if (values.length >= ENOUGH_FOR_OUTLIERS && high > low && mayBeCrowded(values, low, high)) {
    const sorted = Float64Array.from(values).sort();
    const [p1, p99] = [sorted[Math.floor(sorted.length * 0.01)]!, sorted[Math.ceil(sorted.length * 0.99) - 1]!];
    if (p99 > p1 && p99 - p1 < (high - low) / 5) {
      const spare = (p99 - p1) / 10;
      low = Math.max(low, p1 - spare);
      high = Math.min(high, p99 + spare);
      clipped = values.filter((value) => value < low || value > high).length;
    }
  }
  if (FROM_ZERO.has(unit) || (system && unit === "ratio")) return { domain: [Math.min(0, low), Math.max(0, high)], clipped };
  return { domain: [low, high], clipped };
}

/**
 * Can 98 of 100 values lie within a fifth of the extent? Such an interval touches at most three neighbouring tenths, so where no
 * three of them hold so many, nothing has to be sorted. Percentiles round outwards by a point at either end.
 */
function mayBeCrowded(values: readonly number[], low: number, high: number): boolean {
  const tenths = new Array<number>(10).fill(0);
  for (const value of values) tenths[Math.min(9, Math.floor(((value - low) / (high - low)) * 10))]! += 1;
  const enough = values.length * 0.98 - 2;
  return tenths.some((count, i) => count + (tenths[i + 1] ?? 0) + (tenths[i + 2] ?? 0) >= enough);
}

/**
 * Marks for values that a line cannot show: NaN and infinities at the height of the last finite value (TensorBoard's
 * convention), clipped ones at the edge. Neighbours of the same kind share one mark, at the first of them.
 */
export function marksOf(line: Pick<YColumns, "x" | "y">, domain: readonly [number, number] | null): LineMark[] {
  const marks: LineMark[] = [];
  let height: number | null = line.y.find((value) => Number.isFinite(value)) ?? null;
  let previous: LineMark["kind"] | null = null;
  for (let i = 0; i < line.y.length; i += 1) {
    const value = line.y[i]!;
    const kind = kindOf(value, domain);
    if (kind === null || kind === "clipped-up" || kind === "clipped-down") height = value;
    if (kind !== null && kind !== previous) marks.push({ kind, x: line.x[i]!, y: height });
    previous = kind;
  }
  return marks;
}

function kindOf(value: number, domain: readonly [number, number] | null): LineMark["kind"] | null {
  if (Number.isNaN(value)) return "nan";
  if (value === Number.POSITIVE_INFINITY) return "up";
  if (value === Number.NEGATIVE_INFINITY) return "down";
  if (domain === null) return null;
  if (value > domain[1]) return "clipped-up";
  return value < domain[0] ? "clipped-down" : null;
}
