import { readdirSync } from "node:fs";
import { join, sep } from "node:path";
import type { Requirement } from "../../../src/load/requirement-spec.ts";
import { ToolError } from "../../../src/run/error.ts";
import { pythonPattern } from "../../../src/run/python-pattern.ts";
import { expandReferences, type Scope } from "../references.ts";

/** So many entries of a folder are looked at. */
const MOST_ENTRIES = 100_000;

/**
 * The paths that `select`, `select-min` and `select-max` choose, sorted, each once. A pattern has to fit a whole path, folders
 * as well as files; of what fits `select-min` the path whose first group is the smallest number is taken. Without any of
 * the three, null: everything is meant.
 *
 * Throws ToolError `invalid-pattern` (exit code 2) with the place.
 */
export function selectPaths(requirement: Requirement, paths: readonly string[], scope: Scope): string[] | null {
  const { select, selectMin, selectMax } = requirement;
  if (select.length + selectMin.length + selectMax.length === 0) return null;
  const fitting = (pattern: string): RegExpExecArray[] => {
    const expression = wholePath(expandReferences(pattern, scope, "select"), requirement);
    return paths.flatMap((path) => {
      const match = expression.exec(path);
      return match === null ? [] : [match];
    });
  };
  const chosen = [
    ...select.flatMap(fitting),
    ...selectMin.flatMap((pattern) => extreme(fitting(pattern), (a, b) => a < b)),
    ...selectMax.flatMap((pattern) => extreme(fitting(pattern), (a, b) => a > b)),
  ];
  return [...new Set(chosen.map(({ input }) => input))].sort();
}

function wholePath(pattern: string, { place }: Requirement): RegExp {
  try {
    return pythonPattern(`^(?:${pattern})$`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ToolError("invalid-pattern", `${place.file}:${place.line}: select ${JSON.stringify(pattern)}: ${reason}`, {
      hint: "It is a regular expression for a whole path: '.*\\.csv' for all CSV files.",
      exitCode: 2,
    });
  }
}

function extreme(matches: readonly RegExpExecArray[], better: (a: number, b: number) => boolean): RegExpExecArray[] {
  let best: { match: RegExpExecArray; value: number } | null = null;
  for (const match of matches) {
    const value = match[1] === undefined || match[1].trim() === "" ? Number.NaN : Number(match[1]);
    if (!Number.isNaN(value) && (best === null || better(value, best.value))) best = { match, value };
  }
  return best === null ? [] : [best.match];
}

/** Files and folders below `folder`, relative, forward slashes, sorted; hidden ones too, but for our own `.guild`. Links are not followed. */
export function pathsBelow(folder: string): string[] {
  const found: string[] = [];
  const walk = (below: string): void => {
    for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
      if (entry.name.startsWith(".guild") || found.length >= MOST_ENTRIES) continue;
      const path = join(below, entry.name);
      found.push(path.split(sep).join("/"));
      if (entry.isDirectory()) walk(path);
    }
  };
  walk("");
  return found.sort();
}
