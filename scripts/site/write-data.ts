import { statSync } from "node:fs";
import { mkdir, readFile, utimes, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { DataFile } from "./data-files.ts";

/** So many files are under way at once: the disk works while the pages are rendered. */
const LANES = 8;

/**
 * Brings the data files into `outDir`, leaving alone what is already right, and resolves to their paths. Rejects with the
 * file system's error.
 */
export async function writeData(files: DataFile[], outDir: string): Promise<string[]> {
  const folders = makeFolders();
  let next = 0;
  const lane = async () => {
    for (let file = files[next++]; file !== undefined; file = files[next++]) {
      const target = join(outDir, file.path);
      if ("copyOf" in file) await copyChanged(file.copyOf, target, folders);
      else await writeChanged(file.text(), target, folders);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return files.map((file) => file.path);
}

/** Makes each folder once, when the first file in it is to be written. */
function makeFolders(): (path: string) => Promise<unknown> {
  const made = new Map<string, Promise<unknown>>();
  return (path) => {
    const known = made.get(path) ?? mkdir(path, { recursive: true });
    made.set(path, known);
    return known;
  };
}

/**
 * The copy carries the original's time, so that the next build can see that nothing has changed, but not its mode: what is
 * read-only in an installed package must be replaceable in somebody's `dist/`. Looking is synchronous: it takes microseconds, and
 * ten times as long when it is awaited.
 */
async function copyChanged(source: string, target: string, folder: (path: string) => Promise<unknown>): Promise<void> {
  const from = statSync(source);
  const to = statSync(target, { throwIfNoEntry: false });
  if (to !== undefined && to.size === from.size && Math.abs(to.mtimeMs - from.mtimeMs) < 1) return;
  await folder(dirname(target));
  await writeFile(target, await readFile(source));
  await utimes(target, from.atime, from.mtime);
}

async function writeChanged(text: string, target: string, folder: (path: string) => Promise<unknown>): Promise<void> {
  const known = await readFile(target, "utf8").catch(() => null);
  if (known === text) return;
  await folder(dirname(target));
  await writeFile(target, text);
}
