import { constants, lstatSync, mkdirSync } from "node:fs";
import { copyFile } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
import type { SourceContext } from "./_contract.ts";

/** So many files, and so many bytes of them, are copied into a run. */
const MOST_FILES = 500;
const MOST_BYTES = 4 * 1024 ** 3;

/**
 * Copies the files that `guildhall: outputs:` names and the command has changed into RUN_DIR, under the paths that they have in
 * the project. A file that is there already stays. Returns what the run has now, relative to the project. What cannot be copied
 * is warned of.
 */
export async function keepOutputs({ ledger, root, runDir, outputs }: SourceContext, startedMs: number): Promise<Set<string>> {
  const kept = new Set<string>();
  if (outputs.length === 0) return kept;
  const { glob } = await import("glob");
  const ignore = ["**/node_modules/**", "**/.git/**", "runs/*/.guild/**", "content/**", "dist/**", ".guild/**"];
  const paths = (await glob([...outputs], { cwd: root, nodir: true, dot: false, ignore, posix: true })).sort();
  let bytes = 0;
  let omitted = 0;
  for (const path of paths) {
    const from = join(root, path);
    const stat = lstatSync(from, { throwIfNoEntry: false });
    if (!stat?.isFile() || stat.ctimeMs < startedMs || path.startsWith("..") || from.startsWith(runDir + sep)) continue;
    if (kept.size >= MOST_FILES || bytes + stat.size > MOST_BYTES) {
      omitted += 1;
      continue;
    }
    try {
      mkdirSync(dirname(join(runDir, path)), { recursive: true });
      await copyFile(from, join(runDir, path), constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
      bytes += stat.size;
      kept.add(path);
    } catch (error) {
      if (isThere(error)) kept.add(path);
      else ledger.warn(`${path} is not kept: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  if (omitted > 0)
    ledger.warn(`${omitted} more outputs are not kept: at most ${MOST_FILES} files and ${MOST_BYTES / 1024 ** 3} GiB are`);
  return kept;
}

function isThere(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EEXIST";
}
