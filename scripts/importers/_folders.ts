import { readdirSync } from "node:fs";
import { join } from "node:path";

const DEPTH = 8;
const SKIPPED = /^(?:node_modules|__pycache__|site-packages|\.git|\.venv)$/;

/**
 * Folders under `folder`, itself first, for which `take` says yes, by name; the folders inside such a one are only looked at with
 * `inside`. Links are not followed, what cannot be read is passed over, and eight levels are looked at.
 */
export function findFolders(folder: string, take: (path: string, names: readonly string[]) => boolean, inside = false): string[] {
  const found: string[] = [];
  const visit = (path: string, depth: number): void => {
    const entries = entriesOf(path);
    const taken = take(
      path,
      entries.map(({ name }) => name),
    );
    if (taken) found.push(path);
    if ((taken && !inside) || depth >= DEPTH) return;
    for (const entry of entries) if (entry.isDirectory() && !SKIPPED.test(entry.name)) visit(join(path, entry.name), depth + 1);
  };
  visit(folder, 0);
  return found;
}

/** By name; what cannot be read has none. */
export function entriesOf(path: string) {
  try {
    return readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}
