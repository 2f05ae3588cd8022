import { execFileSync } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { runIds } from "./record-trial.ts";

/** Paths with changes that are not committed, as git lists them; records are no changes. Empty when there are none. */
export function uncommitted(root: string): string {
  return git(root, "status", "--porcelain", "--", ".", ":!content/runs", ":!content/environments").trimEnd();
}

/**
 * Removes the public records of earlier galleries, all but those in `keep`: the ones that git has, and the ones that were
 * never committed, because a gallery was recorded again or broke off. A person's own runs, which are neither, stay.
 */
export function removeEarlierGalleries(root: string, keep: readonly string[]): void {
  const committed = git(root, "ls-files", "--", "content/runs").matchAll(/^content\/runs\/([^/\n]+)\//gm);
  const earlier = new Set([...[...committed].map(([, id]) => id), ...rememberedIds(root)]);
  for (const id of runIds(root)) {
    if (earlier.has(id) && !keep.includes(id)) rmSync(join(root, "content/runs", id), { recursive: true });
  }
  rmSync(listPath(root), { force: true });
  for (const id of keep) rememberRun(root, id);
}

/** Notes that this run belongs to a gallery, so that the next one can take its place. The list is private to this checkout. */
export function rememberRun(root: string, id: string): void {
  mkdirSync(join(root, ".guild"), { recursive: true });
  appendFileSync(listPath(root), `${id}\n`);
}

/** Removes the environments that no record refers to any more. */
export function removeUnusedEnvironments(root: string): void {
  const folder = join(root, "content/environments");
  const records = runIds(root).map((id) => readFileSync(join(root, "content/runs", id, "run.json"), "utf8"));
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    const digest = name.replace(/\.json$/, "");
    if (name.endsWith(".json") && !records.some((record) => record.includes(`"${digest}"`))) rmSync(join(folder, name));
  }
}

function rememberedIds(root: string): string[] {
  return existsSync(listPath(root)) ? readFileSync(listPath(root), "utf8").split("\n").filter(Boolean) : [];
}

function listPath(root: string): string {
  return join(root, ".guild/gallery.txt");
}

function git(root: string, ...words: string[]): string {
  return execFileSync("git", words, { cwd: root, encoding: "utf8" });
}
