import type { Series } from "../types.ts";

export interface Weighted {
  value: number;
  weight: number;
}

/**
 * The value below which `share` (0 to 1) of the weight lies. One value is every quantile of itself; an empty list gives NaN.
 * Always one of the values.
 */
export function weightedQuantile(values: readonly Weighted[], share: number): number {
  const sorted = [...values].sort((a, b) => a.value - b.value);
  const wanted = share * sorted.reduce((sum, { weight }) => sum + weight, 0);
  let passed = 0;
  for (const { value, weight } of sorted) {
    passed += weight;
    if (passed >= wanted) return value;
  }
  return sorted.at(-1)?.value ?? Number.NaN;
}

/** A sample stands for the time since the one before it; the first for none. In order, times in seconds since the start. */
export interface Stretch extends Weighted {
  from: number;
  to: number;
}

/** What a series held between two times, weighted by how long it held. Non-finite values are left out. Possibly empty. */
export function stretchesBetween(series: Series, from: number, to: number): Stretch[] {
  const values = series.mean ?? series.last;
  const stretches: Stretch[] = [];
  for (let i = 1; i < values.length; i += 1) {
    const begin = Math.max(from, series.times[i - 1]!);
    const end = Math.min(to, series.times[i]!);
    const value = values[i]!;
    if (end > begin && Number.isFinite(value)) stretches.push({ value, weight: end - begin, from: begin, to: end });
  }
  return stretches;
}

/** The mean over time between two moments, in seconds since the start; null when nothing was sampled there. */
export function meanBetween(series: Series, from: number, to: number): number | null {
  const stretches = stretchesBetween(series, from, to);
  const seconds = stretches.reduce((sum, { weight }) => sum + weight, 0);
  return seconds > 0 ? stretches.reduce((sum, { value, weight }) => sum + value * weight, 0) / seconds : null;
}

/** The sum of value times seconds between two moments: watts become joules. Nothing sampled gives 0. */
export function integralBetween(series: Series, from: number, to: number): number {
  return stretchesBetween(series, from, to).reduce((sum, { value, weight }) => sum + value * weight, 0);
}
