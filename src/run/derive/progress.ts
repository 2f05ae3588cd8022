import type { Series } from "../types.ts";

/** Steps before a program runs at its speed: so many at least, or this share of all; never more than half of them. */
const WARM_UP_STEPS = 10;
const WARM_UP_SHARE = 0.05;

/** From one told step to a later one. Times in seconds since the start of the run. */
export interface Move {
  from: number;
  to: number;
  steps: number;
}

/** How a run went through its steps, as one of its scalars told it. */
export interface Progress {
  /** The scalar that was told most often. */
  tag: string;
  /** After warm-up, in order of time; a restart leaves a gap. */
  moves: Move[];
  /** How many steps were left out as warm-up. */
  warmUp: number;
  /** The last step that was told. */
  lastStep: number;
  /** From the end of warm-up to the last step. */
  from: number;
  to: number;
}

/**
 * The steps of a run by the scalar with most points; null when none has gone from one step to another. Points of equal step, and
 * the way back of a program that begins again, count for nothing. Source of the warm-up rule: site.md §4.4.
 */
export function progressOf(series: readonly Series[]): Progress | null {
  const told = [...series].sort((a, b) => b.count - a.count).find((one) => movesOf(one).length > 0);
  if (told === undefined) return null;
  const all = movesOf(told);
  const total = all.reduce((sum, { steps }) => sum + steps, 0);
  const wanted = Math.min(Math.max(WARM_UP_STEPS, WARM_UP_SHARE * total), total / 2);
  let warmUp = 0;
  let first = 0;
  while (first < all.length - 1 && warmUp + all[first]!.steps <= wanted) {
    warmUp += all[first]!.steps;
    first += 1;
  }
  const moves = all.slice(first);
  return {
    tag: told.tag,
    moves,
    warmUp,
    lastStep: told.steps.at(-1)!,
    from: moves[0]!.from,
    to: moves.at(-1)!.to,
  };
}

function movesOf({ steps, times }: Series): Move[] {
  const moves: Move[] = [];
  for (let i = 1; i < steps.length; i += 1) {
    const grown = steps[i]! - steps[i - 1]!;
    if (grown > 0 && times[i]! >= times[i - 1]!) moves.push({ from: times[i - 1]!, to: times[i]!, steps: grown });
  }
  return moves;
}
