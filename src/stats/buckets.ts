import type { Series } from "../run/types.ts";
import { joinTallies, type Tally, tallyOf } from "./tally.ts";

export type Columns = Pick<Series, "count" | "steps" | "times" | "min" | "max" | "last">;

export interface Buckets {
  /** Adds the next point in order of arrival. `min`, `max` and `mean` are for points that already stand for several. */
  add(step: number, time: number, value: number, min?: number, max?: number, mean?: number): void;
  columns(): Columns;
  /** One for each bucket of `columns()`; NaN or infinite where its points are. */
  means(): number[];
  /**
   * Takes away the points at `step` and later: the program went back before them. Exact while each point has a bucket of its own;
   * in a thinned series a bucket that reaches beyond `step` goes as a whole, so up to a bucket's worth of earlier points goes with it.
   */
  truncate(step: number): void;
  /** What the buckets hold, all together; null when they are empty. */
  tally(): Tally | null;
}

interface Bucket {
  /** Which window of arrivals it belongs to; -1 is the first point's own. */
  window: number;
  step: number;
  time: number;
  min: number;
  max: number;
  last: number;
  tally: Tally;
}

/**
 * Thins a series as it grows: at most about `limit` buckets, whatever arrives. Recorder, refresh, live view and charts use
 * this one accumulator, so they all show the same points.
 *
 * Points fall into windows of equal count, in order of arrival; when there are more buckets than `limit`, windows double.
 * A bucket stands at the step and time of its last point and keeps the smallest and largest value, so a spike one step long
 * is never lost. The first and the last point are always kept. Non-finite points stay in buckets of their own, one for each
 * kind (NaN, Infinity, -Infinity) and window, so a single NaN among a million points is kept too.
 * Adding one by one or all at once makes no difference; same points, same columns. No point gives empty columns.
 * With non-finite points of all kinds the fewest possible is nine buckets. Throws RangeError if `limit` < 2.
 */
export function makeBuckets(limit: number): Buckets {
  if (!(limit >= 2)) throw new RangeError(`invalid limit: ${limit}`);
  let buckets: Bucket[] = [];
  let width = 1;
  let count = 0;
  let arrived = 0; // as count, but places that were given away and taken back stay taken
  return {
    add(step, time, value, min = value, max = value, mean = value) {
      const window = Math.floor((arrived - 1) / width); // -1 for the first point, whatever the width: its own
      count += 1;
      arrived += 1;
      const tally = tallyOf(step, value);
      if (mean !== value) tally.mean = mean;
      place(buckets, { window, step, time, min, max, last: value, tally });
      while (buckets.length > limit && width < arrived) {
        width *= 2;
        buckets = merge(buckets);
      }
    },
    columns: () => ({
      count,
      steps: buckets.map((bucket) => bucket.step),
      times: buckets.map((bucket) => bucket.time),
      min: buckets.map((bucket) => bucket.min),
      max: buckets.map((bucket) => bucket.max),
      last: buckets.map((bucket) => bucket.last),
    }),
    means: () => buckets.map((bucket) => (bucket.tally.finite > 0 ? bucket.tally.mean : bucket.last)),
    truncate(step) {
      const kept = buckets.filter(({ tally }) => tally.lastStep < step);
      if (kept.length === buckets.length) return;
      buckets = kept;
      count = buckets.reduce((sum, { tally }) => sum + tally.count, 0);
      if (buckets.length > 0) buckets[0]!.window = -1;
      // The next point opens a window of its own, after all that are left.
      arrived = buckets.length === 0 ? 0 : (buckets.at(-1)!.window + 1) * width + 1;
    },
    tally() {
      if (buckets.length === 0) return null;
      const all = { ...buckets[0]!.tally };
      for (const bucket of buckets.slice(1)) joinTallies(all, bucket.tally);
      return all;
    },
  };
}

/**
 * Thins a series to about `limit` buckets for drawing or storing; gives `series` itself back when it already fits.
 * `count` stays the number of points before any thinning. Means of buckets that are joined count alike, for all but the first and the
 * last stand for as many points.
 */
export function thin(series: Series, limit: number): Series {
  if (series.last.length <= limit) return series;
  const buckets = makeBuckets(limit);
  for (let i = 0; i < series.last.length; i += 1) {
    buckets.add(series.steps[i]!, series.times[i]!, series.last[i]!, series.min[i]!, series.max[i]!, series.mean?.[i]);
  }
  const means = series.mean === undefined ? {} : { mean: buckets.means() };
  return { ...series, ...buckets.columns(), ...means, count: series.count };
}

/** Halves the windows' number; the first point keeps its own, for half of -1 is -1 again. */
function merge(buckets: readonly Bucket[]): Bucket[] {
  const merged: Bucket[] = [];
  for (const bucket of buckets) {
    place(merged, { ...bucket, window: Math.floor(bucket.window / 2) });
  }
  return merged;
}

/** Lays a bucket at the end, joined with the one of its own kind in the same window, if there is one. */
function place(buckets: Bucket[], next: Bucket): void {
  for (let i = buckets.length - 1; i >= 0 && buckets[i]!.window === next.window; i -= 1) {
    const earlier = buckets[i]!;
    if (kind(earlier.last) !== kind(next.last)) continue;
    if (i < buckets.length - 1) buckets.push(...buckets.splice(i, 1));
    earlier.step = next.step;
    earlier.time = next.time;
    earlier.last = next.last;
    earlier.min = Math.min(earlier.min, next.min);
    earlier.max = Math.max(earlier.max, next.max);
    joinTallies(earlier.tally, next.tally);
    return;
  }
  buckets.push(next);
}

/** Values that may share a bucket have the same kind: all finite ones, or one of the three others. */
function kind(value: number): string {
  return Number.isFinite(value) ? "finite" : String(value);
}
