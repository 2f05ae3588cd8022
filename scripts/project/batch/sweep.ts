/**
 * A batch on disk: `sweeps/<id>/`, private as `runs/` is. Each file has one writer, so that any disk will do.
 *
 * `sweep.json` says what was typed and how trials are found, once. `plan.jsonl` has a line for each trial, all of them before the
 * first starts (an optimizer's as they are asked for). `trials.jsonl` has a line for each run that was started; how it went stands
 * in its record.
 */
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ToolError } from "../../../src/run/error.ts";
import { isRunId, makeRunId } from "../../../src/run/ids.ts";
import { findRun } from "../find-run.ts";
import type { Objective } from "./objective.ts";
import type { TrialFlags } from "./trials.ts";

export interface Sweep {
  schema: 1;
  /** Made as the name of a run is. */
  id: string;
  /** UTC ISO-8601. */
  created: string;
  /** As typed behind `guild run`: the operation or script, then flags and batch files. */
  words: string[];
  /** Options as they were given, without those that are about one sitting (`--jobs`, `--verbose`). */
  options: Record<string, unknown>;
  /** Where it was typed, relative to the project. */
  cwd: string;
  search: Search;
  /** What is best; for `grid` and `random` only the summary asks. */
  objective: Objective;
  /** Decides what is drawn. */
  seed: number;
  /** How many trials there are to be; an optimizer may be asked for as many. */
  trials: number;
}

export interface Search {
  /** `grid`, `random`, `optuna`. */
  algorithm: string;
  /** Settings of the algorithm, from `optimizers` of guild.yml. */
  settings: Record<string, unknown>;
}

export interface PlannedTrial {
  /** From 1. */
  trial: number;
  flags: TrialFlags;
  /** What records this trial alone, without the batch. */
  command: string[];
  /** The optimizer's own number for it. */
  asked?: number;
}

/** A run that was started for a trial. */
interface StartedTrial {
  trial: number;
  run: string;
}

/** Where a batch keeps its files. */
export function sweepFolder(root: string, id: string): string {
  return join(root, "sweeps", id);
}

/** Makes the folder of a new batch and writes what is known. Throws ToolError `not-writable` (exit code 125). */
export function createSweep(root: string, sweep: Omit<Sweep, "schema" | "id">, plan: readonly PlannedTrial[]): Sweep {
  const parent = join(root, "sweeps");
  try {
    mkdirSync(parent, { recursive: true });
    // What was typed may hold secrets, as everything in runs/ may.
    if (!existsSync(join(parent, ".gitignore"))) writeFileSync(join(parent, ".gitignore"), "*\n");
    const id = claimFolder(parent, new Date(sweep.created));
    const whole: Sweep = { ...sweep, schema: 1, id };
    writeFileSync(join(parent, id, "sweep.json"), `${JSON.stringify(whole, null, 2)}\n`, { mode: 0o600 });
    writeFileSync(join(parent, id, "plan.jsonl"), plan.map(lineOf).join(""), { mode: 0o600 });
    return whole;
  } catch (cause) {
    throw new ToolError(
      "not-writable",
      `Cannot write ${parent}: ${cause instanceof Error ? cause.message : cause}. Nothing was started.`,
      {
        hint: "Make the directory writable, or run guild in a project directory of your own.",
        exitCode: 125,
        cause,
      },
    );
  }
}

function claimFolder(parent: string, created: Date): string {
  for (let digits = 4; ; digits = Math.min(digits + 2, 16)) {
    const id = makeRunId(created, Math.random, digits);
    try {
      mkdirSync(join(parent, id));
      return id;
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    }
  }
}

/** Takes back a batch of which nothing has started. */
export function dropSweep(root: string, id: string): void {
  rmSync(sweepFolder(root, id), { recursive: true, force: true });
}

export function addToPlan(root: string, id: string, trial: PlannedTrial): void {
  appendFileSync(join(sweepFolder(root, id), "plan.jsonl"), lineOf(trial));
}

/** Notes that a run was started for a trial. */
export function noteStart(root: string, id: string, started: StartedTrial): void {
  appendFileSync(join(sweepFolder(root, id), "trials.jsonl"), lineOf(started));
}

function lineOf(what: object): string {
  return `${JSON.stringify(what)}\n`;
}

/** Ids of the batches whose folder is here, oldest first. */
export function sweepIds(root: string): string[] {
  const folder = join(root, "sweeps");
  return existsSync(folder) ? readdirSync(folder).filter(isRunId).sort() : [];
}

/** A batch with its plan, and for each trial the last run that was started for it. */
export interface KeptSweep {
  sweep: Sweep;
  plan: PlannedTrial[];
  runs: Map<number, string>;
}

/**
 * The batch that was meant: its id, the beginning of it, or the short name after the dash. Throws ToolError `unknown-sweep`,
 * `ambiguous-run` or `invalid-sweep` (exit code 2).
 */
export function readSweep(root: string, typed: string): KeptSweep {
  const id = findSweep(root, typed);
  const folder = sweepFolder(root, id);
  try {
    // Our own files: what a newer version wrote is refused, a last line that was cut short is left out.
    const sweep = JSON.parse(readFileSync(join(folder, "sweep.json"), "utf8")) as Sweep;
    if (sweep.schema !== 1) throw new Error(`its schema is ${sweep.schema}, this Guildhall knows 1`);
    const started = readLines<StartedTrial>(join(folder, "trials.jsonl"));
    const runs = new Map(started.map(({ trial, run }): [number, string] => [trial, run]));
    return { sweep, plan: readLines<PlannedTrial>(join(folder, "plan.jsonl")), runs };
  } catch (cause) {
    throw new ToolError("invalid-sweep", `Batch ${id} cannot be read: ${cause instanceof Error ? cause.message : cause}`, {
      hint: "Type the same command again with --needed: what has completed is not repeated.",
      exitCode: 2,
      cause,
    });
  }
}

function findSweep(root: string, typed: string): string {
  const ids = sweepIds(root);
  try {
    return findRun(typed, ids);
  } catch (error) {
    if (!(error instanceof ToolError) || error.name !== "unknown-run") throw error;
    const known = ids.length === 0 ? "None was started here." : `The last: ${ids.slice(-5).join(", ")}.`;
    throw new ToolError("unknown-sweep", `There is no batch "${typed}" in ${join(root, "sweeps")}`, { hint: known, exitCode: 2 });
  }
}

function readLines<T>(path: string): T[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, "utf8").split("\n").slice(0, -1);
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as T);
}
