/** `guild.yml` from disk: for the site as a Project, for the command line with everything in it. */
import { readFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { ToolError } from "../run/error.ts";
import type { Project } from "../run/types.ts";
import { type GuildFile, noGuildFile } from "./guild-file.ts";
import type { ReadText } from "./guild-items.ts";
import { parseGuildFile } from "./guild-parse.ts";

/** Flags that make no other group unless `nuisance:` says which do not. */
const USUAL_NUISANCE = ["seed", "random_seed", "random-seed", "data_dir", "data-dir"];

/**
 * What the site needs to know of the project at `root` (absolute). Without a `guild.yml` everything has its default:
 * the name is the directory's. Throws ToolError `invalid-guild-file` with file, line and column.
 */
export function readProject(root: string): Project {
  const file = readGuildFile(root);
  const { name, site, metrics, nuisance, colors } = file.guildhall;
  const operations: Project["operations"] = {};
  for (const model of file.models) {
    for (const operation of Object.values(model.operations)) {
      operations[operation.name] ??= { description: operation.description };
    }
  }
  return {
    name: name ?? (basename(resolve(root)) || "project"),
    site,
    metrics,
    nuisance: nuisance ?? USUAL_NUISANCE,
    colors,
    operations,
  };
}

/**
 * Everything in `<root>/guild.yml` and the files that it includes; without the file, no models. Throws ToolError
 * `invalid-guild-file`, `unreadable-guild-file`.
 */
export function readGuildFile(root: string): GuildFile {
  const read: ReadText = (path) => readText(resolve(root, path), path);
  const text = read("guild.yml");
  return text === null ? noGuildFile() : parseGuildFile(text.replace(/^\uFEFF/, ""), "guild.yml", read);
}

function readText(path: string, shown: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    // A door: what readFileSync throws is a system error with a code.
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return null;
    throw new ToolError("unreadable-guild-file", `${shown} could not be read: ${message}`, { exitCode: 2, cause: error });
  }
}
