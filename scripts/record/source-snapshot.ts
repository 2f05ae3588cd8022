/** What git alone cannot give back: the uncommitted part of the code that a run was made with. */
import { createHash } from "node:crypto";
import { lstat, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { isNoSource, type SourceRules } from "../../src/run/source-rules.ts";
import { type CodeLook, lookAtCode } from "./code.ts";
import { git, withoutRecords } from "./git.ts";
import { readSource } from "./source-files.ts";

const DIFF_BYTES = 1024 * 1024;
const FILE_BYTES = 100 * 1024;
const TOTAL_BYTES = 5 * 1024 * 1024;
/** Of larger files only name and size are listed: a data set beside the code is no code. */
const HASHED_BYTES = 8 * 1024 * 1024;
const MOST_FILES = 2000;

/** `source/index.json`: what to start from, and what to lay over it. */
export interface SourceSnapshot {
  schema: 1;
  /** The commit on which the rest lies; null without one: `files` is then all there is. */
  commit: string | null;
  /** `diff.patch` for `git apply`; null when nothing that git knows has changed, or when it is too large: `changed` then names the files. */
  diff: string | null;
  changed?: string[];
  /** Files that the commit does not have, by path, at most 2,000; `kept` ones stand below `files/`. The hash is null above 8 MiB. */
  files: { path: string; bytes: number; sha256: string | null; kept: boolean }[];
  /** How many more there are. */
  more?: number;
}

/**
 * Writes the snapshot into `folder` (made here): the difference to the commit, and the files that git does not have, text of at
 * most 100 KiB each and 5 MiB together. Private: nothing is redacted. Rejects with the file system's error.
 */
export async function keepSource(
  root: string,
  folder: string,
  rules: SourceRules | null = null,
  look: CodeLook = lookAtCode(root, rules),
): Promise<void> {
  const { commit } = await look.state;
  const [diff, paths] = await Promise.all([
    differenceTo(root, isNoSource(rules) ? null : commit),
    pathsBeyond(root, { commit, rules, files: look.files }),
  ]);
  await mkdir(folder, { recursive: true });
  if (diff.text !== undefined) await writeFile(join(folder, "diff.patch"), diff.text);
  const snapshot: SourceSnapshot = {
    schema: 1,
    commit,
    diff: diff.text === undefined ? null : "diff.patch",
    ...(diff.changed === undefined ? {} : { changed: diff.changed }),
    files: await keepFiles(root, paths.slice(0, MOST_FILES), join(folder, "files")),
    ...(paths.length > MOST_FILES ? { more: paths.length - MOST_FILES } : {}),
  };
  await writeFile(join(folder, "index.json"), `${JSON.stringify(snapshot, null, 2)}\n`);
}

interface Difference {
  text?: string;
  changed?: string[];
}

/** The patch; of one that is too large the names of the files in it; nothing for nothing. */
async function differenceTo(root: string, commit: string | null): Promise<Difference> {
  if (commit === null) return {};
  const diff = await git(
    root,
    ["diff", "HEAD", "--binary", "--no-ext-diff", "--no-textconv", "--", ".", ...withoutRecords()],
    DIFF_BYTES,
  );
  if (diff !== null) return diff === "" ? {} : { text: diff };
  const names = await git(root, [
    "diff",
    "HEAD",
    "--name-only",
    "-z",
    "--no-ext-diff",
    "--no-textconv",
    "--",
    ".",
    ...withoutRecords(),
  ]);
  return names === null
    ? {}
    : {
        changed: names
          .split("\0")
          .filter((name) => name !== "")
          .slice(0, MOST_FILES),
      };
}

/** New files that are not ignored; without a commit, all source files. */
async function pathsBeyond(
  root: string,
  { commit, rules, files }: { commit: string | null; rules: SourceRules | null; files: Promise<string[]> },
): Promise<string[]> {
  if (commit === null) return files;
  const listed = await git(root, ["ls-files", "-z", "--others", "--exclude-standard", "--", ".", ...withoutRecords()]);
  const fresh = (listed ?? "")
    .split("\0")
    .filter((path) => path !== "")
    .sort();
  if (rules === null) return fresh;
  const [wanted, tracked] = await Promise.all([files, git(root, ["ls-files", "-z", "--", "."])]);
  const inCommit = new Set((tracked ?? "").split("\0"));
  return wanted.filter((path) => !inCommit.has(path));
}

async function keepFiles(root: string, paths: string[], folder: string): Promise<SourceSnapshot["files"]> {
  const files: SourceSnapshot["files"] = [];
  let total = 0;
  for (const path of paths) {
    const content = await readSource(join(root, path));
    if (content === null) {
      const listed = await listFile(join(root, path));
      if (listed !== null) files.push({ path, ...listed, kept: false });
      continue;
    }
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

/** Size and hash of a file that is too large or no text; null for what is no file any more. */
async function listFile(path: string): Promise<{ bytes: number; sha256: string | null } | null> {
  try {
    const found = await lstat(path);
    if (!found.isFile()) return null;
    const sha256 =
      found.size > HASHED_BYTES
        ? null
        : createHash("sha256")
            .update(await readFile(path))
            .digest("hex");
    return { bytes: found.size, sha256 };
  } catch {
    return null;
  }
}
