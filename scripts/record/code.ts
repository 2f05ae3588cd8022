/** The code that a run was made with: git's state, and a digest of the source files themselves. */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { lstat, readdir, readFile, readlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { CodeState } from "../../src/run/types.ts";

/** What is written by recording and building: it must not make the next run "dirty". */
const NOT_CODE = ["content", "runs", "dist", ".guild"];
const LARGEST_FILE_BYTES = 1024 * 1024;
/** Beyond this the digest is unknown: a run must not keep a disk busy for its own description. */
const MOST_FILES = 20_000;
const READ_AT_ONCE = 32;
const GIT_TIMEOUT_MS = 10_000;

/**
 * Reads commit, branch, dirtiness and digest of the project at `root`, all of them about what lies in `root`.
 *
 * Without git (not installed, no repository, another owner's) commit, branch and dirty are null and the files are found by
 * walking. Nothing is written into their repository: optional locks are off. `dirty` counts changed and new files, because
 * a new file can be the very script. Never rejects: what cannot be read is null.
 */
export async function readCode(root: string): Promise<CodeState> {
  const [state, digest] = await Promise.all([readGitState(root), sourceDigest(root)]);
  return { ...state, digest };
}

async function readGitState(root: string): Promise<Omit<CodeState, "digest">> {
  const status = await git(root, [
    "status",
    "--porcelain=v2",
    "--branch",
    "--untracked-files=normal",
    "-z",
    "--",
    ".",
    ...withoutRecords(),
  ]);
  if (status === null) return { commit: null, branch: null, dirty: null };
  const lines = status.split("\0").filter((line) => line !== "");
  const header = (name: string) => lines.find((line) => line.startsWith(`# ${name} `))?.slice(name.length + 3) ?? null;
  const commit = header("branch.oid");
  const branch = header("branch.head");
  return {
    commit: commit === "(initial)" ? null : commit,
    branch: branch === "(detached)" ? null : branch,
    dirty: lines.some((line) => !line.startsWith("# ")),
  };
}

/**
 * SHA-256 over path, NUL, content, NUL of every source file in the order of their paths (forward slashes); null when there
 * is none or there are more than 20,000.
 *
 * Source files are text of at most 1 MiB: in a git work tree what is tracked or not ignored, elsewhere what a walk finds
 * outside of hidden, built and installed folders. Folders with a `.guild-nocopy` are left out.
 */
export async function sourceDigest(root: string): Promise<string | null> {
  const paths = (await gitFiles(root)) ?? (await walkedFiles(root));
  if (paths.length === 0 || paths.length > MOST_FILES) return null;
  const hash = createHash("sha256");
  let files = 0;
  for (let at = 0; at < paths.length; at += READ_AT_ONCE) {
    const group = paths.slice(at, at + READ_AT_ONCE);
    const contents = await Promise.all(group.map((path) => readSource(join(root, path))));
    for (const [index, content] of contents.entries()) {
      if (content === null) continue;
      files += 1;
      hash.update(`${group[index]}\0`).update(content).update("\0");
    }
  }
  return files === 0 ? null : hash.digest("hex");
}

/** The content of a text file; of a link its target; null for anything else, and for what has just gone. */
async function readSource(path: string): Promise<Buffer | string | null> {
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

function withoutRecords(): string[] {
  return NOT_CODE.map((folder) => `:(exclude)${folder}`);
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

/** What git prints, or null when it fails, is missing, or takes longer than ten seconds. */
async function git(root: string, args: string[]): Promise<string | null> {
  if (!isInRepository(root)) return null;
  // The monitor and hooks would start programs of theirs; a description must not.
  const settings = ["-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "core.quotePath=false"];
  const env = { ...process.env, GIT_OPTIONAL_LOCKS: "0", LC_ALL: "C" };
  const options = { cwd: root, env, maxBuffer: 256 * 1024 * 1024, timeout: GIT_TIMEOUT_MS };
  return new Promise((resolve) => {
    execFile("git", [...settings, ...args], options, (error, stdout) => resolve(error === null ? stdout : null));
  });
}

/** A look upwards is cheaper than a process that finds nothing; whoever sets GIT_DIR knows where theirs is. */
function isInRepository(folder: string): boolean {
  if (process.env.GIT_DIR !== undefined || existsSync(join(folder, ".git"))) return true;
  return dirname(folder) !== folder && isInRepository(dirname(folder));
}
