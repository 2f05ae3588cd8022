/** `range[1:3]`, `linspace[0:1:5]`, `logspace[-4:-1:4]`: words that stand for several numbers. */

/** More values than this are a mistake in the step. */
const MOST_VALUES = 100_000;

export const sequenceNames = ["range", "linspace", "logspace"] as const;
export type SequenceName = (typeof sequenceNames)[number];

/**
 * The numbers, in order. `range` includes its end (`range[1:3]` is 1, 2, 3) and may count down with a negative step; `linspace` and
 * `logspace` have 5 values unless told, `logspace` of exponents to base 10 unless told. Rounded to 8 decimals, as Guild does.
 *
 * Throws RangeError with what was expected when numbers are missing or too many, or when there would be none.
 */
export function sequence(name: SequenceName, numbers: readonly number[]): number[] {
  const [most, form] =
    name === "range"
      ? [3, "range[start:end:step]"]
      : name === "linspace"
        ? [3, "linspace[start:end:count]"]
        : [4, "logspace[start:end:count:base]"];
  if (numbers.length < 2 || numbers.length > most) throw new RangeError(`expected ${form}`);
  const [start = 0, end = 0, third, base = 10] = numbers;
  const values = name === "range" ? stepped(start, end, third ?? 1) : spaced(start, end, third ?? 5, form);
  return values.map((value) => rounded(name === "logspace" ? base ** value : value));
}

function stepped(start: number, end: number, step: number): number[] {
  // A hair more, so that 0.1 + 0.2 does not cost range[0:0.3:0.1] its end.
  const steps = Math.floor((end - start) / step + 1e-9);
  if (!Number.isFinite(steps) || steps < 0)
    throw new RangeError(`expected a step that leads from ${start} to ${end}, found ${step}`);
  if (steps >= MOST_VALUES) throw new RangeError(`expected at most ${MOST_VALUES} values, found ${steps + 1}`);
  return Array.from({ length: steps + 1 }, (_, index) => start + index * step);
}

function spaced(start: number, end: number, count: number, form: string): number[] {
  if (!Number.isInteger(count) || count < 1 || count > MOST_VALUES) {
    throw new RangeError(`expected a whole number of values from 1 to ${MOST_VALUES} in ${form}, found ${count}`);
  }
  return Array.from({ length: count }, (_, index) => (count === 1 ? start : start + ((end - start) * index) / (count - 1)));
}

/** Numbers near zero keep all their digits: `logspace[-12:-9]` would be nothing but zeros. */
function rounded(value: number): number {
  return Math.abs(value) > 1e-8 ? Number(value.toFixed(8)) : value;
}
