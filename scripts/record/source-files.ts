/** Which files of a project are its source, and what is in them. */
import { lstat, readdir, readFile, readlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { reachesBeyond, type SourceRules, selectSource } from "../../src/run/source-rules.ts";
import { git, NOT_CODE, withoutRecords } from "./git.ts";

const LARGEST_FILE_BYTES = 1024 * 1024;
/** Beyond this the list is cut: a run must not keep a disk busy for its own description. */
export const MOST_FILES = 20_000;

/**
 * Paths below `root` (forward slashes), sorted: in a git work tree what is tracked or not ignored, elsewhere what a walk finds
 * outside of hidden, built and installed folders. Folders with a `.guild-nocopy` are left out. `rules` are those of `sourcecode` in
 * guild.yml; null for none.
 */
export async function sourceFiles(root: string, rules: SourceRules | null = null): Promise<string[]> {
  const found = (await gitFiles(root)) ?? (await walkedFiles(root));
  if (rules === null) return found;
  const usual = new Set(found);
  // A rule may include what git ignores: `include: data/labels.txt`.
  const all = reachesBeyond(rules) ? [...new Set([...found, ...(await walkedFiles(root))])].sort() : found;
  return selectSource(all, (path) => usual.has(path), rules);
}

/** The content of a text file of at most 1 MiB; of a link its target; null for anything else, and for what has just gone. */
export async function readSource(path: string): Promise<Buffer | string | null> {
  try {
    const { size, ...kind } = await lstat(path).then((found) => ({
      size: found.size,
      file: found.isFile(),
      link: found.isSymbolicLink(),
    }));
    if (kind.link) return await readlink(path);
    if (!kind.file || size > LARGEST_FILE_BYTES) return null;
    const content = await readFile(path);
    return content.subarray(0, 8000).includes(0) ? null : content;
  } catch {
    return null;
  }
}

/** Tracked and new files below `root`, sorted; null where git does not answer. */
async function gitFiles(root: string): Promise<string[] | null> {
  const listed = await git(root, [
    "ls-files",
    "-z",
    "--cached",
    "--others",
    "--exclude-standard",
    "--",
    ".",
    ...withoutRecords(),
  ]);
  if (listed === null) return null;
  const paths = [...new Set(listed.split("\0").filter((path) => path !== ""))].sort();
  const closed = paths.filter((path) => path.endsWith("/.guild-nocopy")).map((path) => `${dirname(path)}/`);
  return paths.filter((path) => !closed.some((folder) => path.startsWith(folder)));
}

async function walkedFiles(root: string, below = ""): Promise<string[]> {
  const entries = await readdir(join(root, below), { withFileTypes: true }).catch(() => []);
  if (below !== "" && entries.some(({ name }) => name === ".guild-nocopy" || name === "pyvenv.cfg")) return [];
  const found: string[] = [];
  for (const entry of entries) {
    const path = below === "" ? entry.name : `${below}/${entry.name}`;
    if (found.length > MOST_FILES || isSkipped(path, entry.name)) continue;
    if (entry.isDirectory()) found.push(...(await walkedFiles(root, path)));
    else found.push(path);
  }
  return found.sort();
}

function isSkipped(path: string, name: string): boolean {
  if (NOT_CODE.includes(path) || name.startsWith(".")) return true;
  return ["__pycache__", "node_modules", "build", "dist", "venv"].includes(name) || name.endsWith(".egg-info");
}
