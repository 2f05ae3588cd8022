import { lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";

export interface OutputFile {
  /** Relative to RUN_DIR, forward slashes. */
  path: string;
  bytes: number;
  mtimeMs: number;
}

/** A program may write a million files: so many are looked at. */
const LIMIT = 2000;
const DEPTH = 4;
/** Without a name that says so, a file counts as a checkpoint from this size on. */
const LARGE_BYTES = 4 * 1024 * 1024;

/**
 * The files that the program has written to RUN_DIR, nearest to its top first, then by name; not the recorder's own, no links.
 * At most 2,000, four folders deep. What vanishes meanwhile is left out; a missing directory gives [].
 */
export function listOutputFiles(runDir: string): OutputFile[] {
  const files: OutputFile[] = [];
  let folders = [""];
  for (let depth = 0; depth < DEPTH && folders.length > 0; depth += 1) {
    const deeper: string[] = [];
    for (const folder of folders) {
      for (const name of namesIn(join(runDir, folder))) {
        const path = folder === "" ? name : `${folder}/${name}`;
        if (path === ".guild") continue;
        const stat = lstatSync(join(runDir, path), { throwIfNoEntry: false });
        if (stat?.isDirectory()) deeper.push(path);
        else if (stat?.isFile()) files.push({ path, bytes: stat.size, mtimeMs: stat.mtimeMs });
        if (files.length >= LIMIT) return files;
      }
    }
    folders = deeper;
  }
  return files;
}

/** Checkpoints by the names that people and frameworks give them. */
export function isCheckpoint(path: string): boolean {
  if (/\.(?:pt|pth|ckpt|h5|hdf5|keras|safetensors|onnx|pkl|joblib|npz|tflite|msgpack|bin|cbm|ubj)$/i.test(path)) return true;
  return /(?:^|[/_-])(?:(?:checkpoint|ckpt|model|weights)[^/]*|\d+_steps)(?:\.(?:json|txt|npy|tar|gz|zip)|\.data-\d+-of-\d+)$/i.test(
    path,
  );
}

/**
 * Files that belong to one checkpoint have one name: `checkpoint-500/model.safetensors` and `checkpoint-500/optimizer.pt` are
 * `checkpoint-500`. Other paths are returned as they are.
 */
export function checkpointName(path: string): string {
  const folder =
    /^(.*?(?:^|\/)(?:checkpoint|ckpt|global_?step|step|iter(?:ation)?|epoch)[-_.=]?(?:\d+|last|best|final|latest))\//i.exec(path);
  return folder?.[1] ?? path;
}

/** The step that a checkpoint's own name tells: 500 of `checkpoint-500` and `epoch=3-step=500.ckpt`; null without one. */
export function stepInName(path: string): number | null {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const step = /(?:^|[^a-z])(?:global_?step|step|iter(?:ation)?|checkpoint|ckpt)[-_=]?(\d{1,12})(?!\d|[-_]of)/i.exec(name);
  const digits = (step ?? /(?:^|\D)(\d{1,12})[-_]?steps?(?![a-z])/i.exec(name))?.[1];
  return digits === undefined ? null : Number(digits);
}

/** Is a file that is this large, and has none of the names above, a model all the same? Logs, tables and archives of data are not. */
export function isLargeModel(path: string, bytes: number): boolean {
  if (bytes < LARGE_BYTES || isImage(path)) return false;
  return !/tfevents|\.(?:log|txt|out|err|csv|tsv|jsonl?|ndjson|xml|parquet|arrow|feather|mp4|avi|gif|wav|sqlite|db|html?|npy|prof|trace)$/i.test(
    path,
  );
}

export function isImage(path: string): boolean {
  return /\.(?:png|jpe?g|webp)$/i.test(path);
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return []; // gone, or not ours to read
  }
}
