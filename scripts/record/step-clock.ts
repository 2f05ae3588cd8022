/** How far back a moment can be mapped to a step. */
const KEPT = 4096;

/**
 * A program prints its step and saves its checkpoint in either order, and a line reaches us a little after it was printed: a step
 * that was told so soon after a moment may be the moment's own.
 */
const NEAR_SECONDS = 0.1;

export interface StepClock {
  /** The program is at this step since `seconds` after the start. Times do not go back. */
  set(step: number, seconds: number): void;
  /**
   * The step at which the program was then: the one told last, or the one told right after, if that is nearer. Null before the
   * first step and for times that are forgotten.
   */
  at(seconds: number): number | null;
}

/** Remembers when the program was at which step, for what is found out later: a checkpoint's file has a time, not a step. */
export function makeStepClock(): StepClock {
  const times: number[] = [];
  const steps: number[] = [];
  return {
    set(step, seconds) {
      if (steps.at(-1) === step) return;
      times.push(seconds);
      steps.push(step);
      if (times.length > 2 * KEPT) {
        times.splice(0, KEPT);
        steps.splice(0, KEPT);
      }
    },
    at(seconds) {
      const index = times.findLastIndex((time) => time <= seconds);
      const since = seconds - (times[index] ?? Number.NEGATIVE_INFINITY);
      const until = (times[index + 1] ?? Number.POSITIVE_INFINITY) - seconds;
      return steps[until < since && until <= NEAR_SECONDS ? index + 1 : index] ?? null;
    },
  };
}
