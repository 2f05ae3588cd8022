/** Digits made up for tests: nothing is read from disk. */
import { type Digit, pixelCount, side } from "../../../scripts/demo/digits.ts";
import { seededRandom } from "../../../scripts/demo/random.ts";

/** So many digits with labels 0, 1, … 9, 0, … in turn: a bar across or down, its place the label's, and random specks. */
export function madeUpDigits(count: number, seed = 1): Digit[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, index) => {
    const label = index % 10;
    const onBar = (i: number) => (label < 5 ? Math.floor(i / side) : i % side) === (label % 5) + 1;
    return {
      index,
      label,
      pixels: Float64Array.from({ length: pixelCount }, (_, i) => 0.3 * random.uniform() + (onBar(i) ? 0.7 : 0)),
    };
  });
}
