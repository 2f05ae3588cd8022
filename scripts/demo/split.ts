import { classCount, type Digit } from "./digits.ts";
import { type Random, shuffle } from "./random.ts";

/** To learn from, to choose by, and to report on: the three are never mixed. */
export const parts = ["train", "val", "test"] as const;
export type Part = (typeof parts)[number];
export type Split = Record<Part, Digit[]>;

/** Shares of val and test; the rest is for training. */
const shares = { val: 0.2, test: 0.2 };

/**
 * Deals the digits out to train, val and test, class by class, so that each part has every class in the same proportion
 * (to the nearest whole image). Same digits and same random numbers, same split; each part is in the original order.
 *
 * Every digit lands in exactly one part. A class of one or two images goes to train alone; no digits give empty parts.
 */
export function stratifiedSplit(digits: readonly Digit[], random: Random): Split {
  const split: Split = { train: [], val: [], test: [] };
  for (let label = 0; label < classCount; label++) {
    const dealt = shuffle(
      digits.filter((digit) => digit.label === label),
      random,
    );
    const val = Math.round(dealt.length * shares.val);
    const test = Math.round(dealt.length * shares.test);
    split.val.push(...dealt.slice(0, val));
    split.test.push(...dealt.slice(val, val + test));
    split.train.push(...dealt.slice(val + test));
  }
  for (const part of parts) split[part].sort((a, b) => a.index - b.index);
  return split;
}
