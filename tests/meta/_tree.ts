/** The files of this repository, as the tests about the repository see them. */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const root = join(import.meta.dirname, "../..");

/** Tracked files and new ones that git does not ignore, relative to the root, sorted. Outside a checkout: what is there. */
export function repositoryFiles(): string[] {
  const git = spawnSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { cwd: root, encoding: "utf8" });
  const listed = git.status === 0 ? git.stdout.split("\0").filter(Boolean) : walk("");
  return [...new Set(listed)].filter((path) => existsSync(join(root, path))).sort();
}

/** The text of a file of the repository. Throws where there is none. */
export function read(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

function walk(folder: string): string[] {
  const generated = new Set(["node_modules", "dist", "lib", ".git", ".guild", ".astro", "screenshots"]);
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (generated.has(entry.name) || path === "runs") return [];
    return entry.isDirectory() ? walk(path) : [path];
  });
}
