import { closeSync, openSync, readSync, type Stats, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { isRunId } from "../../../src/run/ids.ts";
import type { Format } from "../../formats/_contract.ts";
import type { SourceContext } from "./_contract.ts";
import { indexFolder } from "./folder-index.ts";

const HEAD_BYTES = 4096;
/** So many files of which nothing is known yet are looked into at one look. */
const HEADS = 100;
/** So many event files of strangers, and sizes of older tables, are remembered. */
const REMEMBERED = 1000;
/** Files that none of the formats is for, by their name: they need not be opened to know it. */
const NAMED_OTHERWISE =
  /\.(?:png|jpe?g|webp|gif|svg|pdf|html?|css|js|ts|py|pyc|ipynb|sh|md|ya?ml|toml|pt|pth|ckpt|h5|hdf5|keras|safetensors|onnx|pkl|joblib|np[yz]|tflite|msgpack|bin|cbm|ubj|zip|gz|tar|xz|zst|parquet|arrow|feather|mp4|wav|so|lock)$/i;
/** Folders of a project in which no training leaves its logs. */
const NOT_LOGS = /^(?:node_modules|__pycache__|site-packages|content|dist|venv|env|\..*)$/;
const TABLE = /\.(?:csv|tsv|log|txt|jsonl|ndjson|json)$/i;

export interface FoundFile {
  /** Absolute. */
  path: string;
  /** Where it lies: names are relative to RUN_DIR, to where the command runs, or else to the root of the file system. */
  base: string;
  /** Forward slashes. */
  name: string;
  format: string;
  open: Format["open"];
  /** It was there before the run; and what lies before this byte was too. */
  older: boolean;
  from: number;
  madeMs: number;
}

export interface Finder {
  /** Looks around; true while there are files that may hold measurements. */
  seek(): boolean;
  /** Files of those that have been recognised since the last call, parents before children. */
  recognise(formats: Readonly<Record<string, Format>>): FoundFile[];
}

/**
 * Finds the files with measurements that the program writes: anywhere under RUN_DIR, those that its processes hold open for
 * writing, and event files in the folder where it runs that carry the number of one of its processes (TensorBoard's writer opens
 * its file only to append). Tables that are appended to count from the size that they had when the run began.
 */
export function makeFinder(context: SourceContext): Finder {
  const { clock, runDir, cwd, pids, openFiles } = context;
  const startedMs = clock.started.getTime();
  const around = indexFolder(cwd, { enter: (path) => entersProject(path, cwd, runDir) });
  const here = indexFolder(runDir, { enter: (path) => path !== ".guild" });
  const early = around.refresh();
  const before = sizesBefore(early, cwd, startedMs);
  const seenPids = new Set<number>();
  /** Event files around of which no process has been seen to be ours yet. */
  let strangers = newEventFiles(early, cwd, startedMs);
  const decided = new Set<string>();
  /** With the size at which they were last looked into. */
  const undecided = new Map<string, { size: number; append: boolean }>();

  const consider = (path: string, append: boolean): void => {
    if (decided.has(path) || undecided.has(path) || NAMED_OTHERWISE.test(path)) return;
    undecided.set(path, { size: 0, append });
  };
  const discover = (): void => {
    for (const pid of pids()) seenPids.add(pid);
    for (const path of here.refresh()) consider(join(runDir, path), false);
    for (const { path, append } of openFiles()) if (!path.startsWith(join(runDir, ".guild") + sep)) consider(path, append);
    const waiting = [...strangers, ...newEventFiles(around.refresh(), cwd, startedMs)];
    strangers = waiting.filter((path) => !seenPids.has(writerOf(path) ?? -1)).slice(-REMEMBERED);
    for (const path of waiting) if (seenPids.has(writerOf(path) ?? -1)) consider(path, false);
  };
  const baseOf = (path: string): string => [runDir, cwd].find((folder) => path.startsWith(folder + sep)) ?? sep;
  const nameOf = (path: string): string => relative(baseOf(path), path).split(sep).join("/");
  const found = (path: string, append: boolean, stat: Stats, [format, { open }]: [string, Format]): FoundFile => {
    const older = stat.birthtimeMs < startedMs && !path.startsWith(runDir + sep);
    const from = older && append ? (before.get(path) ?? stat.size) : 0;
    return { path, base: baseOf(path), name: nameOf(path), format, open, older, from, madeMs: stat.birthtimeMs };
  };

  return {
    seek() {
      discover();
      return undecided.size > 0;
    },
    recognise(formats) {
      const files: FoundFile[] = [];
      let heads = HEADS;
      // Parents before children, so that a sub-run finds the run that it is of.
      for (const [path, state] of [...undecided].sort(([a], [b]) => depthOf(a) - depthOf(b) || (a < b ? -1 : 1))) {
        if (heads === 0) break;
        const stat = statSync(path, { throwIfNoEntry: false });
        if (stat === undefined || !stat.isFile()) undecided.delete(path);
        else if (stat.size !== state.size) {
          heads -= 1;
          state.size = stat.size;
          const head = headOf(path);
          const format = Object.entries(formats).find(([, { recognises }]) => recognises(nameOf(path), head));
          if (format !== undefined) files.push(found(path, state.append, stat, format));
          if (format !== undefined || head.length >= HEAD_BYTES) {
            undecided.delete(path);
            decided.add(path);
          }
        }
      }
      return files;
    },
  };
}

/** A program that appends to an older table tells what comes after this size. By absolute path. */
function sizesBefore(paths: readonly string[], cwd: string, startedMs: number): Map<string, number> {
  const sizes = new Map<string, number>();
  for (const path of paths.filter((name) => TABLE.test(name)).slice(0, REMEMBERED)) {
    const stat = statSync(join(cwd, path), { throwIfNoEntry: false });
    if (stat !== undefined && stat.birthtimeMs < startedMs) sizes.set(join(cwd, path), stat.size);
  }
  return sizes;
}

/** Event files that are new, in the folder where the command runs. */
function newEventFiles(paths: readonly string[], cwd: string, startedMs: number): string[] {
  return paths
    .filter((path) => path.includes("tfevents"))
    .map((path) => join(cwd, path))
    .filter((path) => (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) >= startedMs);
}

/** The process that writes an event file, as its name says: `events.out.tfevents.<seconds>.<host>.<pid>.<number>`. */
function writerOf(path: string): number | null {
  const pid = /tfevents\.\d+\..+\.(\d+)\.\d+(?:\.v2)?$/.exec(path)?.[1];
  return pid === undefined ? null : Number(pid);
}

/** Our own records, other runs' folders and what is installed are not looked into. */
function entersProject(path: string, cwd: string, runDir: string): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return !NOT_LOGS.test(name) && !isRunId(name) && join(cwd, path) !== runDir;
}

function headOf(path: string): Uint8Array {
  try {
    const file = openSync(path, "r");
    try {
      const head = Buffer.alloc(HEAD_BYTES);
      return head.subarray(0, readSync(file, head, 0, HEAD_BYTES, 0));
    } finally {
      closeSync(file);
    }
  } catch {
    return new Uint8Array(); // gone, or not ours to read
  }
}

function depthOf(path: string): number {
  return path.split(sep).length;
}
