import { existsSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Requirement } from "../../../src/load/requirement-spec.ts";
import { expandReferences } from "../references.ts";
import { isArchive } from "./archive-kind.ts";
import type { RequiresContext } from "./find.ts";
import type { Found, Obtained, Source } from "./found.ts";
import { missingFile } from "./missing.ts";
import { pathsBelow, selectPaths } from "./select.ts";
import { badSha256, sha256Of } from "./sha256.ts";
import { isInPlace } from "./target.ts";

/**
 * `file: data`: a file or folder of the project. Null where it is not there and optional. Throws ToolError
 * `missing-requirement` (exit code 2) in the words of the original Guild.
 */
export function findFile(requirement: Requirement, context: RequiresContext): Found | null {
  const { root, scope, choices } = context;
  const [chosen] = choices.get(requirement) ?? [];
  const written = chosen ?? expandReferences(requirement.target, scope, "requires");
  const path = resolve(root, written);
  if (!existsSync(path)) {
    if (requirement.optional) return null;
    throw missingFile(written, requirement);
  }
  const archive = !isFolder(path) && requirement.unpack !== false && isArchive(path);
  const sources = archive ? [] : sourcesOf(path, requirement, context);
  return {
    requirement,
    scope,
    name: chosen ?? requirement.target,
    shown: written,
    moves: archive || sources.some(({ inPlace }) => !inPlace),
    parents: {},
    async obtain(effects) {
      const warnings = await checkSha256(path, written, requirement);
      if (!archive) return { sources, written: [], warnings };
      return { ...(await unpackedSources(path, requirement, context, effects.say)), warnings };
    },
  };
}

function isFolder(path: string): boolean {
  return statSync(path).isDirectory();
}

/** A file, a whole folder, or what is selected in it. */
function sourcesOf(path: string, requirement: Requirement, { root, scope }: RequiresContext): Source[] {
  const selected = isFolder(path) ? selectPaths(requirement, pathsBelow(path), scope) : null;
  if (selected !== null) return selected.map((below) => sourceAt(path, below, requirement, { root, scope }));
  // Where nothing is said about its place, it is where it is: the program finds it in the project.
  const plain = requirement.rename.length === 0 && requirement.targetPath === null;
  const source = { path, folder: folderOf(path.startsWith(`${root}/`) ? path.slice(root.length + 1) : "") };
  return [{ ...source, inPlace: plain || isInPlace(source, requirement, root, scope) }];
}

/** What is at `below` in `folder`, which may lie outside of the project. */
export function sourceAt(
  folder: string,
  below: string,
  requirement: Requirement,
  { root, scope }: Pick<RequiresContext, "root" | "scope">,
): Source {
  const source = { path: join(folder, below), folder: folderOf(below) };
  return { ...source, inPlace: isInPlace(source, requirement, root, scope) };
}

function folderOf(path: string): string {
  return path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "";
}

async function checkSha256(path: string, name: string, requirement: Requirement): Promise<string[]> {
  if (requirement.sha256 === null) return [];
  if (isFolder(path)) return [`${name} is a folder: its sha256 cannot be checked`];
  const actual = await sha256Of(path);
  if (actual !== requirement.sha256) throw badSha256(name, actual, requirement);
  return [];
}

/** What is in an archive, or what is selected of it; without a selection the names at its top. */
export async function unpackedSources(
  archive: string,
  requirement: Requirement,
  context: RequiresContext,
  say: (line: string) => void,
): Promise<Omit<Obtained, "warnings">> {
  const { unpacked } = await import("./unpack.ts");
  const folder = await unpacked(archive, context.root, say);
  const paths = pathsBelow(folder);
  const chosen = selectPaths(requirement, paths, context.scope) ?? paths.filter((path) => !path.includes("/"));
  return { sources: chosen.map((below) => sourceAt(folder, below, requirement, context)), written: [] };
}
