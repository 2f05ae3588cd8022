/** Chance that can be repeated: the same seed draws the same trials on every machine. */

/** Gives the next number, at least 0 and below 1. */
export type Chance = () => number;

/**
 * A generator for a seed (a whole number; its lower 32 bits count). Each call draws the next number of the same sequence.
 *
 * Source: sfc32 of PractRand by Chris Doty-Humphrey (public domain), warmed up so that neighbouring seeds have nothing in common.
 */
export function chanceOf(seed: number): Chance {
  const state = new Uint32Array([0x9e3779b9, 0x243f6a88, seed >>> 0, 1]);
  const next = (): number => {
    const [a = 0, b = 0, c = 0, count = 0] = state;
    const drawn = (a + b + count) >>> 0;
    state.set([b ^ (b >>> 9), (c + (c << 3)) >>> 0, (((c << 21) | (c >>> 11)) + drawn) >>> 0, (count + 1) >>> 0]);
    return drawn / 2 ** 32;
  };
  for (let round = 0; round < 15; round++) next();
  return next;
}

/** A seed for who gave none, to be written down. */
export function anySeed(random: () => number = Math.random): number {
  return Math.floor(random() * 2 ** 32);
}

/**
 * `count` different whole numbers below `total`, ascending; all of them where there are no more. `total` may be astronomic: nothing
 * of its size is made. Source: Floyd's algorithm (Bentley & Floyd, CACM 30:9, 1987).
 */
export function sampleOf(total: number, count: number, chance: Chance): number[] {
  if (count >= total) return Array.from({ length: total }, (_, index) => index);
  const chosen = new Set<number>();
  for (let top = total - count; top < total; top++) {
    const drawn = Math.floor(chance() * (top + 1));
    chosen.add(chosen.has(drawn) ? top : drawn);
  }
  return [...chosen].sort((a, b) => a - b);
}
