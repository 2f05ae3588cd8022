/** Throw-away projects and the command that the figures measure in them. */
import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const repository: string = join(import.meta.dirname, "../..");

/** `guild`, run from this checkout with this Node. */
export const guild: readonly string[] = [process.execPath, join(repository, "scripts/launch.mjs")];

/** Calls `use` with an empty folder and removes it afterwards, whatever happened. */
export async function withFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "guildhall-bench-"));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Copies this repository's `guild.yml` and `content/`, without what was built or recorded privately. */
export function copyGallery(folder: string): void {
  for (const name of ["guild.yml", "content"]) {
    if (existsSync(join(repository, name))) cpSync(join(repository, name), join(folder, name), { recursive: true });
  }
}
