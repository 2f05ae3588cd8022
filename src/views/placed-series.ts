import type { Series } from "../run/types.ts";
import { thin } from "../stats/buckets.ts";
import { ema } from "../stats/smooth.ts";
import type { XKind } from "./line-model.ts";
import type { StepClock } from "./step-clock.ts";

/** Points of one line on a chart: the width of a plot cannot show more, and each costs bytes in every page. */
export const DRAWN_LIMIT = 500;

/** Series at least this long are smoothed unless a person says otherwise. */
const SMOOTHED_FROM = 200;
const DEFAULT_WEIGHT = 0.6;

/** A series laid on an x axis: parallel columns ascending by x, thinned to `DRAWN_LIMIT`. */
export interface PlacedSeries {
  x: number[];
  y: number[];
  low: number[] | null;
  high: number[] | null;
  smooth: number[] | null;
  steps: number[];
  times: number[];
  superseded: { x: number[]; y: number[] }[];
  /** Samples that have no step because they were taken before the first or after the last one. */
  before: number;
  after: number;
  /** Extent of x before the zoom; null when nothing could be placed. */
  extent: [number, number] | null;
  /** The EMA weight that made a difference; 0 is none. */
  weight: number;
  /** Points drawn, of how many: those of the whole series, or those inside the zoom. */
  drawn: number;
  of: number;
}

/**
 * Lays a series on the axis. `clock` is given for system series on a step axis and maps their times to steps; others use
 * their own steps. `weight` null chooses by length. Smoothing looks at the whole series, so a zoom does not change it; then
 * what lies in `range` is kept with one more point on each side, so that lines leave the plot and do not end in it.
 *
 * Where steps go back (a restarted run), the later attempt is the line and what it repeats is `superseded`.
 * No point gives empty columns.
 */
export function placeSeries(
  series: Series,
  xKind: XKind,
  clock: StepClock | null,
  weight: number | null,
  range: readonly [number, number] | null,
): PlacedSeries {
  const wanted = weight ?? (series.last.length >= SMOOTHED_FROM ? DEFAULT_WEIGHT : 0);
  const used = series.last.every((value) => value === series.last[0]) ? 0 : wanted;
  let columns = { ...series, smooth: used > 0 ? ema(series.last, used) : null };
  let before = 0;
  let after = 0;
  let superseded: Columns[] = [];
  if (clock !== null) ({ columns, before, after } = onClock(columns, clock));
  else if (xKind === "step") ({ columns, superseded } = withoutRepeats(columns));
  const x = () => (xKind === "step" ? columns.steps : columns.times);
  const extent = extentOf(x());
  if (range !== null) columns = within(columns, x(), range);
  const whole = columns.last.length === series.last.length;
  const of = whole ? series.count : columns.last.length;
  columns = thinned(columns);
  const banded = columns.last.some((value, i) => Number.isFinite(value) && columns.min[i]! < columns.max[i]!);
  return {
    x: x(),
    y: columns.last,
    low: banded ? columns.min : null,
    high: banded ? columns.max : null,
    smooth: columns.smooth,
    steps: columns.steps,
    times: columns.times,
    superseded: superseded.map((part) => ({ x: part.steps, y: part.last })),
    before,
    after,
    extent,
    weight: used,
    drawn: columns.last.length,
    of,
  };
}

type Columns = Series & { smooth: number[] | null };

function extentOf(ascending: readonly number[]): [number, number] | null {
  return ascending.length === 0 ? null : [ascending[0]!, ascending.at(-1)!];
}

/** Keeps the samples that have a step, and puts the step in their `steps` column. */
function onClock(columns: Columns, clock: StepClock): { columns: Columns; before: number; after: number } {
  const steps: number[] = [];
  const kept: number[] = [];
  let before = 0;
  let after = 0;
  columns.times.forEach((time, i) => {
    const step = clock.stepAt(time);
    if (step !== null) {
      kept.push(i);
      steps.push(step);
    } else if (time < clock.firstTime) before += 1;
    else after += 1;
  });
  return { columns: { ...pick(columns, kept), steps }, before, after };
}

/** Splits at each step that goes back; of two attempts at the same steps the later one counts. */
function withoutRepeats(columns: Columns): { columns: Columns; superseded: Columns[] } {
  const { steps } = columns;
  const starts = [0];
  for (let i = 1; i < steps.length; i += 1) if (steps[i]! < steps[i - 1]!) starts.push(i);
  if (starts.length === 1) return { columns, superseded: [] };
  const kept: number[] = [];
  const repeated: number[][] = [];
  // From the last attempt to the first: a point counts if its step comes before everything that was done later.
  let limit = Number.POSITIVE_INFINITY;
  for (let part = starts.length - 1; part >= 0; part -= 1) {
    const mine: number[] = [];
    const old: number[] = [];
    for (let i = starts[part]!; i < (starts[part + 1] ?? steps.length); i += 1) (steps[i]! < limit ? mine : old).push(i);
    kept.unshift(...mine);
    // One point before the part that was repeated, so that its dotted line hangs on the line that counts.
    if (old.length > 0) repeated.unshift(mine.length > 0 ? [mine.at(-1)!, ...old] : old);
    limit = Math.min(limit, steps[starts[part]!]!);
  }
  return { columns: pick(columns, kept), superseded: repeated.map((indexes) => thinned(pick(columns, indexes))) };
}

function within(columns: Columns, x: readonly number[], [from, to]: readonly [number, number]): Columns {
  const first = x.findIndex((value) => value >= from);
  if (first < 0) return slice(columns, x.length - 1, x.length);
  const beyond = x.findIndex((value) => value > to);
  return slice(columns, Math.max(0, first - 1), beyond < 0 ? x.length : beyond + 1);
}

/** Thins all columns alike: indexes travel through the buckets in the place of times, and then pick from each column. */
function thinned(columns: Columns): Columns {
  if (columns.last.length <= DRAWN_LIMIT) return columns;
  const { times: indexes, min, max } = thin({ ...columns, times: columns.times.map((_, i) => i) }, DRAWN_LIMIT);
  return { ...pick(columns, indexes), min, max };
}

function pick(columns: Columns, indexes: readonly number[]): Columns {
  return map(columns, (column) => indexes.map((i) => column[i]!));
}

function slice(columns: Columns, from: number, to: number): Columns {
  return map(columns, (column) => column.slice(from, to));
}

function map(columns: Columns, change: (column: readonly number[]) => number[]): Columns {
  return {
    ...columns,
    steps: change(columns.steps),
    times: change(columns.times),
    min: change(columns.min),
    max: change(columns.max),
    last: change(columns.last),
    smooth: columns.smooth === null ? null : change(columns.smooth),
  };
}
