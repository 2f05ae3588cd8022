import { classCount, pixelCount } from "./digits.ts";
import type { Random } from "./random.ts";

/** `softmax` is a single layer from pixels to classes; `mlp` has one hidden layer of rectified units between. */
export const models = ["softmax", "mlp"] as const;
export type Model = (typeof models)[number];

/** One layer: outputs = weights · inputs + biases. */
export interface Layer {
  inputs: number;
  outputs: number;
  /** outputs × inputs, row by row: the weights of one output lie side by side. */
  weights: Float64Array;
  biases: Float64Array;
}

/** What a hidden unit lets through below zero. With 0 a step too large would turn units off for good. Source: Maas et al. 2013. */
export const leak = 0.01;

/** Layers from pixels to classes, rectified between one and the next. */
export type Network = Layer[];

/**
 * A network that has learned nothing yet: small random weights, biases 0.
 *
 * `hidden` is the number of hidden units of `mlp`; `softmax` has none and does not look at it.
 */
export function createNetwork(model: Model, hidden: number, random: Random): Network {
  if (model === "softmax") return [createLayer(pixelCount, classCount, random)];
  return [createLayer(pixelCount, hidden, random), createLayer(hidden, classCount, random)];
}

/** Weights drawn so that the layer neither swells nor shrinks what passes through it. Source: He et al. 2015. */
function createLayer(inputs: number, outputs: number, random: Random): Layer {
  const scale = Math.sqrt(2 / inputs);
  return {
    inputs,
    outputs,
    weights: Float64Array.from({ length: outputs * inputs }, () => scale * random.normal()),
    biases: new Float64Array(outputs),
  };
}

/** A network of the same shape with nothing but zeros: a place for gradients and velocities. */
export function zerosLike(network: Network): Network {
  return network.map(({ inputs, outputs }) => ({
    inputs,
    outputs,
    weights: new Float64Array(outputs * inputs),
    biases: new Float64Array(outputs),
  }));
}

/** All numbers of a network, layer by layer, weights before biases: views, so that writing to them changes it. */
export function parametersOf(network: Network): Float64Array[] {
  return network.flatMap(({ weights, biases }) => [weights, biases]);
}

/** How many numbers there are to learn. */
export function parameterCount(network: Network): number {
  return parametersOf(network).reduce((total, block) => total + block.length, 0);
}

/**
 * Sends one image through. Gives what each layer got and, last, the probabilities of the classes, which sum to 1
 * (NaN once the weights have overflown): one array more than there are layers.
 */
export function forward(network: Network, pixels: Float64Array): Float64Array[] {
  const signals = [pixels];
  network.forEach((layer, depth) => {
    const sums = weightedSums(layer, signals[depth]!);
    signals.push(depth < network.length - 1 ? rectify(sums) : softmax(sums));
  });
  return signals;
}

/** The probabilities of the classes for one image. */
export function predict(network: Network, pixels: Float64Array): Float64Array {
  return forward(network, pixels).at(-1)!;
}

function weightedSums({ inputs, outputs, weights, biases }: Layer, signal: Float64Array): Float64Array {
  const sums = new Float64Array(outputs);
  for (let out = 0; out < outputs; out++) {
    let sum = biases[out]!;
    const row = out * inputs;
    for (let i = 0; i < inputs; i++) sum += weights[row + i]! * signal[i]!;
    sums[out] = sum;
  }
  return sums;
}

function rectify(sums: Float64Array): Float64Array {
  return sums.map((sum) => (sum > 0 ? sum : leak * sum));
}

/** The largest sum is taken off first, or exp would overflow. */
function softmax(sums: Float64Array): Float64Array {
  const largest = sums.reduce((a, b) => Math.max(a, b));
  const shares = sums.map((sum) => Math.exp(sum - largest));
  const total = shares.reduce((a, b) => a + b);
  return shares.map((share) => share / total);
}
