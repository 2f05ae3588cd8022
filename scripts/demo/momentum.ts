import { type Network, parametersOf, zerosLike } from "./network.ts";

/** Descends along a gradient with some memory of the way so far. */
export interface Descent {
  /** Takes one step down; `gradient` is the sum over `count` images, and is set back to zero. */
  step(gradient: Network, count: number): void;
}

/**
 * Stochastic gradient descent with momentum: the velocity keeps nine tenths of itself and gains the new gradient.
 *
 * Source: Polyak 1964; in the form of Sutskever et al. 2013. Changes `network` in place.
 */
export function momentumDescent(network: Network, learningRate: number, momentum = 0.9): Descent {
  const parameters = parametersOf(network);
  const velocities = parametersOf(zerosLike(network));
  return {
    step(gradient, count) {
      parametersOf(gradient).forEach((slopes, block) => {
        const values = parameters[block]!;
        const velocity = velocities[block]!;
        for (let i = 0; i < values.length; i++) {
          velocity[i] = momentum * velocity[i]! - (learningRate / count) * slopes[i]!;
          values[i]! += velocity[i]!;
        }
        slopes.fill(0);
      });
    },
  };
}
