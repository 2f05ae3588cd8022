/** Runs of other Guildhall projects, and what `guild export` has written: they are merged by copying folders. */
import { cpSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { readRun, runIds } from "../../src/load/runs.ts";

/** Runs in the `content/runs` of `folder`, and whether they are new to the project at `root`. A folder without has none. */
export function exportedRuns(folder: string, root: string): { id: string; state: "new" | "here" }[] {
  if (folder === root || !existsSync(join(folder, "content", "runs"))) return [];
  return runIds(folder).map((id) => ({ id, state: existsSync(join(root, "content", "runs", id)) ? "here" : "new" }));
}

/** Copies a run with its environment from one project to another; what is there already stays. `own` copies its directory too. */
export function copyExported(from: string, to: string, id: string, own: boolean): void {
  const environment = readRun(from, id)?.environment ?? null;
  const parts = [
    join("content", "runs", id),
    ...(environment === null ? [] : [join("content", "environments", `${environment}.json`)]),
    ...(own ? [join("runs", id)] : []),
  ];
  for (const part of parts) {
    if (!existsSync(join(from, part))) continue;
    mkdirSync(join(to, part, ".."), { recursive: true });
    cpSync(join(from, part), join(to, part), { recursive: true, force: false, preserveTimestamps: true });
  }
}
