import { test } from "uvu";
import * as assert from "uvu/assert";
import { createNetwork, zerosLike } from "../../../scripts/demo/network.ts";
import { seededRandom } from "../../../scripts/demo/random.ts";
import { formatPredictions, mistakesOf, mostLikely, type Prediction, score } from "../../../scripts/demo/score.ts";
import { madeUpDigits } from "./_digits.ts";

const digits = madeUpDigits(20);
const answer = (i: number, label: number | null, probability: number): Prediction => ({ digit: digits[i]!, label, probability });

test("an answer is the likeliest class, the first of equals, none when all are NaN", () => {
  assert.is(mostLikely(Float64Array.of(0.1, 0.2, 0.4, 0.3, 0, 0, 0, 0, 0, 0)), 2);
  assert.is(mostLikely(new Float64Array(10).fill(0.1)), 0);
  assert.is(mostLikely(new Float64Array(10).fill(Number.NaN)), null);
});

test("a network that always says 3 is right for one digit in ten", () => {
  const network = zerosLike(createNetwork("softmax", 1, seededRandom(1)));
  network[0]!.biases[3] = 50;
  const { accuracy, loss, predictions } = score(network, digits);
  assert.is(accuracy, 0.1);
  assert.ok(Math.abs(loss - 45) < 1e-9, `loss ${loss}`);
  assert.ok(predictions.every(({ label }) => label === 3));
});

test("no digits have no score", () => {
  const { accuracy, loss, predictions } = score(createNetwork("softmax", 1, seededRandom(1)), []);
  assert.equal([accuracy, loss, predictions], [Number.NaN, Number.NaN, []]);
});

test("mistakes come most confident first, answers of NaN last", () => {
  const mistakes = mistakesOf([answer(0, 0, 0.99), answer(1, null, Number.NaN), answer(2, 3, 0.5), answer(3, 4, 0.9)]);
  assert.equal(
    mistakes.map(({ digit }) => digit.index),
    [3, 2, 1],
  );
});

test("predictions are a CSV file with a header", () => {
  assert.is(
    formatPredictions([answer(4, 9, 0.87654), answer(5, null, Number.NaN)]),
    "index,label,predicted,probability\n4,4,9,0.8765\n5,5,,NaN\n",
  );
  assert.is(formatPredictions([]), "index,label,predicted,probability\n");
});

test.run();
