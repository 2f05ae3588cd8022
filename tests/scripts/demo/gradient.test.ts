import { test } from "uvu";
import * as assert from "uvu/assert";
import { addGradient, lossOf } from "../../../scripts/demo/gradient.ts";
import { createNetwork, models, parametersOf, predict, zerosLike } from "../../../scripts/demo/network.ts";
import { seededRandom } from "../../../scripts/demo/random.ts";
import { madeUpDigits } from "./_digits.ts";

for (const model of models) {
  test(`the gradient of ${model} is what finite differences say`, () => {
    const digits = madeUpDigits(3);
    const network = createNetwork(model, 5, seededRandom(4));
    const gradient = zerosLike(network);
    for (const digit of digits) addGradient(network, digit, gradient);

    const loss = () => digits.reduce((sum, digit) => sum + lossOf(predict(network, digit.pixels), digit.label), 0);
    const nudge = 1e-5;
    parametersOf(network).forEach((values, block) => {
      for (let i = 0; i < values.length; i++) {
        const value = values[i]!;
        values[i] = value + nudge;
        const above = loss();
        values[i] = value - nudge;
        const below = loss();
        values[i] = value;
        const expected = (above - below) / (2 * nudge);
        const actual = parametersOf(gradient)[block]![i]!;
        assert.ok(Math.abs(actual - expected) < 1e-6, `block ${block}, number ${i}: ${actual}, expected ${expected}`);
      }
    });
  });
}

test("the gradient is added to what is there", () => {
  const [digit] = madeUpDigits(1);
  const network = createNetwork("mlp", 3, seededRandom(4));
  const once = zerosLike(network);
  addGradient(network, digit!, once);
  const twice = zerosLike(network);
  addGradient(network, digit!, twice);
  addGradient(network, digit!, twice);
  parametersOf(twice).forEach((values, block) => {
    assert.equal(
      values,
      parametersOf(once)[block]!.map((slope) => 2 * slope),
    );
  });
});

test("probabilities sum to 1, a guess costs log 10, a certain mistake has no bound", () => {
  const network = zerosLike(createNetwork("softmax", 1, seededRandom(1)));
  const probabilities = predict(network, madeUpDigits(1)[0]!.pixels);
  assert.equal(
    [...probabilities],
    Array.from({ length: 10 }, () => 0.1),
  );
  assert.ok(Math.abs(lossOf(probabilities, 3) - Math.log(10)) < 1e-12);
  assert.is(lossOf(new Float64Array(10), 3), Number.POSITIVE_INFINITY);
});

test("sums beyond what exp can take still give probabilities", () => {
  const network = zerosLike(createNetwork("softmax", 1, seededRandom(1)));
  network[0]!.biases[4] = 5000;
  const probabilities = predict(network, madeUpDigits(1)[0]!.pixels);
  assert.is(probabilities[4], 1);
  assert.is(probabilities[0], 0);
});

test.run();
