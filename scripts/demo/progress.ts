import type { Score } from "./score.ts";
import type { Step } from "./training.ts";

/** About so many lines about single steps, however long the training is. */
const stepLines = 200;

/** Says how a training goes, in lines as people print them. */
export interface EpochReporter {
  /** Takes note of a step, and prints a line now and then. */
  step(step: Step): void;
  /** Prints what the epoch's steps came to, and the check that followed, and begins a new epoch. */
  epoch(epoch: number, checked: Score): void;
  /** Steps so far. */
  steps(): number;
}

/** Counts from step 1; speed is measured over the steps since the line before. `now` is in milliseconds. */
export function epochReporter(
  epochs: number,
  stepsPerEpoch: number,
  print = console.log,
  now = () => performance.now(),
): EpochReporter {
  const printEvery = Math.max(1, Math.ceil((epochs * stepsPerEpoch) / stepLines));
  let steps = 0;
  let sum = { images: 0, loss: 0, right: 0 };
  let since = { images: 0, time: now() };
  return {
    step(step) {
      steps++;
      sum = { images: sum.images + step.images, loss: sum.loss + step.lossSum, right: sum.right + step.right };
      since.images += step.images;
      if (steps % printEvery !== 0) return;
      const speed = since.images / ((now() - since.time) / 1000);
      const values = [`batch/loss=${shown(step.lossSum / step.images)}`, `grad/norm=${shown(step.gradientNorm)}`];
      print(`step=${steps} ${values.join(" ")} examples/s=${speed.toFixed(0)}`);
      since = { images: 0, time: now() };
    },
    epoch(epoch, checked) {
      const trained = `train/loss ${shown(sum.loss / sum.images)} train/acc ${shown(sum.right / sum.images)}`;
      print(
        `epoch ${epoch}/${epochs} step ${steps} ${trained} val/loss ${shown(checked.loss)} val/acc ${shown(checked.accuracy)}`,
      );
      sum = { images: 0, loss: 0, right: 0 };
      // Checking took time too, and is not training.
      since = { images: 0, time: now() };
    },
    steps: () => steps,
  };
}

/** Four significant digits; NaN and Infinity as themselves. */
function shown(value: number): string {
  return String(Number(value.toPrecision(4)));
}
