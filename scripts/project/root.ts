/** Which directory is the project: where `guild.yml`, `runs/` and `content/` are, or will be made. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * The project directory for somebody standing in `cwd` (absolute): the nearest directory upwards with a `guild.yml`; else
 * the nearest with `content/runs`; else the top of the git repository; else `cwd` itself.
 *
 * The home directory is taken only when one stands in it: a home kept in git is not the project of what lies in it.
 */
export function findRoot(cwd: string, home: string | null = null, exists: (path: string) => boolean = existsSync): string {
  const upwards = ancestors(cwd).filter((folder) => folder === cwd || folder !== home);
  for (const mark of ["guild.yml", join("content", "runs"), ".git"]) {
    const found = upwards.find((folder) => exists(join(folder, mark)));
    if (found !== undefined) return found;
  }
  return cwd;
}

/** The directory itself first, the file system's root last. */
function ancestors(folder: string): string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...ancestors(parent)];
}
