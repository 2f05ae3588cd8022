import { roundDigits } from "../numbers.ts";
import type { DerivedFigure, Flags, RunEvent, Series } from "../types.ts";
import { unitOf } from "../units.ts";
import { known, unknown } from "./figure.ts";
import type { Move, Progress } from "./progress.ts";
import { meanBetween, weightedQuantile } from "./weighted.ts";

/** A stretch is this part of the time at least, so that lines which came in blocks do not look like bursts of speed. */
const STRETCHES = 200;
const SHORTEST_SECONDS = 0.001;

const BATCH_SIZE = /^(?:per[_-]?device[_-]?)?(?:train[_-]?)?(?:batch[_-]?size|bs)$|^batch$/i;
const DEVICES = /^(?:per[_-]?device)/i;
const EPOCHS = /^(?:(?:max|num|n)[_-]?)?(?:train[_-]?)?epochs?$/i;

/**
 * Steps a second without warm-up: the median over stretches of time, with their 5th and 95th percentile as its range. Pauses for
 * evaluation are a slow stretch, not a slow training. Unknown when no scalar told steps, or when all its lines came at once.
 */
export function stepsPerSecond(progress: Progress | null): DerivedFigure {
  if (progress === null) return unknown("steps/s", "no scalar was told at two steps");
  const stretches = stretchesOf(progress.moves, Math.max(SHORTEST_SECONDS, (progress.to - progress.from) / STRETCHES));
  if (stretches.length === 0) return unknown("steps/s", "its lines came all at once: their times tell no speed");
  const rates = stretches.map(({ from, to, steps }) => ({ value: steps / (to - from), weight: to - from }));
  const at = (share: number): number => roundDigits(weightedQuantile(rates, share), 6);
  return known(at(0.5), "steps/s", `steps of ${progress.tag}, without ${progress.warmUp} of warm-up`, {
    range: rates.length < 3 ? null : [at(0.05), at(0.95)],
  });
}

/** Moves joined until each takes at least so long; what is left at the end belongs to the last. Empty when all took no time. */
function stretchesOf(moves: readonly Move[], leastSeconds: number): Move[] {
  const joined: Move[] = [];
  let open: Move | null = null;
  for (const move of moves) {
    // A restart lies between: the time of beginning again is nobody's step.
    if (open !== null && open.to !== move.from) open = null;
    open = open === null ? { ...move } : { from: open.from, to: move.to, steps: open.steps + move.steps };
    if (open.to - open.from < leastSeconds) continue;
    joined.push(open);
    open = null;
  }
  const last = joined.at(-1);
  if (open !== null && last !== undefined && last.to === open.from) {
    last.to = open.to;
    last.steps += open.steps;
  }
  return joined;
}

/**
 * Examples a second: what the program itself told under such a name, else steps a second times the batch size that its flags name.
 * Unknown where steps are epochs, and where several devices share a batch size.
 */
export function examplesPerSecond(
  steps: DerivedFigure,
  progress: Progress | null,
  { series, flags, events }: { series: readonly Series[]; flags: Flags; events: readonly RunEvent[] },
): DerivedFigure {
  const told = series.find(({ tag }) => unitOf(tag) === "examples/s");
  const spoken = told === undefined ? null : meanBetween(told, progress?.from ?? 0, Number.POSITIVE_INFINITY);
  if (told !== undefined && spoken !== null) return known(spoken, "examples/s", `as the program told it in ${told.tag}, mean`);
  const batch = Object.entries(flags).find(([name, value]) => BATCH_SIZE.test(name) && typeof value === "number" && value > 0);
  if (batch === undefined) return unknown("examples/s", "the program tells none, and no flag names a batch size");
  if (progress === null || steps.value === null) return unknown("examples/s", steps.note);
  if (stepsAreEpochs(progress, flags, events)) return unknown("examples/s", "its steps are epochs");
  if (DEVICES.test(batch[0])) return unknown("examples/s", `${batch[0]} is a batch size for each device`);
  return known(steps.value * Number(batch[1]), "examples/s", `steps a second times ${batch[0]}`, {
    range: steps.range === null ? null : [steps.range[0] * Number(batch[1]), steps.range[1] * Number(batch[1])],
  });
}

function stepsAreEpochs(progress: Progress, flags: Flags, events: readonly RunEvent[]): boolean {
  const epochs = Object.entries(flags).find(([name, value]) => EPOCHS.test(name) && typeof value === "number");
  if (epochs !== undefined && progress.lastStep <= Number(epochs[1])) return true;
  const marks = events.filter(({ kind, step }) => kind === "epoch" && step !== null);
  return marks.length > 1 && marks.every(({ step, detail }) => Number.parseFloat(detail.replace(/^\D+/, "")) === step);
}
