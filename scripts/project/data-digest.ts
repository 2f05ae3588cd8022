/** What data a run was made with: one digest over the files that the project names as its data. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, readdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import { glob } from "glob";
import type { Run } from "../../src/run/types.ts";

/** Above this size only the head, the tail and the size are hashed: a training must not wait for a terabyte. */
const WHOLE_FILE_BYTES = 64 * 1024 * 1024;
const EDGE_BYTES = 1024 * 1024;
/** Beyond this many files the data is unknown rather than half known. */
const MOST_FILES = 10_000;

export interface DataSources {
  /** Files and folders, relative to the project. */
  required: readonly string[];
  /** Globs, relative to the project. */
  patterns: readonly string[];
  /** What requirements gave: the requirement's own name, and each file or folder with the name that it has for the program. */
  resolved?: readonly { source: string; name: string; path: string }[];
}

/**
 * Digests the files behind `required` paths (files or folders) and `patterns` (globs), all relative to `root`.
 *
 * Null when nothing is named, nothing is there, or there are more than 10,000 files: unknown is said so. `sources` are
 * the names as declared, sorted. The digest covers each path and content in the order of the paths. Digests of files whose
 * size and time have not changed come from `.guild/cache`; whether that can be written does not matter.
 */
export async function dataDigest(root: string, { required, patterns, resolved = [] }: DataSources): Promise<Run["data"]> {
  const sources = [...new Set([...required, ...patterns, ...resolved.map(({ source }) => source)])].sort();
  if (sources.length === 0) return null;
  // By the name that counts: what was downloaded, or stands in another run, is the same data wherever that is.
  const files = new Map<string, string>();
  const add = (path: string, name = relative(root, path).split(sep).join("/")): void => {
    files.set(name, path);
  };
  for (const path of required) for (const file of await filesUnder(resolve(root, path))) add(file);
  for (const { name, path } of resolved) {
    for (const file of await filesUnder(path)) add(file, `${name}${file.slice(path.length).split(sep).join("/")}`);
  }
  const ignore = ["**/node_modules/**", "**/.git/**", "runs/**", "content/runs/**", "dist/**", ".guild/**"];
  for (const file of patterns.length === 0
    ? []
    : await glob([...patterns], { cwd: root, nodir: true, dot: false, absolute: true, ignore }))
    add(file);
  if (files.size === 0 || files.size > MOST_FILES) return null;
  const cache = await readCache(root);
  const hash = createHash("sha256");
  const known: Cache = {};
  for (const [name, path] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const place = relative(root, path).split(sep).join("/");
    const { size, mtimeMs } = await stat(path);
    const before = cache[place];
    const digest = before?.size === size && before.mtimeMs === mtimeMs ? before.digest : await fileDigest(path, size);
    known[place] = { size, mtimeMs, digest };
    hash.update(`${name}\0${digest}\n`);
  }
  await writeCache(root, { ...cache, ...known });
  return { digest: hash.digest("hex"), sources };
}

/** A file as it is; of a folder all files in it, hidden ones left out; nothing for what is not there. */
async function filesUnder(path: string): Promise<string[]> {
  const kind = await stat(path).catch(() => null);
  if (kind?.isFile()) return [path];
  if (!kind?.isDirectory()) return [];
  const files: string[] = [];
  for (const entry of await readdir(path, { withFileTypes: true })) {
    if (entry.name.startsWith(".") || files.length > MOST_FILES) continue;
    if (entry.isFile()) files.push(join(path, entry.name));
    else if (entry.isDirectory()) files.push(...(await filesUnder(join(path, entry.name))));
  }
  return files;
}

async function fileDigest(path: string, size: number): Promise<string> {
  const hash = createHash("sha256");
  if (size <= WHOLE_FILE_BYTES) {
    for await (const chunk of createReadStream(path)) hash.update(chunk);
    return hash.digest("hex");
  }
  const file = await open(path);
  try {
    for (const position of [0, size - EDGE_BYTES]) {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(EDGE_BYTES), 0, EDGE_BYTES, position);
      hash.update(buffer.subarray(0, bytesRead));
    }
  } finally {
    await file.close();
  }
  return hash.update(`edges of ${size} bytes`).digest("hex");
}

type Cache = Record<string, { size: number; mtimeMs: number; digest: string }>;

function cachePath(root: string): string {
  return join(root, ".guild", "cache", "data-digests.json");
}

async function readCache(root: string): Promise<Cache> {
  try {
    const raw: unknown = JSON.parse(await readFile(cachePath(root), "utf8"));
    // A door: only we write the file, and a wrong entry can at most make its file be read again.
    return typeof raw === "object" && raw !== null && !Array.isArray(raw) ? (raw as Cache) : {};
  } catch {
    return {}; // no cache yet, or a broken one: everything is read
  }
}

async function writeCache(root: string, cache: Cache): Promise<void> {
  const path = cachePath(root);
  try {
    await mkdir(join(root, ".guild", "cache"), { recursive: true });
    await writeFile(`${path}.${process.pid}`, JSON.stringify(cache));
    await rename(`${path}.${process.pid}`, path);
  } catch {
    // A read-only project is slower next time, that is all.
  }
}
