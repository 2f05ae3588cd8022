/**
 * The shortest decimal that is this number to a float32: event files keep 0.7 as 0.699999988. Numbers that are no float32, and
 * non-finite ones, are given back as they are.
 */
export function shortest(value: number): number {
  if (!Number.isFinite(value) || Number.isInteger(value) || Math.fround(value) !== value) return value;
  for (let digits = 6; digits < 10; digits++) {
    const rounded = Number(value.toPrecision(digits));
    if (Math.fround(rounded) === value) return rounded;
  }
  return value;
}
