import { statSync } from "node:fs";
import { join } from "node:path";
import type { Run } from "../run/types.ts";
import { runsFolder } from "./runs.ts";

/**
 * What a run's page depends on besides its template: sizes and mtimes of the files it reads, the status (which is derived,
 * so that it can change without any file), and the package's version. Equal keys, equal page.
 *
 * Facts of the whole collection are not in here and so must not stand on a run's page.
 */
export function runCacheKey(root: string, run: Run, version: string): string {
  const folder = join(runsFolder(root), run.id);
  const stamps = READ.map((name) => stamp(join(folder, name), name));
  if (run.environment !== null) {
    stamps.push(stamp(join(root, "content", "environments", `${run.environment}.json`), "environment"));
  }
  return [version, run.status, ...stamps].join(" ");
}

/** What a page reads of a run's folder. A folder's own time changes with every picture that comes, goes or is replaced. */
const READ = ["run.json", "series.json", "system.json", "events.json", "output.txt", "edits.yml", "notes.md", "images"];

function stamp(path: string, name: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat === undefined ? `${name}:absent` : `${name}:${stat.size}:${stat.mtimeMs}`;
}
