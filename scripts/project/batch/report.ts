/** What is said of a batch: a line for each trial, and how all of them went. */
import type { Run } from "../../../src/run/types.ts";
import { formatDuration } from "../../../src/run/units.ts";
import type { PlannedTrial, Sweep } from "./sweep.ts";
import type { TrialFlags } from "./trials.ts";

/** How a trial ended; `before` has completed in another run and was not started, `stopped` ended with the batch. */
export interface Ended {
  trial: number;
  flags: TrialFlags;
  kind: "completed" | "failed" | "stopped" | "before";
  run: string | null;
  /** What it reached of the objective; null where it recorded no such scalar. */
  value: number | null;
  seconds: number | null;
  /** Why it failed, in a few words. */
  why: string | null;
}

/** The end of a trial by its record; without one it has failed. */
export function endOf({ trial, flags }: PlannedTrial, run: Run | null, value: number | null): Ended {
  if (run === null) return { trial, flags, kind: "failed", run: null, value, seconds: null, why: "it left no record" };
  const why =
    run.status === "completed"
      ? null
      : run.signal !== null
        ? run.signal
        : run.exitCode !== null
          ? `exit code ${run.exitCode}`
          : run.status;
  return { trial, flags, kind: why === null ? "completed" : "failed", run: run.id, value, seconds: run.durationSeconds, why };
}

/** `lr=0.1 seed=2`: as one would type them. */
export function flagsText(flags: TrialFlags): string {
  return Object.entries(flags)
    .map(([name, text]) => `${name}=${text}`)
    .join(" ");
}

/** ` 3/20  completed  20261123T190119-7f3a  1.2 s  lr=0.1  loss 0.31` */
export function trialLine(end: Ended, { trials, objective }: Pick<Sweep, "trials" | "objective">): string {
  const word = end.kind === "before" ? "done before" : end.kind;
  const parts = [
    `${String(end.trial).padStart(String(trials).length)}/${trials}`,
    word.padEnd("completed".length),
    end.run ?? "",
    end.seconds === null ? "" : formatDuration(end.seconds),
    flagsText(end.flags),
    end.why ?? (end.value === null ? "" : `${objective.tag} ${shortNumber(end.value)}`),
  ];
  return parts.filter((part) => part !== "").join("  ");
}

export interface Summary {
  sweep: Sweep;
  spec: string;
  ended: readonly Ended[];
  best: Ended | null;
  stopped: boolean;
  /** The batch's folder, as somebody standing in the shell's directory names it. */
  folder: string;
}

/** Failures named one by one; so many. */
const MOST_FAILURES = 10;

/** Several lines, ending with a newline: counts, the best, each failure, and how to go on where something is left. */
export function summaryText({ sweep, spec, ended, best, stopped, folder }: Summary): string {
  const of = (kind: Ended["kind"]) => ended.filter((end) => end.kind === kind);
  const failed = of("failed");
  const notStarted = sweep.trials - ended.length;
  const counts = [
    [of("completed").length, "completed"],
    [of("before").length, "done before"],
    [failed.length, "failed"],
    [of("stopped").length, "stopped"],
    [notStarted, "not started"],
  ] as const;
  const said = counts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  const lines = [
    `guild: ${stopped ? "stopped; " : ""}${sweep.trials} trials of ${spec}: ${said.join(", ")}`,
    ...(best === null
      ? []
      : [`  best    ${sweep.objective.tag} ${shortNumber(best.value ?? Number.NaN)}  ${flagsText(best.flags)}  ${best.run}`]),
    ...failed
      .slice(0, MOST_FAILURES)
      .map(({ trial, flags, why, run }) => `  failed  trial ${trial}: ${why}  ${flagsText(flags)}  ${run ?? ""}`.trimEnd()),
    ...(failed.length > MOST_FAILURES ? [`  failed  and ${failed.length - MOST_FAILURES} more`] : []),
    `  batch   ${folder}`,
  ];
  const isOpen = stopped || notStarted > 0 || failed.length > 0;
  return `${[...lines, ...(isOpen ? [`  go on   guild run --resume ${sweep.id}`] : [])].join("\n")}\n`;
}

function shortNumber(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(6))) : String(value);
}
