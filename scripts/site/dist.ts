import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ToolError } from "../../src/run/error.ts";

/** Lists what a build wrote, one path a line, sorted: only what stands in it is ever deleted. */
const manifestName = ".guildhall-files";

/** Paths (relative, forward slashes) that the last build wrote here; empty for a new or empty folder. Throws ToolError `foreign-dist`. */
export function readDist(outDir: string): Set<string> {
  const manifest = join(outDir, manifestName);
  if (existsSync(manifest)) return new Set(readFileSync(manifest, "utf8").split("\n").filter(Boolean));
  if (!existsSync(outDir) || readdirSync(outDir).length === 0) return new Set();
  throw new ToolError("foreign-dist", `${outDir} holds files that guild did not write, so nothing was built.`, {
    hint: "Move them away, or build elsewhere: guild build --out DIR",
    exitCode: 2,
  });
}

/** Deletes what the last build wrote and this one did not, folders that it leaves empty too, and writes the new list. */
export function finishDist(outDir: string, before: ReadonlySet<string>, now: ReadonlySet<string>): void {
  for (const path of before) if (!now.has(path)) removeFile(outDir, path);
  writeFileSync(
    join(outDir, manifestName),
    [...now]
      .sort()
      .map((path) => `${path}\n`)
      .join(""),
  );
}

/** Marks a folder as ours before the first file is in it, so that a build that fails half-way can be repeated. */
export function claimDist(outDir: string, before: ReadonlySet<string>): void {
  mkdirSync(outDir, { recursive: true });
  if (!existsSync(join(outDir, manifestName)))
    writeFileSync(join(outDir, manifestName), [...before].map((path) => `${path}\n`).join(""));
}

function removeFile(outDir: string, path: string): void {
  // The list lies in a folder that anybody may edit: a path in it never leaves that folder.
  if (path.split("/").includes("..")) return;
  rmSync(join(outDir, path), { force: true });
  for (let folder = dirname(path); folder !== "."; folder = dirname(folder)) {
    const absolute = join(outDir, folder);
    if (!existsSync(absolute) || readdirSync(absolute).length > 0) return;
    rmdirSync(absolute);
  }
}
