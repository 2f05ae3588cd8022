/** The few numbers that a figure is made of. */

/** The middle value, or the mean of the two in the middle. Throws RangeError when there are none. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/**
 * The value below which the share `p` (0..1) of `values` lies, interpolated between neighbours: `quantile(x, 0.95)` is p95.
 * Throws RangeError when there are none.
 */
export function quantile(values: readonly number[], p: number): number {
  if (values.length === 0) throw new RangeError("invalid values: none");
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * p;
  const below = sorted[Math.floor(place)] ?? 0;
  const above = sorted[Math.ceil(place)] ?? 0;
  return below + (above - below) * (place - Math.floor(place));
}
