/** Under which name a required file stands in the run's directory. */
import { statSync } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { basename, join, relative, sep } from "node:path";
import type { Requirement } from "../../../src/load/requirement-spec.ts";
import { ToolError } from "../../../src/run/error.ts";
import { pythonPattern } from "../../../src/run/python-pattern.ts";
import type { Placement } from "../../record/plan.ts";
import { expandReferences, type Scope } from "../references.ts";
import type { Source } from "./found.ts";

/** Larger ones are linked where nothing is said: a copy for every run would fill the disk. */
const COPIED_BYTES = 256 * 1024 * 1024;

/** The name in RUN_DIR, forward slashes: `target-path` or the kept folder, and the name after `rename`. Throws ToolError `invalid-pattern`. */
export function targetOf({ path, folder }: Pick<Source, "path" | "folder">, requirement: Requirement, scope: Scope): string {
  const { preservePath, targetPath } = requirement;
  const where = preservePath ? folder : expandReferences(targetPath ?? "", scope, "target-path").replace(/\/+$/, "");
  const name = renamed(basename(path), requirement, scope);
  return where === "" || where === "." ? name : `${where}/${name}`;
}

/** The first `rename` that changes the name counts, once, as Python's `re.sub(…, count=1)` does it. */
function renamed(name: string, { rename, place }: Requirement, scope: Scope): string {
  for (const { pattern, replacement } of rename) {
    const to = expandReferences(replacement, scope, "rename");
    let after: string;
    try {
      after = name.replace(pythonPattern(expandReferences(pattern, scope, "rename")), (...match) => substitute(to, match));
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      throw new ToolError("invalid-pattern", `${place.file}:${place.line}: rename ${JSON.stringify(pattern)}: ${error.message}`, {
        exitCode: 2,
      });
    }
    if (after !== name) return after;
  }
  return name;
}

/** `\1`, `\g<1>` and `\g<name>` stand for groups; `match` is what `String.replace` gives to its function. */
function substitute(replacement: string, match: unknown[]): string {
  const groups = match.at(-1);
  const named: Record<string, unknown> = typeof groups === "object" && groups !== null ? { ...groups } : {};
  return replacement.replace(/\\(?:(\d{1,2})|g<(\w+)>)/g, (_, digit?: string, name?: string) => {
    const key = digit ?? name ?? "";
    return String((/^\d+$/.test(key) ? match[Number(key)] : named[key]) ?? "");
  });
}

/** Does the program find it in the project under the very name that it has in RUN_DIR? */
export function isInPlace(
  source: Pick<Source, "path" | "folder">,
  requirement: Requirement,
  root: string,
  scope: Scope,
): boolean {
  return join(root, targetOf(source, requirement, scope)) === source.path;
}

/**
 * How the sources of a requirement come into RUN_DIR: copied as in Guild, so that the program may change them; above 256 MiB,
 * or by `target-type: link`, linked. What is in its place in the project is linked, as all of the project is, and under that path too.
 */
export async function placementsOf(
  sources: readonly Source[],
  requirement: Requirement,
  { root, scope }: { root: string; scope: Scope },
): Promise<Placement[]> {
  const placements: Placement[] = [];
  for (const source of sources) {
    const to = targetOf(source, requirement, scope);
    const how = requirement.targetType ?? (source.inPlace || (await isLarge(source.path)) ? "link" : "copy");
    const { path: from } = source;
    placements.push({ to, from, how, ...(requirement.replaceExisting ? { replace: true } : {}) });
    const inProject = relative(root, from).split(sep).join("/");
    if (source.inPlace && inProject !== to && !inProject.startsWith("..")) placements.push({ to: inProject, from, how });
  }
  return placements;
}

async function isLarge(path: string): Promise<boolean> {
  return (await bytesOf(path, COPIED_BYTES)) > COPIED_BYTES;
}

/** Counts no further than `enough`. */
async function bytesOf(path: string, enough: number): Promise<number> {
  const found = await stat(path);
  if (!found.isDirectory()) return found.size;
  let total = 0;
  for (const name of await readdir(path)) {
    if (total > enough) break;
    const below = join(path, name);
    if (statSync(below, { throwIfNoEntry: false }) !== undefined) total += await bytesOf(below, enough - total);
  }
  return total;
}
