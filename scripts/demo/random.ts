/** Numbers that look random and are the same for everybody who starts from the same seed. */
export interface Random {
  /** At least 0, below 1. */
  uniform(): number;
  /** Mean 0, standard deviation 1. */
  normal(): number;
}

/**
 * Makes a generator from a seed; only the seed's lower 32 bits count. Each call advances it.
 *
 * Source: mulberry32 by Tommy Ettinger (public domain) for the bits, Box & Muller 1958 for the bell shape.
 */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const uniform = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
  // 1 - uniform() is never 0, whose logarithm would be infinite.
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  return { uniform, normal };
}

/** Shuffles in place, every order equally likely (Fisher & Yates). Gives the same array back; empty stays empty. */
export function shuffle<T>(items: T[], random: Random): T[] {
  for (let last = items.length - 1; last > 0; last--) {
    const pick = Math.floor(random.uniform() * (last + 1));
    [items[last], items[pick]] = [items[pick]!, items[last]!];
  }
  return items;
}
