/**
 * Smooths a series exactly as TensorBoard does, so that numbers agree when somebody checks: an exponential moving average
 * that starts at zero and is divided by `1 − weight^k` after k values, so the start is not pulled down.
 *
 * Gives back an array of the same length and order. Non-finite values stay as they are and are skipped, not restarted from.
 * A series that is constant is given back unchanged (the division would add rounding noise), and so is any with weight 0.
 * Empty gives empty. Throws RangeError if `weight` is not in 0 ≤ weight < 1.
 * Example: `ema([1, 2, 3], 0.6)` is 1, 1.625, 2.32653….
 * Source: TensorBoard, `line_chart_v2/data_transformer.ts` (`classicSmoothing`); the debias term is that of Adam,
 * Kingma & Ba 2015.
 */
export function ema(values: readonly number[], weight: number): number[] {
  if (!(weight >= 0 && weight < 1)) throw new RangeError(`invalid weight: ${weight}`);
  if (weight === 0 || values.every((value) => value === values[0])) return values.slice();
  let last = 0;
  let remaining = 1;
  return values.map((value) => {
    if (!Number.isFinite(value)) return value;
    last = last * weight + (1 - weight) * value;
    remaining *= weight;
    return last / (1 - remaining);
  });
}
