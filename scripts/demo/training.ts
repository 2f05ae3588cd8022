import type { Digit } from "./digits.ts";
import { addGradient, lossOf } from "./gradient.ts";
import { jitter } from "./jitter.ts";
import { momentumDescent } from "./momentum.ts";
import { type Network, parametersOf, zerosLike } from "./network.ts";
import { type Random, shuffle } from "./random.ts";
import { mostLikely } from "./score.ts";

/** What one mini-batch showed, measured before the step that it led to. */
export interface Step {
  /** Images in the batch: the last of an epoch may have fewer. */
  images: number;
  /** Sum over the batch, in nats. */
  lossSum: number;
  right: number;
  /** Length of the mean gradient: how steep the ground is. */
  gradientNorm: number;
}

/** A training in progress: each call of `epoch` goes through all images once, jittered and in a new order, step by step. */
export interface Training {
  network: Network;
  epoch(): Generator<Step>;
}

/**
 * Sets up mini-batch training. Same network, digits, numbers and random numbers: same steps, to the last bit.
 *
 * Changes `network` in place. Throws an Error when a batch would hold more images than there are.
 */
export function startTraining(
  network: Network,
  digits: readonly Digit[],
  { lr, batch }: { lr: number; batch: number },
  random: Random,
): Training {
  if (batch > digits.length)
    throw new Error(`a batch of ${batch} images is more than the ${digits.length} that there are to train on`);
  const descent = momentumDescent(network, lr);
  const gradient = zerosLike(network);
  const order = [...digits];
  return {
    network,
    *epoch() {
      shuffle(order, random);
      for (let start = 0; start < order.length; start += batch) {
        const images = order.slice(start, start + batch).map((digit) => jitter(digit, random));
        const step = measure(network, images, gradient);
        descent.step(gradient, step.images);
        yield step;
      }
    },
  };
}

/** Adds up the gradient of a batch into `gradient`, and what the network did on the way. */
function measure(network: Network, digits: Digit[], gradient: Network): Step {
  const step: Step = { images: digits.length, lossSum: 0, right: 0, gradientNorm: 0 };
  for (const digit of digits) {
    const probabilities = addGradient(network, digit, gradient);
    step.lossSum += lossOf(probabilities, digit.label);
    if (mostLikely(probabilities) === digit.label) step.right++;
  }
  let squares = 0;
  for (const slopes of parametersOf(gradient)) for (const slope of slopes) squares += slope * slope;
  step.gradientNorm = Math.sqrt(squares) / digits.length;
  return step;
}
