/** Many runs side by side: which columns, and in which order. */
import { readGuildFile, readProject } from "../../src/load/project.ts";
import { type ColumnSpec, mergeColumns, parseColumn, parseColumns } from "../../src/run/columns.ts";
import { ToolError } from "../../src/run/error.ts";
import { goalOf, mainMetric } from "../../src/run/goals.ts";
import { nearest } from "../../src/run/nearest.ts";
import type { FlagValue, Project, Run } from "../../src/run/types.ts";
import { attributeNames, columnValues, scalarTag } from "../../src/views/column-values.ts";
import { textOption, textsOption } from "./_arguments.ts";
import type { OptionValues } from "./_contract.ts";

export interface Compared {
  root: string;
  project: Project;
  /** Sorted, and cut to the best when that was asked for. */
  runs: Run[];
  /** What `--columns` or guild.yml names; null where neither does. */
  columns: ColumnSpec[] | null;
  onlyDifferences: boolean;
}

/** Settles columns and order. Throws ToolError `unknown-column`, `no-goal`, `invalid-option` (exit code 2). */
export function compare(root: string, all: Run[], options: OptionValues): Compared {
  const project = readProject(root);
  const typed = textsOption(options, "columns").flatMap(parseColumns);
  for (const spec of typed) refuseUnknown(spec, all, project);
  const columns = typed.length > 0 ? typed : declaredColumns(root, all);
  return { root, project, runs: sorted(all, options, columns ?? [], project), columns, onlyDifferences: options.diff === true };
}

/** `compare` of the operations that were compared, else of the `guildhall:` block, as guild.yml has them now; null without. */
function declaredColumns(root: string, runs: readonly Run[]): ColumnSpec[] | null {
  const file = readGuildFile(root);
  const written: unknown[] = [];
  for (const model of file.models) {
    for (const operation of Object.values(model.operations)) {
      const own = runs.some((run) => run.operation === operation.name && (run.model === null || run.model === model.name));
      if (own && "compare" in operation && Array.isArray(operation.compare)) written.push(...operation.compare);
    }
  }
  if (written.length === 0) written.push(...file.guildhall.compare);
  const specs = written.flatMap((text) => (typeof text === "string" ? (parseColumn(text) ?? []) : []));
  const columns = mergeColumns(specs);
  return columns.length === 0 ? null : columns;
}

/** A name that no run has is a mistake in typing; in guild.yml it may be of an operation that has not run yet. */
function refuseUnknown({ kind, name, text, reduction }: ColumnSpec, runs: readonly Run[], project: Project): void {
  const known = new Set(
    kind === "attribute" ? attributeNames : runs.flatMap((run) => Object.keys(kind === "flag" ? run.flags : run.scalars)),
  );
  if (kind === "attribute")
    for (const run of runs) if ("attributes" in run) for (const key of Object.keys(Object(run.attributes))) known.add(key);
  const found = known.has(name) || (kind === "scalar" && runs.some((run) => scalarTag(run, name) !== null));
  if (!found && runs.length > 0) {
    const near = nearest(name, known);
    const isFlag = kind === "scalar" && runs.some((run) => run.flags[name] !== undefined);
    throw new ToolError(
      "unknown-column",
      `None of these runs has ${kind === "attribute" ? "the attribute" : `the ${kind}`} "${name}" (column "${text}")`,
      {
        hint: isFlag
          ? `It is a flag: "=${name}".`
          : near !== null
            ? `Did you mean "${near}"?`
            : `There are: ${[...known].slice(0, 8).join(", ") || "none"}.`,
        exitCode: 2,
      },
    );
  }
  if (kind === "scalar" && reduction === "best" && goalOf(name, project) === null) {
    throw new ToolError("no-goal", `Nothing says whether more or less of ${name} is better`, {
      hint: `Type "max ${name}" or "min ${name}", or declare its goal in guild.yml.`,
      exitCode: 2,
    });
  }
}

function sorted(runs: Run[], options: OptionValues, columns: readonly ColumnSpec[], project: Project): Run[] {
  const { top } = options;
  if (top !== undefined && !(typeof top === "number" && Number.isInteger(top) && top > 0)) {
    throw new ToolError("invalid-option", `Option --top needs a whole number from 1 on, found ${top}`, { exitCode: 2 });
  }
  const order = orderOf(runs, options, columns, project);
  const cut = (ordered: Run[]) => (typeof top === "number" ? ordered.slice(0, top) : ordered);
  if (order === null) return cut(runs);
  const { values } = columnValues(order.spec, runs, project);
  const keyed = runs.map((run, at) => ({ run, value: values[at] ?? null }));
  // What a run does not have is no reason to be among the best.
  const known = keyed.filter(({ value }) => value !== null && !Number.isNaN(value));
  known.sort((a, b) => (order.direction === "min" ? 1 : -1) * compareValues(a.value, b.value));
  const unknown = typeof top === "number" ? [] : keyed.filter((each) => !known.includes(each));
  return cut([...known, ...unknown].map(({ run }) => run));
}

function orderOf(
  runs: readonly Run[],
  options: OptionValues,
  columns: readonly ColumnSpec[],
  project: Project,
): { spec: ColumnSpec; direction: "min" | "max" } | null {
  for (const direction of ["min", "max"] as const) {
    const typed = textOption(options, direction);
    if (typed === null) continue;
    const spec = columns.find(({ heading }) => heading === typed) ?? parseColumn(typed);
    if (spec === null) throw new ToolError("invalid-option", `Option --${direction} needs a column`, { exitCode: 2 });
    refuseUnknown(spec, runs, project);
    return { spec, direction };
  }
  if (options.top === undefined) return null;
  const metric = mainMetric(runs, project);
  const goal = metric === null ? null : goalOf(metric, project);
  if (metric === null || goal === null) {
    throw new ToolError(
      "no-goal",
      metric === null ? "These runs have no metric to be best at" : `Nothing says whether more or less of ${metric} is better`,
      {
        hint: "Say what to sort by: --min COLUMN or --max COLUMN.",
        exitCode: 2,
      },
    );
  }
  return { spec: parseColumn(`${goal} ${metric}`)!, direction: goal };
}

function compareValues(a: FlagValue, b: FlagValue): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  const [left, right] = [String(a), String(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}
