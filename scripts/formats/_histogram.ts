import { fields } from "./_protobuf.ts";
import type { Tensor } from "./_tensor.ts";

/** Counts of values between limits. Bucket i holds what lies in (limits[i - 1], limits[i]], the first what lies in [min, limits[0]]. */
export interface Histogram {
  min: number;
  max: number;
  limits: number[];
  counts: number[];
}

/** A histogram is shown as these series, each under its tag: `weights/p05`. */
const QUANTILES: readonly (readonly [name: string, share: number])[] = [
  ["p05", 0.05],
  ["p25", 0.25],
  ["p50", 0.5],
  ["p75", 0.75],
  ["p95", 0.95],
];
const NAMES = ["min", ...QUANTILES.map(([name]) => name), "max"];
const MOST_BUCKETS = 10_000;

/**
 * Smallest, largest and five quantiles by name. Within a bucket values are taken as evenly spread, between the nearest of its
 * limits, min and max. All NaN when an end is: weights that are NaN. Empty for a histogram of nothing, or whose counts are not numbers.
 */
export function quantiles({ min, max, limits, counts }: Histogram): [name: string, value: number][] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (counts.length > 0 && (Number.isNaN(min) || Number.isNaN(max))) return NAMES.map((name) => [name, Number.NaN]);
  if (!(total > 0) || !Number.isFinite(total) || counts.some((count) => count < 0) || !(min <= max)) return [];
  const inside = (value: number) => Math.min(max, Math.max(min, value));
  const shares = QUANTILES.map(([name, share]): [string, number] => {
    let below = 0;
    for (let i = 0; i < counts.length; i += 1) {
      const count = counts[i]!;
      if (count > 0 && below + count >= share * total) {
        const left = inside(i === 0 ? min : limits[i - 1]!);
        return [name, left + (inside(limits[i]!) - left) * ((share * total - below) / count)];
      }
      below += count;
    }
    return [name, max];
  });
  return [["min", min], ...shares, ["max", max]];
}

/** Reads HistogramProto (torch, tensorboardX): min, max, and two parallel lists of doubles, packed or not. */
export function readHistogram(bytes: Buffer, start: number, end: number): Histogram {
  const histogram: Histogram = { min: Number.NaN, max: Number.NaN, limits: [], counts: [] };
  // A zero is not stored.
  [histogram.min, histogram.max] = [0, 0];
  for (const field of fields(bytes, start, end)) {
    if (field.wire !== 1 && field.wire !== 2) continue;
    if (field.id === 1 && field.wire === 1) histogram.min = bytes.readDoubleLE(field.start);
    if (field.id === 2 && field.wire === 1) histogram.max = bytes.readDoubleLE(field.start);
    if (field.id !== 6 && field.id !== 7) continue;
    const list = field.id === 6 ? histogram.limits : histogram.counts;
    for (let at = field.start; at + 8 <= field.end && list.length < MOST_BUCKETS; at += 8) list.push(bytes.readDoubleLE(at));
  }
  histogram.counts.length = histogram.limits.length = Math.min(histogram.counts.length, histogram.limits.length);
  return histogram;
}

/** A TF2 histogram: rows of left limit, right limit, count. Its ends are those of its first and last row that hold something. */
export function tensorHistogram({ numbers }: Tensor): Histogram {
  const rows = Array.from({ length: Math.floor(numbers.length / 3) }, (_, i) => numbers.slice(3 * i, 3 * i + 3));
  const filled = rows.filter(([, , count]) => count! > 0);
  return {
    min: filled[0]?.[0] ?? Number.NaN,
    max: filled.at(-1)?.[1] ?? Number.NaN,
    limits: filled.map((row) => row[1]!),
    counts: filled.map((row) => row[2]!),
  };
}

/** So many elements of a tensor are read for a histogram. */
export const HISTOGRAM_ELEMENTS = 3 * MOST_BUCKETS;
