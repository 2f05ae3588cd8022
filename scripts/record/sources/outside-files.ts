import { type Dirent, fstatSync, lstatSync, readdirSync, type Stats } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { isRunId } from "../../../src/run/ids.ts";
import type { OpenSource } from "./_contract.ts";
import { keepOutputs } from "./kept-outputs.ts";

/** So many files and folders are looked at when the command has ended, and so many paths are listed. */
const MOST_ENTRIES = 20_000;
const LISTED = 50;
/** So many of them are named in the warning. */
const NAMED = 4;
/** What a person may be editing while the command runs; it counts only when the command was seen to write it. */
const SOURCES = /\.(?:py|ipynb|js|mjs|cjs|ts|tsx|astro|mdx?|sh|rs|go|c|cc|cpp|h|hpp|cu|java|jl|R|lua|toml|ya?ml)$/i;
const NOT_OUTPUT = /^(?:node_modules|__pycache__|site-packages|venv|env|\..*|.*\.(?:pyc|swp|part|lock)|.*~)$/;
/** Places that many programs share: only files that the command was seen to write count there. */
const SHARED = /^\/(?:tmp|var\/tmp|dev\/shm|home\/[^/]+|root)$/;

/**
 * The files that the command has changed outside of RUN_DIR: in the project, where it ran, and in folders where its processes
 * held a file open for writing. They are listed, copied into the run where `guildhall: outputs:` names them, and said once.
 */
export const openOutsideFiles: OpenSource = (context) => {
  const { ledger, root, cwd, runDir, clock } = context;
  const startedMs = clock.started.getTime();
  const written = new Set<string>();
  const look = (): void => {
    for (const { path } of context.openFiles()) if (!isInside(path, runDir) && written.size < MOST_ENTRIES) written.add(path);
  };
  return {
    look,
    async end() {
      look();
      const changed = changedFiles({ root, cwd, runDir, written, startedMs });
      const kept = await keepOutputs(context, [...changed].map((path) => shownPath(path, root)).sort());
      const paths = [...changed]
        .filter((path) => written.has(path) || !SOURCES.test(path))
        .map((path) => shownPath(path, root))
        .sort();
      if (paths.length > 0) ledger.outside(collapsed(paths));
      const left = paths.filter((path) => !kept.has(path));
      if (left.length > 0) ledger.warn(warningOf(left));
    },
  };
};

function warningOf(paths: readonly string[]): string {
  const more = paths.length > NAMED ? ` and ${paths.length - NAMED} more` : "";
  const what = paths.length === 1 ? "a file" : `${paths.length} files`;
  return `The command changed ${what} outside its run's directory: ${paths.slice(0, NAMED).join(", ")}${more}. The next run may overwrite ${
    paths.length === 1 ? "it" : "them"
  }: write to $RUN_DIR (\${RUN_DIR} in a flag), or keep copies with "outputs:" under "guildhall:" in guild.yml`;
}

/** Absolute paths, those of source files too. */
function changedFiles(input: {
  root: string;
  cwd: string;
  runDir: string;
  written: Set<string>;
  startedMs: number;
}): Set<string> {
  const { root, cwd, runDir, written, startedMs } = input;
  const own = ownOutput();
  const found = new Set<string>();
  const take = (path: string, stat: Stats | undefined): void => {
    if (stat?.isFile() && stat.ctimeMs >= startedMs && !own.has(`${stat.dev} ${stat.ino}`)) found.add(path);
  };
  let left = MOST_ENTRIES;
  const walk = (folder: string, deeper: boolean): void => {
    for (const entry of entriesOf(folder)) {
      left -= 1;
      if (left < 0) return;
      const path = join(folder, entry.name);
      if (NOT_OUTPUT.test(entry.name)) continue;
      if (entry.isDirectory()) {
        if (deeper && !isOurs(path, root, runDir)) walk(path, true);
      } else if (entry.isFile()) take(path, lstatSync(path, { throwIfNoEntry: false }));
    }
  };
  for (const path of written) {
    if (!isOurs(path, root, runDir) && !path.split(sep).some((part) => NOT_OUTPUT.test(part)))
      take(path, lstatSync(path, { throwIfNoEntry: false }));
  }
  walk(root, true);
  if (!isInside(cwd, root) && !SHARED.test(cwd)) walk(cwd, true);
  for (const folder of new Set([...found].map((path) => dirname(path)))) {
    if (!isInside(folder, root) && !isInside(folder, cwd) && !SHARED.test(folder)) walk(folder, false);
  }
  return found;
}

/** The recorder's own records, the site's, and other runs. */
function isOurs(path: string, root: string, runDir: string): boolean {
  if (isInside(path, runDir) || path === runDir) return true;
  const [first = "", second = ""] = relative(root, path).split(sep);
  return ["content", "dist", ".guild", "sweeps"].includes(first) || (first === "runs" && isRunId(second));
}

/** Where our own stdout and stderr go: a shell may have led them into a file of the project. */
function ownOutput(): Set<string> {
  return new Set(
    [1, 2].map((fd) => {
      try {
        const { dev, ino } = fstatSync(fd);
        return `${dev} ${ino}`;
      } catch {
        return ""; // closed
      }
    }),
  );
}

/** Relative to the project where it is below it, forward slashes. */
function shownPath(path: string, root: string): string {
  return isInside(path, root) ? relative(root, path).split(sep).join("/") : path;
}

function isInside(path: string, folder: string): boolean {
  return path.startsWith(folder + sep);
}

/** At most 50: the folders with the most files stand for them, as `folder/`. Sorted. */
export function collapsed(paths: readonly string[]): string[] {
  let shown = [...paths];
  while (shown.length > LISTED) {
    const counts = new Map<string, number>();
    for (const path of shown) {
      const folder = path.replace(/[^/]+\/?$/, "");
      counts.set(folder, (counts.get(folder) ?? 0) + 1);
    }
    const [largest] = [...counts].filter(([folder]) => folder !== "").sort(([, a], [, b]) => b - a);
    // A thousand files beside each other in the project itself: the first by name.
    if (largest === undefined || largest[1] < 2) return shown.slice(0, LISTED);
    shown = [...new Set([...shown.filter((path) => !path.startsWith(largest[0])), largest[0]])].sort();
  }
  return shown;
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return []; // gone, or not ours to read
  }
}
