import type { Series } from "../run/types.ts";

/** Which step a run had reached at which time: system samples, which know only the time, are placed on the step axis by it. */
export interface StepClock {
  firstStep: number;
  lastStep: number;
  /** Seconds since the run started. */
  firstTime: number;
  lastTime: number;
  /** The step at a time, interpolated; null before the first step and after the last, where nothing was being counted. */
  stepAt(time: number): number | null;
}

/**
 * Makes the clock from one series: `tag` if the run has it (a page passes its main metric), else the series with the most
 * points, the first of equals. A longer series that counts the same steps (a loss at each step beside an accuracy at each
 * epoch) reads the same clock more often and begins earlier, so it is taken instead.
 *
 * Only points that go forward in step and time count, so that a restart does not turn the clock back. Null when no series
 * has two such points: a run that never counted steps has no clock.
 */
export function stepClock(series: readonly Series[], tag: string | null): StepClock | null {
  const longest = clockOf(longestOf(series));
  const wanted = series.find((one) => one.tag === tag);
  if (wanted === undefined) return longest;
  const own = clockOf(wanted);
  if (own === null || longest === null) return own ?? longest;
  return agrees(longest, wanted) ? longest : own;
}

/** Does the clock show, at each of the series' points that it covers, that point's step to within a fiftieth of its span? */
function agrees(clock: StepClock, series: Series): boolean {
  const tolerance = (clock.lastStep - clock.firstStep) / 50;
  let seen = 0;
  for (let i = 0; i < series.steps.length; i += 1) {
    const step = clock.stepAt(series.times[i]!);
    if (step === null) continue;
    if (Math.abs(step - series.steps[i]!) > tolerance) return false;
    seen += 1;
  }
  return seen * 2 >= series.steps.length;
}

function clockOf(source: Series | undefined): StepClock | null {
  if (source === undefined) return null;
  const steps: number[] = [];
  const times: number[] = [];
  for (let i = 0; i < source.steps.length; i += 1) {
    const step = source.steps[i]!;
    const time = source.times[i]!;
    if (steps.length > 0 && (step <= steps.at(-1)! || time < times.at(-1)!)) continue;
    steps.push(step);
    times.push(time);
  }
  if (steps.length < 2) return null;
  const firstTime = times[0]!;
  const lastTime = times.at(-1)!;
  return {
    firstStep: steps[0]!,
    lastStep: steps.at(-1)!,
    firstTime,
    lastTime,
    stepAt(time) {
      if (!(time >= firstTime && time <= lastTime)) return null;
      const after = firstIndexAtLeast(times, time);
      if (after === 0) return steps[0]!;
      const from = times[after - 1]!;
      const share = times[after]! === from ? 1 : (time - from) / (times[after]! - from);
      return steps[after - 1]! + share * (steps[after]! - steps[after - 1]!);
    },
  };
}

function longestOf(series: readonly Series[]): Series | undefined {
  let best: Series | undefined;
  for (const one of series) if (best === undefined || one.count > best.count) best = one;
  return best;
}

/** Index of the first element that is at least `value` in an ascending array; its length when there is none. */
export function firstIndexAtLeast(ascending: readonly number[], value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
