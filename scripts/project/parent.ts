/** The run that another one is made from: `evaluate` needs what a `train` left in its directory. */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { readRun } from "../../src/load/runs.ts";
import { ToolError } from "../../src/run/error.ts";
import { isRunId } from "../../src/run/ids.ts";
import type { Run } from "../../src/run/types.ts";
import { namedRun } from "./named-run.ts";

export interface Parent {
  id: string;
  /** Absolute. */
  runDir: string;
}

/**
 * Chooses among runs whose `runs/<id>/` is on this machine: the one that `typed` names, or else the latest completed run
 * of `operation`. Hidden and broken records are passed over.
 *
 * Throws ToolError `missing-parent` (exit code 2) with the command to type first; `unknown-run`, `ambiguous-run`.
 */
export function chooseParent(root: string, operation: string, typed: string | null): Parent {
  const id = typed === null ? latestCompleted(root, operation) : namedRun(root, typed, localRuns(root));
  if (id !== null) return { id, runDir: join(root, "runs", id) };
  throw new ToolError("missing-parent", `There is no completed run of ${operation} in ${join(root, "runs")}`, {
    hint: `Type first: guild ${operation}`,
    exitCode: 2,
  });
}

/** Ids of the runs whose own directory is here, oldest first. */
export function localRuns(root: string): string[] {
  const folder = join(root, "runs");
  return existsSync(folder) ? readdirSync(folder).filter(isRunId).sort() : [];
}

/** The newest completed run of an operation whose own directory is here, or null. */
export function latestCompleted(root: string, operation: string): string | null {
  return latestRun(root, (run) => run.operation === operation);
}

/**
 * The newest completed run that fits, whose own directory is here, or null. Reads newest first and only as far as needed: a
 * project may have thousands of runs.
 */
export function latestRun(root: string, fits: (run: Run) => boolean): string | null {
  let latest: { id: string; started: string } | null = null;
  for (const id of localRuns(root).reverse()) {
    // Names tell the second; runs of one second are in no order.
    if (latest !== null && secondOf(id) !== secondOf(latest.id)) break;
    if (!existsSync(join(root, "content", "runs", id, "run.json"))) continue;
    const run = readRun(root, id);
    if (run === null || run.status !== "completed" || run.hidden || !fits(run)) continue;
    if (latest === null || run.started > latest.started) latest = run;
  }
  return latest?.id ?? null;
}

function secondOf(id: string): string {
  return id.slice(0, "20261123T190119".length);
}
