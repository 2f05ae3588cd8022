import { existsSync } from "node:fs";
import { dirname } from "node:path";

/** What happened to the disk, by the system's word for it, and what follows. */
const SENTENCES: Record<string, string> = {
  ENOSPC: "The disk is full (ENOSPC): nothing more is recorded until there is room. The command goes on.",
  EDQUOT: "Your quota of the disk is used up (EDQUOT): nothing more is recorded until there is room. The command goes on.",
  EROFS: "The disk can only be read now (EROFS): nothing more is recorded. The command goes on.",
};

/**
 * A sentence for the user about work on our own files that failed: what was hindered, and why. A disk that is full or read-only, and
 * a folder that was deleted, are said in the same words wherever they show, so that they are said once.
 */
export function diskTrouble(what: string, error: unknown): string {
  if (!(error instanceof Error)) return `${what}: ${String(error)}`;
  const code = "code" in error ? String(error.code) : "";
  const path = "path" in error ? String(error.path) : "";
  const sentence = SENTENCES[code];
  if (sentence !== undefined) return sentence;
  const folder = path === "" ? "" : missingAbove(path);
  if (code === "ENOENT" && folder !== "") {
    return `${folder} was deleted while the run was recorded: what belongs there is lost. The command goes on.`;
  }
  return `${what}: ${error.message}`;
}

/** The outermost folder on the way to `path` that is not there; "" when only the file itself is missing. */
function missingAbove(path: string): string {
  let missing = "";
  for (let folder = dirname(path); !existsSync(folder) && folder !== dirname(folder); folder = dirname(folder)) missing = folder;
  return missing;
}
