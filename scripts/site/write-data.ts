import { existsSync, mkdirSync, readFileSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { DataFile } from "./data-files.ts";

/** Brings the data files into `outDir`, leaving alone what is already right, and gives back their paths. */
export function writeData(files: DataFile[], outDir: string): string[] {
  for (const file of files) {
    const target = join(outDir, file.path);
    mkdirSync(dirname(target), { recursive: true });
    if ("copyOf" in file) copyChanged(file.copyOf, target);
    else writeChanged(file.text(), target);
  }
  return files.map((file) => file.path);
}

/**
 * The copy carries the original's time, so that the next build can see that nothing has changed, but not its mode: what is
 * read-only in an installed package must be replaceable in somebody's `dist/`.
 */
function copyChanged(source: string, target: string): void {
  const from = statSync(source);
  const to = statSync(target, { throwIfNoEntry: false });
  if (to !== undefined && to.size === from.size && Math.abs(to.mtimeMs - from.mtimeMs) < 1) return;
  writeFileSync(target, readFileSync(source));
  utimesSync(target, from.atime, from.mtime);
}

function writeChanged(text: string, target: string): void {
  if (existsSync(target) && readFileSync(target, "utf8") === text) return;
  writeFileSync(target, text);
}
