import { constants, lstatSync, mkdirSync } from "node:fs";
import { copyFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { SourceContext } from "./_contract.ts";
import { pathPattern } from "./path-pattern.ts";

/** So many files, and so many bytes of them, are copied into a run. */
const MOST_FILES = 500;
const MOST_BYTES = 4 * 1024 ** 3;

/**
 * Copies those of the `changed` files that `guildhall: outputs:` names into RUN_DIR, under the paths that they have in the
 * project. A file that is there already stays. Returns what the run has now, relative to the project as `changed` is. What cannot
 * be copied is warned of.
 */
export async function keepOutputs(
  { ledger, root, runDir, outputs }: SourceContext,
  changed: readonly string[],
): Promise<Set<string>> {
  const kept = new Set<string>();
  const wanted = outputs.map(pathPattern);
  let bytes = 0;
  let omitted = 0;
  for (const path of changed.filter((one) => wanted.some((matches) => matches(one)))) {
    const from = join(root, path);
    const stat = lstatSync(from, { throwIfNoEntry: false });
    if (!stat?.isFile()) continue;
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
