import { test } from "uvu";
import * as assert from "uvu/assert";
import { seededRandom, shuffle } from "../../../scripts/demo/random.ts";

const draw = (seed: number, count: number) => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => random.uniform());
};

test("the same seed gives the same numbers, another seed others", () => {
  assert.equal(draw(7, 100), draw(7, 100));
  assert.not.equal(draw(7, 100), draw(8, 100));
});

test("uniform numbers fill 0 to 1 evenly", () => {
  const numbers = draw(3, 20_000);
  assert.ok(numbers.every((value) => value >= 0 && value < 1));
  for (let tenth = 0; tenth < 10; tenth++) {
    const share = numbers.filter((value) => Math.floor(value * 10) === tenth).length / numbers.length;
    assert.ok(Math.abs(share - 0.1) < 0.01, `tenth ${tenth} holds ${share}`);
  }
});

test("normal numbers have mean 0 and deviation 1", () => {
  const random = seededRandom(3);
  const numbers = Array.from({ length: 20_000 }, () => random.normal());
  const mean = numbers.reduce((a, b) => a + b) / numbers.length;
  const variance = numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0) / numbers.length;
  assert.ok(Math.abs(mean) < 0.02, `mean ${mean}`);
  assert.ok(Math.abs(variance - 1) < 0.03, `variance ${variance}`);
});

test("shuffling keeps every item and can put any of them first", () => {
  const random = seededRandom(5);
  const firsts = new Set<number>();
  for (let i = 0; i < 200; i++) {
    const order = shuffle([1, 2, 3, 4, 5], random);
    assert.equal([...order].sort(), [1, 2, 3, 4, 5]);
    firsts.add(order[0]!);
  }
  assert.is(firsts.size, 5);
  assert.equal(shuffle([], random), []);
});

test.run();
