import type { Series } from "../run/types.ts";
import { thin } from "../stats/buckets.ts";

/** A live series is thinned when it has grown to twice what a file would hold. */
const THIN_TO = 1000;

/** How many points a bucket of the series stands for, and how many its last one holds by now. */
interface Filling {
  width: number;
  held: number;
}

const fillings = new WeakMap<Series, Filling>();

/**
 * Adds one point to a series in place, at a cost that does not grow with it.
 *
 * All buckets stand for about as many points, as those that were read from a file do: new points go into the last bucket
 * until it is full, and when there are too many buckets all are thinned alike (stats/buckets.ts), so the past does not become
 * coarser than the present. The last point is always there; a value that is not finite gets a bucket of its own.
 */
export function addPoint(series: Series, step: number, time: number, value: number): void {
  const filling = fillingOf(series);
  const end = series.last.length - 1;
  const joins = filling.held < filling.width && end > 0 && kindOf(series.last[end]!) === kindOf(value);
  series.count += 1;
  if (joins) {
    filling.held += 1;
    series.min[end] = Math.min(series.min[end]!, value);
    series.max[end] = Math.max(series.max[end]!, value);
    series.last[end] = value;
    series.steps[end] = step;
    series.times[end] = time;
    return;
  }
  filling.held = 1;
  series.steps.push(step);
  series.times.push(time);
  series.min.push(value);
  series.max.push(value);
  series.last.push(value);
  if (series.last.length < 2 * THIN_TO) return;
  // One more than half: the first point keeps a bucket of its own.
  Object.assign(series, thin(series, THIN_TO + 1));
  filling.width = Math.max(1, series.count / series.last.length);
  filling.held = filling.width;
}

function fillingOf(series: Series): Filling {
  const known = fillings.get(series);
  if (known !== undefined) return known;
  const width = series.last.length === 0 ? 1 : Math.max(1, Math.round(series.count / series.last.length));
  const filling = { width, held: width };
  fillings.set(series, filling);
  return filling;
}

/** Finite values share buckets with each other, NaN with NaN. */
function kindOf(value: number): string {
  return Number.isFinite(value) ? "finite" : String(value);
}
