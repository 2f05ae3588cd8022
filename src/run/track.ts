import { makeBuckets } from "../stats/buckets.ts";
import { addToTally, tallyOf } from "../stats/tally.ts";
import { SERIES_LIMIT } from "./series-file.ts";
import type { ScalarSource, ScalarSummary, Series, Unit } from "./types.ts";

/** One tag as one source tells it, point by point in order of arrival. */
export interface Track {
  readonly source: ScalarSource;
  readonly empty: boolean;
  readonly nonFinite: number;
  add(step: number, time: number, value: number): void;
  /** Takes away the points at `step` and later; false when there are none. */
  truncate(step: number): boolean;
  series(tag: string): Series;
  /** Of the buckets of `series`. */
  means(): number[];
  /** Throws when empty. */
  summary(): ScalarSummary;
}

/** An empty track: buckets for a chart, and a summary over all points. */
export function makeTrack(unit: Unit, source: ScalarSource): Track {
  const buckets = makeBuckets(SERIES_LIMIT);
  let all = buckets.tally();
  return {
    source,
    get empty() {
      return all === null;
    },
    get nonFinite() {
      return all === null ? 0 : all.count - all.finite;
    },
    add(step, time, value) {
      buckets.add(step, time, value);
      if (all === null) all = tallyOf(step, value);
      else addToTally(all, step, value);
    },
    truncate(step) {
      const before = all?.count ?? 0;
      buckets.truncate(step);
      const left = buckets.tally();
      if (before === (left?.count ?? 0)) return false;
      all = left;
      return true;
    },
    series: (tag) => ({ tag, unit, ...buckets.columns() }),
    means: buckets.means,
    summary() {
      if (all === null) throw new Error("a summary of no points");
      const { count, finite } = all;
      return {
        count,
        first: { step: all.firstStep, value: all.first },
        last: { step: all.lastStep, value: all.last },
        min: finite > 0 ? { step: all.minStep, value: all.min } : null,
        max: finite > 0 ? { step: all.maxStep, value: all.max } : null,
        mean: finite > 0 ? all.mean : null,
        nonFinite: count - finite,
        unit,
        source,
      };
    },
  };
}
