/** The code that a run was made with: git's state, and a digest of the source files themselves. */
import { createHash } from "node:crypto";
import { join } from "node:path";
import type { SourceRules } from "../../src/run/source-rules.ts";
import type { CodeState } from "../../src/run/types.ts";
import { git, withoutRecords } from "./git.ts";
import { MOST_FILES, readSource, sourceFiles } from "./source-files.ts";

const READ_AT_ONCE = 32;

type GitState = Omit<CodeState, "digest">;

/** What git and the folders say about the code: asked once, for whoever wants to know. Neither rejects. */
export interface CodeLook {
  state: Promise<GitState>;
  /** Paths of the source files, as `sourceFiles` gives them. */
  files: Promise<string[]>;
}

export function lookAtCode(root: string, rules: SourceRules | null = null): CodeLook {
  return { state: readGitState(root), files: sourceFiles(root, rules).catch(() => []) };
}

/**
 * Reads commit, branch, dirtiness and digest of the project at `root`, all of them about what lies in `root`.
 *
 * Without git (not installed, no repository, another owner's) commit, branch and dirty are null and the files are found by
 * walking. Nothing is written into their repository: optional locks are off. `dirty` counts changed and new files, because
 * a new file can be the very script. Never rejects: what cannot be read is null.
 */
export async function readCode(
  root: string,
  rules: SourceRules | null = null,
  look: CodeLook = lookAtCode(root, rules),
): Promise<CodeState> {
  const [state, digest] = await Promise.all([look.state, look.files.then((paths) => digestOf(root, paths))]);
  return { ...state, digest };
}

async function readGitState(root: string): Promise<GitState> {
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
  if (status === null) return readHead(root);
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

/** Where a look at all files takes too long, the commit is known still: whether something has changed is not. */
async function readHead(root: string): Promise<GitState> {
  const [commit, branch] = await Promise.all([
    git(root, ["rev-parse", "--verify", "--quiet", "HEAD"]),
    git(root, ["symbolic-ref", "--quiet", "--short", "HEAD"]),
  ]);
  return { commit: commit?.trim() || null, branch: branch?.trim() || null, dirty: null };
}

/**
 * SHA-256 over path, NUL, content, NUL of every source file in the order of their paths (forward slashes); null when there
 * is none or there are more than 20,000. What counts as a source file is told by `sourceFiles` and `readSource`.
 */
export async function sourceDigest(root: string, rules: SourceRules | null = null): Promise<string | null> {
  return digestOf(root, await sourceFiles(root, rules));
}

async function digestOf(root: string, paths: readonly string[]): Promise<string | null> {
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
