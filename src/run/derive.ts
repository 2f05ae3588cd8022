/** What a run's own figures say together: its speed, what it waited for, what it needed. */

import { dataWait, gpuBusy, steadyPart } from "./derive/busy.ts";
import { cpuEnergy, gpuEnergy } from "./derive/energy.ts";
import { peakMemory } from "./derive/memory.ts";
import { outOfMemory } from "./derive/out-of-memory.ts";
import { progressOf } from "./derive/progress.ts";
import { examplesPerSecond, stepsPerSecond } from "./derive/throughput.ts";
import type { Derived, Run, RunEvent, Series } from "./types.ts";

export interface Recorded {
  run: Pick<Run, "flags" | "status" | "exitCode" | "signal">;
  series: readonly Series[];
  system: readonly Series[];
  events: readonly RunEvent[];
  /** The end of what it printed is enough. */
  output: string;
}

/**
 * Derives the figures of a run from its series. The same series give the same figures, so the recorder and a refresh agree. What
 * cannot be told is null with the reason; nothing is guessed. No series at all makes every figure unknown.
 */
export function derive({ run, series, system, events, output }: Recorded): Derived {
  const progress = progressOf(series);
  const steady = steadyPart(progress, system);
  const steps = stepsPerSecond(progress);
  const peak = peakMemory(system);
  return {
    stepsPerSecond: steps,
    examplesPerSecond: examplesPerSecond(steps, progress, { series, flags: run.flags, events }),
    dataWait: dataWait(system, steady),
    gpuBusy: gpuBusy(system, steady),
    peakMemory: peak,
    gpuEnergy: gpuEnergy(system),
    cpuEnergy: cpuEnergy(system),
    outOfMemory: outOfMemory(run, system, peak, output),
  };
}
