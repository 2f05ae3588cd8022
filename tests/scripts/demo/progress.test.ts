import { test } from "uvu";
import * as assert from "uvu/assert";
import { epochReporter } from "../../../scripts/demo/progress.ts";

const step = { images: 10, lossSum: 5, right: 4, gradientNorm: 0.123456 };
const checked = { loss: 0.25, accuracy: 0.95, predictions: [] };

/** Reports to a list, with a clock that moves 100 ms with every look. */
function listen(epochs: number, stepsPerEpoch: number) {
  const lines: string[] = [];
  let time = 0;
  const report = epochReporter(
    epochs,
    stepsPerEpoch,
    (line: string) => lines.push(line),
    () => {
      time += 100;
      return time;
    },
  );
  return { lines, report };
}

test("an epoch's line has its means, and the next epoch starts anew", () => {
  const { lines, report } = listen(2, 1);
  report.step(step);
  report.epoch(1, checked);
  report.step({ ...step, lossSum: 1, right: 10 });
  report.epoch(2, checked);
  assert.equal(lines, [
    "step=1 batch/loss=0.5 grad/norm=0.1235 examples/s=100",
    "epoch 1/2 step 1 train/loss 0.5 train/acc 0.4 val/loss 0.25 val/acc 0.95",
    "step=2 batch/loss=0.1 grad/norm=0.1235 examples/s=100",
    "epoch 2/2 step 2 train/loss 0.1 train/acc 1 val/loss 0.25 val/acc 0.95",
  ]);
});

test("a long training has about 200 lines about steps", () => {
  const { lines, report } = listen(100, 100);
  for (let i = 0; i < 10_000; i++) report.step(step);
  assert.is(lines.length, 200);
  assert.is(report.steps(), 10_000);
});

test("what is not a finite number is printed as it is", () => {
  const { lines, report } = listen(1, 1);
  report.step({ ...step, lossSum: Number.NaN, gradientNorm: Number.POSITIVE_INFINITY });
  report.epoch(1, { ...checked, loss: Number.NaN });
  assert.match(lines[0]!, "batch/loss=NaN grad/norm=Infinity");
  assert.match(lines[1]!, "train/loss NaN train/acc 0.4 val/loss NaN");
});

test.run();
