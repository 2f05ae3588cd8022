/** `--needed`: has this been done already? */
import { redactorHere } from "../../../src/load/redactor.ts";
import { readRun } from "../../../src/load/runs.ts";
import type { Flags, Run } from "../../../src/run/types.ts";
import { indexRuns } from "../run-index.ts";

/** What makes two runs the same work. */
export interface Task {
  operation: string;
  model: string | null;
  command: readonly string[];
  flags: Flags;
  parents: Run["parents"];
}

/** How an older run is linked to what it repeats; the work is the same. */
const REPEATS = "restart";

/**
 * Looks for completed runs of the same operation with the same flags, made from the same runs, with the code as it is now (`digest`
 * as `code.digest` of a record; null is unknown and equals nothing). The newest one's id, or null.
 *
 * Flags that a run has told of itself and nobody typed do not count. Records are read when first asked for, and again those that are new.
 */
export function finder(root: string, digest: string | null): (task: Task) => string | null {
  const codes = new Map<string, { run: Run | null }>();
  const recordOf = (id: string): Run | null => {
    const known = codes.get(id) ?? { run: readRun(root, id) };
    codes.set(id, known);
    return known.run;
  };
  return (task) => {
    if (digest === null) return null;
    // Records are redacted, so what is looked for has to be, too: a path at home stands as ~ in them.
    const redactor = redactorHere(root, null, { argv: task.command, flags: task.flags });
    const flags = redactor.flags(task.flags);
    const parents = parentsOf(task);
    const found = indexRuns(root).find((run) => {
      if (run.status !== "completed" || run.operation !== task.operation || run.model !== task.model) return false;
      if (!Object.entries(flags).every(([name, value]) => sameValue(run.flags[name] ?? null, value))) return false;
      const record = recordOf(run.id);
      return record !== null && record.code.digest === digest && parentsOf(record) === parents;
    });
    return found?.id ?? null;
  };
}

function sameValue(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function parentsOf({ parents }: Pick<Run, "parents">): string {
  return JSON.stringify(
    Object.entries(parents)
      .filter(([name]) => name !== REPEATS)
      .sort(),
  );
}
