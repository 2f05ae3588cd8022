import { test } from "uvu";
import * as assert from "uvu/assert";
import { seededRandom } from "../../../scripts/demo/random.ts";
import { parts, type Split, stratifiedSplit } from "../../../scripts/demo/split.ts";
import { madeUpDigits } from "./_digits.ts";

const digits = madeUpDigits(1000);
const split = stratifiedSplit(digits, seededRandom(1));
const indices = (of: Split) => parts.map((part) => of[part].map((digit) => digit.index));

test("every digit lands in exactly one part", () => {
  const dealt = indices(split).flat();
  assert.is(dealt.length, 1000);
  assert.is(new Set(dealt).size, 1000);
});

test("every part has every class in the same proportion", () => {
  for (const [part, expected] of [
    ["train", 60],
    ["val", 20],
    ["test", 20],
  ] as const) {
    for (let label = 0; label < 10; label++) {
      assert.is(split[part].filter((digit) => digit.label === label).length, expected, `${part} of class ${label}`);
    }
  }
});

test("the same seed deals the same, another seed otherwise", () => {
  assert.equal(indices(stratifiedSplit(digits, seededRandom(1))), indices(split));
  assert.not.equal(indices(stratifiedSplit(digits, seededRandom(2))), indices(split));
});

test("parts are in the original order and the digits are left alone", () => {
  for (const part of parts)
    assert.equal(
      split[part].map(({ index }) => index),
      split[part].map(({ index }) => index).sort((a, b) => a - b),
    );
  assert.equal(digits, madeUpDigits(1000));
});

test("a class of one goes to train, no digits give empty parts", () => {
  const one = stratifiedSplit(madeUpDigits(1), seededRandom(1));
  assert.equal(indices(one), [[0], [], []]);
  assert.equal(indices(stratifiedSplit([], seededRandom(1))), [[], [], []]);
});

test.run();
