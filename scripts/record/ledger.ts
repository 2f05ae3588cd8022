import type { Accumulator } from "../../src/run/accumulate.ts";
import type { Flags, RunEvent, ScalarSource } from "../../src/run/types.ts";
import type { ExactLog } from "./exact-log.ts";
import type { Ledger } from "./sources/_contract.ts";
import type { StepClock } from "./step-clock.ts";

/** A line and the table that tell of one evaluation reach us so far apart. */
const SAME_MOMENT_SECONDS = 1.5;
/** The steps of so many evaluations are remembered. */
const REMEMBERED = 10_000;

/**
 * The ledger of one run: what is found out goes into the exact log first, then into the summaries, so that whoever reads the log
 * later comes to the same record. What is no line of the
 * log is given to `onFlags`, `onOutside` and `onNotRead`, for the manifest. Never throws what the disk throws: see ExactLog.
 */
export function openLedger(input: {
  log: ExactLog;
  summaries: Accumulator;
  steps: StepClock;
  onFlags: (flags: Flags) => void;
  onOutside: Ledger["outside"];
  onNotRead: Ledger["notRead"];
  warn: (message: string) => void;
}): Ledger {
  const { log, summaries, steps, onFlags, onOutside, onNotRead, warn } = input;
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
    event(told, src = "out") {
      // Some count epochs in parts: an epoch is told when it begins.
      const event = told.kind === "epoch" ? { ...told, detail: told.detail.replace(/^(\d+)\.\d+$/, "$1") } : told;
      if (!isNew(event, src)) return;
      log.event(event);
      summaries.event(event);
    },
    flags: onFlags,
    outside: onOutside,
    notRead: onNotRead,
    steps,
    warn,
  };
}

/** Says of an epoch or an evaluation whether it is not the one that was told just now, by this or another source. All else is new. */
function rememberMoments(): (event: RunEvent, src: ScalarSource) => boolean {
  let epoch: { src: ScalarSource; detail: string } | null = null;
  let evaluation: { src: ScalarSource; t: number } | null = null;
  const evaluated = new Map<number, ScalarSource>();
  return ({ kind, detail, t, step }, src) => {
    if (kind === "epoch") {
      // One counts from 0 and another from 1: whoever tells the first epoch tells them all.
      if (epoch !== null && (epoch.src !== src || epoch.detail === detail)) return false;
      epoch = { src, detail };
    } else if (kind === "eval") {
      const near = evaluation !== null && evaluation.src !== src && Math.abs(evaluation.t - t) < SAME_MOMENT_SECONDS;
      if (near || (step !== null && (evaluated.get(step) ?? src) !== src)) return false;
      evaluation = { src, t };
      if (step !== null) evaluated.set(step, src);
      for (const [oldest] of evaluated.size > REMEMBERED ? evaluated : []) {
        evaluated.delete(oldest);
        break;
      }
    }
    return true;
  };
}
