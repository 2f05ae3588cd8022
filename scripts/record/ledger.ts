import type { Accumulator } from "../../src/run/accumulate.ts";
import type { Flags } from "../../src/run/types.ts";
import type { ExactLog } from "./exact-log.ts";
import type { Ledger } from "./sources/_contract.ts";
import type { StepClock } from "./step-clock.ts";

/**
 * The ledger of one run: what is found out goes into the exact log first, then into the summaries, so that whoever reads the log
 * later comes to the same record. Flags that are told are given to `onFlags`. Never throws what the disk throws: see ExactLog.
 */
export function openLedger(input: {
  log: ExactLog;
  summaries: Accumulator;
  steps: StepClock;
  onFlags: (flags: Flags) => void;
  warn: (message: string) => void;
}): Ledger {
  const { log, summaries, steps, onFlags, warn } = input;
  return {
    scalars(lines) {
      log.scalars(lines);
      for (const line of lines) summaries.scalar(line);
    },
    sample(line) {
      log.sample(line);
      summaries.sample(line);
    },
    event(event) {
      log.event(event);
      summaries.event(event);
    },
    flags: onFlags,
    steps,
    warn,
  };
}
