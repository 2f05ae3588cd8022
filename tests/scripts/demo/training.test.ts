import { test } from "uvu";
import * as assert from "uvu/assert";
import { createNetwork, type Model, parametersOf } from "../../../scripts/demo/network.ts";
import { seededRandom } from "../../../scripts/demo/random.ts";
import { score } from "../../../scripts/demo/score.ts";
import { type Step, startTraining } from "../../../scripts/demo/training.ts";
import { madeUpDigits } from "./_digits.ts";

/** Trains on made-up digits and gives back everything that can be seen of it. */
function train(seed: number, { model = "mlp" as Model, lr = 0.05, batch = 8, epochs = 3, count = 50 } = {}) {
  const digits = madeUpDigits(count);
  const random = seededRandom(seed);
  const network = createNetwork(model, 16, random);
  const before = score(network, digits);
  const training = startTraining(network, digits, { lr, batch }, random);
  const steps: Step[] = [];
  for (let epoch = 0; epoch < epochs; epoch++) steps.push(...training.epoch());
  return { steps, before, after: score(network, digits), parameters: parametersOf(network) };
}

test("the same seed trains the same network to the last bit, another seed another one", () => {
  assert.equal(train(1), train(1));
  assert.not.equal(train(1).parameters, train(2).parameters);
});

test("an epoch sees every image once, the last batch may be smaller", () => {
  const { steps } = train(1, { epochs: 1 });
  assert.equal(
    steps.map(({ images }) => images),
    [8, 8, 8, 8, 8, 8, 2],
  );
});

for (const model of ["softmax", "mlp"] as const) {
  test(`${model} gets better at what it has seen`, () => {
    const { before, after } = train(1, { model, epochs: 60 });
    assert.ok(after.loss < before.loss / 2, `loss ${before.loss} → ${after.loss}`);
    assert.ok(after.accuracy > 0.5, `accuracy ${after.accuracy}`);
  });
}

test("a learning rate far too large ends in NaN, without an answer", () => {
  const { after, steps } = train(1, { lr: 1000, epochs: 60 });
  assert.ok(Number.isNaN(after.loss));
  assert.ok(Number.isNaN(steps.at(-1)!.lossSum));
  assert.is(after.accuracy, 0);
  assert.ok(after.predictions.every(({ label }) => label === null));
});

test("a batch of more images than there are is refused", () => {
  assert.throws(() => train(1, { batch: 51 }), /^a batch of 51 images is more than the 50 that there are to train on$/);
});

test.run();
