import { existsSync, lstatSync, statSync } from "node:fs";
import { join } from "node:path";
import { placedFiles } from "../../../src/load/placed-files.ts";
import type { Requirement } from "../../../src/load/requirement-spec.ts";
import { readRun } from "../../../src/load/runs.ts";
import type { Run } from "../../../src/run/types.ts";
import { namedRun } from "../named-run.ts";
import { latestRun, localRuns, type Parent } from "../parent.ts";
import { expandReferences } from "../references.ts";
import { sourceAt } from "./file.ts";
import type { RequiresContext } from "./find.ts";
import type { Found, Source } from "./found.ts";
import { missingRun } from "./missing.ts";
import { pathsBelow, selectPaths } from "./select.ts";

/** A file that was written again so long after the run's end was not that run's: clocks of disks are not exact. */
const SLACK_MS = 2000;

/**
 * `operation: prepare`: the files of the latest completed run of that operation, or of the run that was chosen; of several
 * with `multi-run`. They are what its command has written: into its RUN_DIR, and into the project where it still is.
 *
 * Null where there is none and it is optional. Throws ToolError `missing-requirement` with what to start first, and what
 * choosing a run throws (all exit code 2).
 */
export function findRunFiles(requirement: Requirement, context: RequiresContext): Found | null {
  const { root, scope } = context;
  const spec = expandReferences(requirement.target, scope, "requires");
  const parents = chosenRuns(spec, requirement, context);
  if (parents.length === 0) {
    if (requirement.optional) return null;
    throw missingRun(spec, requirement, context.among);
  }
  const found = parents.map((parent) => filesOf(parent, requirement, context));
  const sources = found.flatMap((one) => one.sources);
  const operations = parents.map(({ id }) => readRun(root, id)?.operation ?? operationOf(spec));
  return {
    requirement,
    scope,
    name: `operation:${spec}`,
    shown: `run ${parents.map(({ id }) => id).join(", ")} of ${spec}`,
    moves: sources.some(({ inPlace }) => !inPlace),
    parents: Object.fromEntries(parents.map((parent, at) => [keyOf(operations, at), parent])),
    obtain: async () => ({ sources, written: [], warnings: found.flatMap(({ warnings }) => warnings) }),
  };
}

/** `train`, `train_2`, … for several runs of one operation, as Guild names its links. */
function keyOf(operations: readonly string[], at: number): string {
  const name = operations[at] ?? "";
  const before = operations.slice(0, at).filter((other) => other === name).length;
  return before === 0 ? name : `${name}_${before + 1}`;
}

function chosenRuns(spec: string, requirement: Requirement, { root, choices, parents, among }: RequiresContext): Parent[] {
  const parent = (id: string): Parent => ({ id, runDir: join(root, "runs", id) });
  const given = parents[operationOf(spec)];
  const typed = choices.get(requirement);
  if (typed !== undefined) {
    const local = localRuns(root);
    return (requirement.multiRun ? typed : typed.slice(0, 1)).map((word) => parent(namedRun(root, word, local)));
  }
  if (given !== undefined) return [given];
  const wanted = spec.split(",").map((part) => part.trim());
  const latest = latestRun(root, (run) => wanted.some((one) => isOf(run, one)) && (among === null || among.includes(run.id)));
  return latest === null ? [] : [parent(latest)];
}

function operationOf(spec: string): string {
  return spec.slice(spec.lastIndexOf(":") + 1);
}

/** `[model:]operation`, where the operation may be a pattern, as in Guild. */
function isOf({ operation, model }: Run, spec: string): boolean {
  const name = operationOf(spec);
  if (name.length < spec.length && model !== spec.slice(0, spec.lastIndexOf(":"))) return false;
  return operation === name || (/[.*+?|[(\\]/.test(name) && fits(operation, name));
}

function fits(operation: string, pattern: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`).test(operation);
  } catch {
    return false; // no pattern: then it is a name, and another one
  }
}

/** Those of a run's files that are selected; of its RUN_DIR first, then those that stand in the project. */
function filesOf(
  { id, runDir }: Parent,
  requirement: Requirement,
  context: RequiresContext,
): { sources: Source[]; warnings: string[] } {
  const { root, scope } = context;
  const own = existsSync(runDir) ? writtenIn(runDir) : [];
  const fromRun = (selectPaths(requirement, own, scope) ?? own.filter((path) => !path.includes("/"))).map((below) =>
    sourceAt(runDir, below, requirement, context),
  );
  const run = readRun(root, id);
  const outside = (run?.outside ?? []).filter(
    (path) => !path.startsWith("/") && !own.includes(path) && existsSync(join(root, path)),
  );
  const inProject = withFolders(root, outside);
  const selected = selectPaths(requirement, inProject, scope) ?? inProject.filter((path) => !path.includes("/"));
  const names = new Set(fromRun.map(({ path }) => path.slice(runDir.length + 1)));
  const fromProject = selected
    .filter((path) => !names.has(path))
    .map((below): Source => {
      const source = sourceAt(root, below, requirement, context);
      // Without another name it is where the program that wrote it has left it.
      const plain = requirement.rename.length === 0 && requirement.targetPath === null && !hasSelection(requirement);
      return { ...source, inPlace: source.inPlace || plain };
    });
  const ended = run?.stopped == null ? Number.POSITIVE_INFINITY : Date.parse(run.stopped);
  const changed = fromProject
    .map(({ path }) => path)
    .filter((path) => statSync(path).isFile() && lstatSync(path).mtimeMs > ended + SLACK_MS);
  return {
    sources: [...fromRun, ...fromProject],
    warnings: changed.map(
      (path) =>
        `${path.slice(root.length + 1)} has changed since run ${id} wrote it: write to $RUN_DIR, or keep copies with "outputs:"`,
    ),
  };
}

function hasSelection({ select, selectMin, selectMax }: Requirement): boolean {
  return select.length + selectMin.length + selectMax.length > 0;
}

/** Paths in RUN_DIR that the command has written, with the folders that hold such; no links, and nothing that was put there for it. */
function writtenIn(runDir: string): string[] {
  const isPlaced = placedFiles(runDir);
  const files = pathsBelow(runDir).filter((path) => {
    const found = lstatSync(join(runDir, path));
    return found.isFile() && !isPlaced({ path, bytes: found.size, mtimeMs: found.mtimeMs });
  });
  return withParents(files);
}

/** Files of the project, and the folders on their way; a path that ends with a slash stands for all that is in the folder. */
function withFolders(root: string, paths: readonly string[]): string[] {
  const files = paths.flatMap((path) =>
    path.endsWith("/") ? pathsBelow(join(root, path)).map((below) => `${path}${below}`) : [path],
  );
  return withParents(files);
}

function withParents(files: readonly string[]): string[] {
  const all = new Set(files);
  for (const file of files) {
    for (let at = file.lastIndexOf("/"); at > 0; at = file.lastIndexOf("/", at - 1)) all.add(file.slice(0, at));
  }
  return [...all].sort();
}
