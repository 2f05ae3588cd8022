import { mkdirSync, readFileSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { DataFile } from "./data-files.ts";

/**
 * Brings the data files into `outDir`, leaving alone what is already right, and returns their paths in the same order. Works
 * through: a build calls it in a thread of its own (`data-thread.ts`). Throws the file system's error.
 */
export function writeData(files: readonly DataFile[], outDir: string): string[] {
  const made = new Set<string>();
  const folderOf = (target: string): void => {
    const folder = dirname(target);
    if (!made.has(folder)) mkdirSync(folder, { recursive: true });
    made.add(folder);
  };
  for (const file of files) {
    const target = join(outDir, file.path);
    if ("copyOf" in file) copyChanged(file.copyOf, target, folderOf);
    else writeChanged(file.text(), target, folderOf);
  }
  return files.map((file) => file.path);
}

/**
 * The copy carries the original's time, so that the next build can see that nothing has changed, but not its mode: what is
 * read-only in an installed package must be replaceable in somebody's `dist/`.
 */
function copyChanged(source: string, target: string, folderOf: (target: string) => void): void {
  const from = statSync(source);
  const to = statSync(target, { throwIfNoEntry: false });
  if (to !== undefined && to.size === from.size && Math.abs(to.mtimeMs - from.mtimeMs) < 1) return;
  folderOf(target);
  writeFileSync(target, readFileSync(source));
  utimesSync(target, from.atime, from.mtime);
}

function writeChanged(text: string, target: string, folderOf: (target: string) => void): void {
  if (statSync(target, { throwIfNoEntry: false }) !== undefined && readFileSync(target, "utf8") === text) return;
  folderOf(target);
  writeFileSync(target, text);
}
