import type { Accumulator } from "../../src/run/accumulate.ts";
import type { EventKind, Flags, RunEvent, ScalarSource } from "../../src/run/types.ts";
import type { ExactLog } from "./exact-log.ts";
import type { Ledger } from "./sources/_contract.ts";
import type { StepClock } from "./step-clock.ts";

/** A line and the table that tell of one evaluation reach us so far apart. */
const SAME_MOMENT_SECONDS = 1.5;

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
  const isNew = rememberMoments();
  return {
    scalars(lines) {
      log.scalars(lines);
      for (const line of lines) summaries.scalar(line);
    },
    sample(line) {
      log.sample(line);
      summaries.sample(line);
    },
    event(event, src = "out") {
      if (!isNew(event, src)) return;
      log.event(event);
      summaries.event(event);
    },
    flags: onFlags,
    steps,
    warn,
  };
}

/** Says of an epoch or an evaluation whether it is not the one that another source has just told. All else is new. */
function rememberMoments(): (event: RunEvent, src: ScalarSource) => boolean {
  const told = new Map<string, { src: ScalarSource; t: number }>();
  const kinds: readonly EventKind[] = ["epoch", "eval"];
  return ({ kind, detail, t }, src) => {
    if (!kinds.includes(kind)) return true;
    // Epochs have numbers; an evaluation has many names.
    const key = kind === "epoch" ? `epoch ${detail}` : kind;
    const before = told.get(key);
    const same = before !== undefined && before.src !== src && (kind === "epoch" || Math.abs(before.t - t) < SAME_MOMENT_SECONDS);
    if (same) return false;
    told.set(key, { src, t });
    if (told.size > 10_000) told.delete(told.keys().next().value ?? "");
    return true;
  };
}
