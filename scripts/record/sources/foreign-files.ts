import { closeSync, openSync, readSync, type Stats, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { isRunId } from "../../../src/run/ids.ts";
import type { Format, Tail } from "../../formats/_contract.ts";
import type { OpenSource, Source, SourceContext } from "./_contract.ts";
import { type FolderIndex, indexFolder } from "./folder-index.ts";
import { keepMedia } from "./logged-media.ts";
import { makeTagFolders } from "./tag-folders.ts";
import { type Told, tellInto } from "./told.ts";

const HEAD_BYTES = 4096;
/** How long a look may read, and how much of one file before the next has its turn. */
const LOOK_MS = 8;
const TURN_BYTES = 256 * 1024;
/** How long the last look may take: whoever has written gigabytes of events waits for the training, not for us. */
const END_MS = 30_000;
const MOST_FILES = 1000;
/** So many files of which nothing is known yet are looked into at one look. */
const HEADS = 200;
/** Files that none of the formats is for, by their name: they need not be opened to know it. */
const NAMED_OTHERWISE =
  /\.(?:png|jpe?g|webp|gif|svg|pdf|html?|css|js|ts|py|pyc|ipynb|sh|md|ya?ml|toml|pt|pth|ckpt|h5|hdf5|keras|safetensors|onnx|pkl|joblib|np[yz]|tflite|msgpack|bin|cbm|ubj|zip|gz|tar|xz|zst|parquet|arrow|feather|mp4|wav|so|lock)$/i;

/** Folders of a project in which no training leaves its logs. */
export const NOT_LOGS = /^(?:node_modules|__pycache__|site-packages|content|dist|venv|env|\..*)$/;

/**
 * Event files and tables of measurements that the program writes while it runs: anywhere under RUN_DIR, in files that its
 * processes hold open for writing, and event files in the folder where it runs that carry the number of one of its processes
 * (TensorBoard's writer opens its file only to append). Each is followed by the format that recognises it.
 */
export const openForeignFiles: OpenSource = (context) => {
  const { cwd, runDir, clock } = context;
  const around = indexFolder(cwd, { enter: (path) => entersProject(path, cwd, runDir) });
  const early = around.refresh();
  const before = sizesBefore(early, cwd, clock.started.getTime());
  let opened: Source | null = null;
  const open = async (): Promise<Source> => {
    const { scanFormats } = await import("../../formats/_scan.ts");
    opened ??= followFiles(context, await scanFormats(), { around, early, before });
    return opened;
  };
  return { look: async () => (opened ?? (await open())).look(), end: async () => (opened ?? (await open())).end() };
};

interface Followed {
  path: string;
  name: string;
  /** Event files are read first: they know when, and their steps place what tables leave open. */
  rank: number;
  tail: Tail;
  told: Told;
}

/** The folder where the command runs, and how large its tables were before the run. */
interface Surroundings {
  around: FolderIndex;
  /** What was there at the first look. */
  early: string[];
  before: ReadonlyMap<string, number>;
}

function followFiles(
  context: SourceContext,
  formats: Readonly<Record<string, Format>>,
  { around, early, before }: Surroundings,
): Source {
  const { ledger, clock, runDir, cwd, pids, openFiles } = context;
  const startedMs = clock.started.getTime();
  const here = indexFolder(runDir, { enter: (path) => path !== ".guild" });
  const folders = makeTagFolders();
  const media = keepMedia(context.logDir);
  const seenPids = new Set<number>();
  /** Event files around that no process of ours has been seen for yet. */
  let strangers = newEventFiles(early, cwd, startedMs);
  const decided = new Set<string>();
  /** Undecided files, with the size at which they were last looked into. */
  const undecided = new Map<string, { size: number; append: boolean }>();
  const followed: Followed[] = [];
  const tagsOf = new Map<string, Map<string, number>>();
  let turn = 0;

  const consider = (path: string, append: boolean): void => {
    if (decided.has(path) || undecided.has(path) || NAMED_OTHERWISE.test(path)) return;
    undecided.set(path, { size: 0, append });
  };
  const discover = (): void => {
    for (const pid of pids()) seenPids.add(pid);
    for (const path of here.refresh()) consider(join(runDir, path), false);
    for (const { path, append } of openFiles()) if (!path.startsWith(join(runDir, ".guild") + sep)) consider(path, append);
    strangers.push(...newEventFiles(around.refresh(), cwd, startedMs));
    strangers = strangers.filter((path) => {
      if (!seenPids.has(writerOf(path) ?? -1)) return true;
      consider(path, false);
      return false;
    });
    if (strangers.length > MOST_FILES) strangers = strangers.slice(-MOST_FILES);
    decide();
  };
  /** Parents before children, so that a sub-run finds the run that it is of. */
  const decide = (): void => {
    let heads = HEADS;
    for (const [path, state] of [...undecided].sort(([a], [b]) => depthOf(a) - depthOf(b) || (a < b ? -1 : 1))) {
      if (heads === 0) return;
      const stat = statSync(path, { throwIfNoEntry: false });
      if (stat === undefined || !stat.isFile()) undecided.delete(path);
      else if (stat.size !== state.size) {
        heads -= 1;
        const head = headOf(path);
        const name = labelOf(path);
        const found = Object.entries(formats).find(([, format]) => format.recognises(name, head));
        if (found !== undefined) follow(path, name, found, stat, state.append);
        state.size = stat.size;
        if (found !== undefined || head.length >= HEAD_BYTES) {
          undecided.delete(path);
          decided.add(path);
        }
      }
    }
  };
  const follow = (path: string, name: string, [format, { open }]: [string, Format], stat: Stats, append: boolean): void => {
    if (followed.length >= MOST_FILES) {
      ledger.warn(`More than ${MOST_FILES} files with measurements: the others are not read`);
      return;
    }
    const older = stat.birthtimeMs < startedMs && !path.startsWith(runDir + sep);
    const { folder, tagOf, unfold } = folders.place(name, format);
    const tags = tagsOf.get(folder) ?? new Map<string, number>();
    tagsOf.set(folder, tags);
    const told = tellInto({
      ledger,
      clock,
      media,
      src: format === "event-file" ? "events" : "file",
      tagOf,
      onFlags: unfold,
      folder: tags,
      path: name,
      older,
      once: format === "trainer-state",
      madeMs: stat.birthtimeMs,
    });
    followed.push({
      path,
      name,
      rank: format === "event-file" ? 0 : 1,
      tail: open(path, older && append ? (before.get(path) ?? stat.size) : 0),
      told,
    });
  };
  const labelOf = (path: string): string => {
    const base = path.startsWith(runDir + sep) ? runDir : path.startsWith(cwd + sep) ? cwd : "/";
    return relative(base, path).split(sep).join("/");
  };
  const read = (one: Followed, budget: number): boolean => {
    try {
      return one.tail.read(one.told, budget);
    } catch (error) {
      drop(one, error);
      return false;
    } finally {
      one.told.flush(changedMs(one.path));
    }
  };
  const drop = (one: Followed, error: unknown): void => {
    const at = followed.indexOf(one);
    if (at >= 0) followed.splice(at, 1);
    ledger.warn(`${one.name} is no longer read: ${error instanceof Error ? error.message : String(error)}`);
  };

  return {
    look() {
      discover();
      const until = performance.now() + LOOK_MS;
      // Each look begins with another file, so that one that never ends does not keep the others waiting.
      turn += 1;
      const order = followed.map((_, index) => followed[(index + turn) % followed.length]!).sort((a, b) => a.rank - b.rank);
      for (const one of order) {
        while (performance.now() < until && read(one, TURN_BYTES));
        if (performance.now() > until) return;
      }
    },
    async end() {
      discover();
      const until = performance.now() + END_MS;
      for (const one of [...followed].sort((a, b) => a.rank - b.rank)) {
        while (performance.now() < until && read(one, 16 * TURN_BYTES)) await breathe();
        if (performance.now() > until) {
          ledger.warn(`${one.name} is not read to its end: there is more than could be read within ${END_MS / 1000} s`);
          continue;
        }
        try {
          one.tail.end(one.told);
        } catch (error) {
          drop(one, error);
        }
        one.told.flush(changedMs(one.path));
        const { damage } = one.told;
        if (damage !== null) ledger.warn(damageText(one.name, damage));
      }
    },
  };
}

function damageText(name: string, { count, first }: { count: number; first: string }): string {
  return count === 1
    ? `One place of ${name} could not be read (${first}); the rest was`
    : `${count} places of ${name} could not be read (the first: ${first}); the rest was`;
}

/** A program that appends to an older table tells what comes after this size. Absolute paths. */
function sizesBefore(paths: readonly string[], cwd: string, startedMs: number): Map<string, number> {
  const sizes = new Map<string, number>();
  for (const path of paths) {
    if (sizes.size >= MOST_FILES) break;
    if (!/\.(?:csv|tsv|log|txt|jsonl|ndjson|json)$/i.test(path)) continue;
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
    .filter((path) => (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) >= startedMs - 1000);
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

/** Now for a file that is gone. */
function changedMs(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
}

function depthOf(path: string): number {
  return path.split(sep).length;
}

function breathe(): Promise<void> {
  return new Promise((done) => setImmediate(done));
}
