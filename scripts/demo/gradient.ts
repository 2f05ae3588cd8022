import type { Digit } from "./digits.ts";
import { forward, type Layer, leak, type Network } from "./network.ts";

/**
 * How surprised the network is by the right answer, in nats: -log of the probability that it gave.
 *
 * 0 for a certain and right answer, log(10) ≈ 2.3 for a guess, Infinity when the right class got probability 0.
 */
export function lossOf(probabilities: Float64Array, label: number): number {
  return -Math.log(probabilities[label]!);
}

/**
 * Back-propagation (Rumelhart, Hinton & Williams 1986): adds the gradient of the digit's loss to `gradient`, which has the
 * network's shape, and gives back the probabilities that the network had for the digit.
 */
export function addGradient(network: Network, digit: Digit, gradient: Network): Float64Array {
  const signals = forward(network, digit.pixels);
  const probabilities = signals.at(-1)!;
  // For softmax with this loss the error of the last layer is simply "what was said minus what was right".
  let errors: Float64Array = probabilities.slice();
  errors[digit.label]! -= 1;
  for (let depth = network.length - 1; depth >= 0; depth--) {
    addOuterProduct(gradient[depth]!, errors, signals[depth]!);
    if (depth > 0) errors = errorsBelow(network[depth]!, errors, signals[depth]!);
  }
  return probabilities;
}

/** A weight is to blame for its output's error as far as its input was on. */
function addOuterProduct({ inputs, outputs, weights, biases }: Layer, errors: Float64Array, signal: Float64Array): void {
  for (let out = 0; out < outputs; out++) {
    const error = errors[out]!;
    const row = out * inputs;
    for (let i = 0; i < inputs; i++) weights[row + i]! += error * signal[i]!;
    biases[out]! += error;
  }
}

/** Errors flow back along the weights; units that were off let through as little of them as of the signal. */
function errorsBelow({ inputs, outputs, weights }: Layer, errors: Float64Array, signal: Float64Array): Float64Array {
  const below = new Float64Array(inputs);
  for (let out = 0; out < outputs; out++) {
    const error = errors[out]!;
    const row = out * inputs;
    for (let i = 0; i < inputs; i++) below[i]! += error * weights[row + i]!;
  }
  for (let i = 0; i < inputs; i++) if (signal[i]! <= 0) below[i]! *= leak;
  return below;
}
