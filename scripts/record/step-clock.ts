import type { ScalarSource } from "../../src/run/types.ts";

/** How far back a moment can be mapped to a step. */
const KEPT = 4096;

/**
 * A program prints its step and saves its checkpoint in either order, and a line reaches us a little after it was printed: a step
 * that was told so soon after a moment may be the moment's own.
 */
const NEAR_SECONDS = 0.1;

export interface StepClock {
  /**
   * The program is at this step since `seconds` after the start. Output tells it at once; files tell it later, for times that may
   * have gone by.
   */
  set(step: number, seconds: number, src?: ScalarSource): void;
  /**
   * The step at which the program was then: the one told last, or the one told right after, if that is nearer. Where several
   * sources tell steps it is the finest count (epochs are printed, batches stand in the event file). Null before the first step
   * and for times that are forgotten.
   */
  at(seconds: number): number | null;
  /** When the first step that is remembered was told, in seconds after the start; null before it. */
  first(): number | null;
}

/** Remembers when the program was at which step, for what is found out later: a checkpoint's file has a time, not a step. */
export function makeStepClock(): StepClock {
  const tracks = new Map<ScalarSource, Track>();
  return {
    set(step, seconds, src = "out") {
      const track = tracks.get(src) ?? { times: [], steps: [], highest: Number.NEGATIVE_INFINITY };
      tracks.set(src, track);
      add(track, step, seconds);
    },
    at(seconds) {
      const [finest] = [...tracks.values()].sort((a, b) => b.highest - a.highest);
      return finest === undefined ? null : stepAt(finest, seconds);
    },
    first() {
      const firsts = [...tracks.values()].map(({ times }) => times[0] ?? Number.POSITIVE_INFINITY);
      const first = Math.min(...firsts);
      return Number.isFinite(first) ? first : null;
    },
  };
}

/** In order of time. */
interface Track {
  times: number[];
  steps: number[];
  highest: number;
}

function add(track: Track, step: number, seconds: number): void {
  const { times, steps } = track;
  track.highest = Math.max(track.highest, step);
  const last = times.at(-1) ?? Number.NEGATIVE_INFINITY;
  if (seconds < last) {
    // A second file tells of times that have gone by.
    const at = times.findLastIndex((time) => time <= seconds) + 1;
    if (steps[at - 1] === step || steps[at] === step) return;
    times.splice(at, 0, seconds);
    steps.splice(at, 0, step);
  } else if (steps.at(-1) !== step) {
    times.push(seconds);
    steps.push(step);
  }
  if (times.length > 2 * KEPT) {
    times.splice(0, KEPT);
    steps.splice(0, KEPT);
  }
}

function stepAt({ times, steps }: Track, seconds: number): number | null {
  const index = times.findLastIndex((time) => time <= seconds);
  const since = seconds - (times[index] ?? Number.NEGATIVE_INFINITY);
  const until = (times[index + 1] ?? Number.POSITIVE_INFINITY) - seconds;
  return steps[until < since && until <= NEAR_SECONDS ? index + 1 : index] ?? null;
}
