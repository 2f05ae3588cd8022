/** What git alone cannot give back: the uncommitted part of the code that a run was made with. */
import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { git, withoutRecords } from "./git.ts";
import { readSource, sourceFiles } from "./source-files.ts";

const DIFF_BYTES = 1024 * 1024;
const FILE_BYTES = 100 * 1024;
const TOTAL_BYTES = 5 * 1024 * 1024;

/** `source/index.json`: what to start from, and what to lay over it. */
export interface SourceSnapshot {
  schema: 1;
  /** The commit on which the rest lies; null without one: `files` is then all there is. */
  commit: string | null;
  /** `diff.patch` for `git apply`; null when nothing that git knows has changed, or when it has more than 1 MiB. */
  diff: string | null;
  /** Files that the commit does not have, by path; `kept` ones stand below `files/`. */
  files: { path: string; bytes: number; sha256: string; kept: boolean }[];
}

/**
 * Writes the snapshot into `folder` (made here): the difference to the commit, and the files that git does not have, text of at
 * most 100 KiB each and 5 MiB together. Private: nothing is redacted. Rejects with the file system's error.
 */
export async function keepSource(root: string, folder: string): Promise<void> {
  const commit = (await git(root, ["rev-parse", "--verify", "--quiet", "HEAD"]))?.trim() ?? null;
  const [diff, paths] = await Promise.all([differenceTo(root, commit), pathsBeyond(root, commit)]);
  await mkdir(folder, { recursive: true });
  if (diff !== null) await writeFile(join(folder, "diff.patch"), diff);
  const snapshot: SourceSnapshot = {
    schema: 1,
    commit,
    diff: diff === null ? null : "diff.patch",
    files: await keepFiles(root, paths, join(folder, "files")),
  };
  await writeFile(join(folder, "index.json"), `${JSON.stringify(snapshot, null, 2)}\n`);
}

async function differenceTo(root: string, commit: string | null): Promise<string | null> {
  if (commit === null) return null;
  const diff = await git(
    root,
    ["diff", "HEAD", "--binary", "--no-ext-diff", "--no-textconv", "--", ".", ...withoutRecords()],
    DIFF_BYTES,
  );
  return diff === "" ? null : diff;
}

/** New files that are not ignored; without a commit, all source files. */
async function pathsBeyond(root: string, commit: string | null): Promise<string[]> {
  if (commit === null) return sourceFiles(root);
  const listed = await git(root, ["ls-files", "-z", "--others", "--exclude-standard", "--", ".", ...withoutRecords()]);
  return (listed ?? "")
    .split("\0")
    .filter((path) => path !== "")
    .sort();
}

async function keepFiles(root: string, paths: string[], folder: string): Promise<SourceSnapshot["files"]> {
  const files: SourceSnapshot["files"] = [];
  let total = 0;
  for (const path of paths) {
    const content = await readSource(join(root, path));
    if (content === null) continue;
    const bytes = Buffer.byteLength(content);
    const kept = bytes <= FILE_BYTES && total + bytes <= TOTAL_BYTES;
    if (kept) {
      total += bytes;
      const target = join(folder, path);
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, content);
    }
    files.push({ path, bytes, sha256: createHash("sha256").update(content).digest("hex"), kept });
  }
  return files;
}
