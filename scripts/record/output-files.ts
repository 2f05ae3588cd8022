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
  return /(?:^|\/)(?:checkpoint|ckpt|model|weights)[^/]*\.(?:json|txt|npy|tar|gz|zip)$/i.test(path);
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
