/** What `guild check` looks at: everything that a run or a build would stumble over, found before. */
import { readComparisons } from "../../src/load/comparisons.ts";
import { readEnvironments } from "../../src/load/environments.ts";
import type { GuildFile } from "../../src/load/guild-file.ts";
import { readRunData } from "../../src/load/run.ts";
import { readRuns } from "../../src/load/runs.ts";
import { warnings } from "../../src/load/warnings.ts";
import { allowVariable } from "../../src/run/allow-list.ts";
import { ToolError } from "../../src/run/error.ts";
import { nearest } from "../../src/run/nearest.ts";
import type { Run, Warning } from "../../src/run/types.ts";
import { commandScope, commandWords } from "./command-words.ts";
import { operationEnvironment } from "./environment.ts";
import { importFlags } from "./flag-import/import-flags.ts";
import { settleFlags } from "./flag-values.ts";

export interface Check {
  /** `guild.yml with 3 operations, 14 runs, 1 environment, 2 comparisons`. */
  counts: string;
  /** What will fail or be skipped. */
  problems: Warning[];
  /** What works, and may not be what was meant. */
  notices: Warning[];
}

/** Checks operations and the guildhall block against each other and against the records in `content/`. Starts nothing. */
export function checkProject(root: string, file: GuildFile): Check {
  const runs = readRuns(root);
  const environments = readEnvironments(root);
  const comparisons = readComparisons(root);
  for (const { id } of runs) readRunData(root, id);
  const operations = file.models.flatMap((model) => Object.values(model.operations).map((operation) => ({ model, operation })));
  const counts = [
    file.path === null ? "no guild.yml" : `${file.path} with ${counted(operations.length, "operation")}`,
    counted(runs.length, "run"),
    counted(environments.size, "environment"),
    counted(comparisons.length, "comparison"),
  ];
  return {
    counts: counts.join(", "),
    problems: [
      ...operations.flatMap((found) => operationProblems(found, root)),
      ...unknownRuns(comparisons, runs),
      ...warnings(),
    ],
    notices: [...file.warnings, ...refusedVariables(file), ...unseenMetrics(file, runs)],
  };
}

/** An operation with its defaults must make a command. A required flag has no default: that is what the command line is for. */
function operationProblems({ model, operation: declared }: Parameters<typeof settleFlags>[0], root: string): Warning[] {
  const { place } = declared;
  try {
    const { operation, warnings: unread } = importFlags(declared, { root, cwd: root });
    const settings = settleFlags({ model, operation }, { typed: [], profile: null, root });
    const scope = { ...commandScope(settings), PARENT_RUN_DIR: "runs/…" };
    commandWords(operation, settings, scope);
    operationEnvironment(operation, settings, scope);
    const names = new Set([...Object.keys(operation.profiles), ...Object.keys(model.profiles)]);
    for (const profile of names) settleFlags({ model, operation }, { typed: [], profile, root });
    return unread.map((message) => ({ file: place.file, line: place.line, message }));
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    if (error.name === "missing-flag") return [];
    return [{ file: place.file, line: place.line, message: error.message }];
  }
}

function unknownRuns(comparisons: ReturnType<typeof readComparisons>, runs: readonly Run[]): Warning[] {
  return comparisons.flatMap(({ slug, runs: wanted }) =>
    wanted
      // A query such as `op:train lr=0.1` may match runs that are still to come.
      .filter((id) => !/[:=\s]/.test(id) && !runs.some((run) => run.id.startsWith(id)))
      .map((id) => ({ file: `content/compare/${slug}.yml`, line: null, message: `there is no run ${id}` })),
  );
}

/** Names that hold secrets, people or machines are left out of the record, whoever asks for them. */
function refusedVariables(file: GuildFile): Warning[] {
  const refused = file.guildhall.env.filter((name) => !allowVariable(name.replaceAll("*", "X"), [name]));
  return refused.map((name) => ({
    file: "guild.yml",
    line: null,
    message: `the variable ${name} is never recorded: its name tells of a secret, a person or a machine`,
  }));
}

function unseenMetrics(file: GuildFile, runs: readonly Run[]): Warning[] {
  const seen = new Set(runs.flatMap((run) => Object.keys(run.scalars)));
  if (seen.size === 0) return [];
  return Object.keys(file.guildhall.metrics)
    .filter((tag) => !seen.has(tag))
    .map((tag) => {
      const near = nearest(tag, seen);
      return {
        file: "guild.yml",
        line: null,
        message: `no run has the metric ${tag}${near === null ? "" : `; did you mean ${near}?`}`,
      };
    });
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
