import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runIds } from "./record-trial.ts";

/** Paths with changes that are not committed, as git lists them; records are no changes. Empty when there are none. */
export function uncommitted(root: string): string {
  return git(root, "status", "--porcelain", "--", ".", ":!content/runs", ":!content/environments").trimEnd();
}

/**
 * Removes the public records of the last gallery: those that git has, and those of a gallery that was never committed.
 * A person's own runs, which are neither, stay.
 */
export function removeLastGallery(root: string): void {
  const committed = git(root, "ls-files", "--", "content/runs").matchAll(/^content\/runs\/([^/\n]+)\//gm);
  const ids = new Set([...[...committed].map(([, id]) => id), ...lastIds(root)]);
  for (const id of runIds(root)) if (ids.has(id)) rmSync(join(root, "content/runs", id), { recursive: true });
}

/** Notes which runs this gallery has, so that the next one can make room. The list is private to this checkout. */
export function rememberGallery(root: string, ids: readonly string[]): void {
  mkdirSync(join(root, ".guild"), { recursive: true });
  writeFileSync(listPath(root), `${ids.join("\n")}\n`);
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

function lastIds(root: string): string[] {
  return existsSync(listPath(root)) ? readFileSync(listPath(root), "utf8").split("\n").filter(Boolean) : [];
}

function listPath(root: string): string {
  return join(root, ".guild/gallery.txt");
}

function git(root: string, ...words: string[]): string {
  return execFileSync("git", words, { cwd: root, encoding: "utf8" });
}
