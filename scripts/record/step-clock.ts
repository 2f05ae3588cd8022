/** How far back a moment can be mapped to a step. */
const KEPT = 4096;

export interface StepClock {
  /** The program is at this step since `seconds` after the start. Times do not go back. */
  set(step: number, seconds: number): void;
  /** The step at which the program was then; null before the first, the oldest that is known when it was long ago. */
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
      return steps[Math.max(index, 0)] === undefined || times[0]! > seconds ? null : steps[index]!;
    },
  };
}
