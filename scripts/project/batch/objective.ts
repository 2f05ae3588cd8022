/** What a search is after: which scalar, and whether more or less of it is better. */
import { parseColumn } from "../../../src/run/columns.ts";
import { ToolError } from "../../../src/run/error.ts";
import type { Goal, Run } from "../../../src/run/types.ts";

export interface Objective {
  /** A column of scalars: `loss`, `max val/acc`, `best val/acc`. */
  tag: string;
  goal: Goal;
}

/** Where an objective may be said, the first that says one wins. */
export interface ObjectiveWishes {
  minimize: string | null;
  maximize: string | null;
  /** `objective` of the operation. */
  operation: Objective | null;
  /** The project's main metric with its goal, from `guildhall: metrics`. */
  primary: Objective | null;
}

/**
 * The command line before the operation before the project's main metric; else `loss`, less of it. Throws ToolError
 * `invalid-objective` (exit code 2) for both goals at once, and for what is no scalar.
 */
export function objectiveOf({ minimize, maximize, operation, primary }: ObjectiveWishes): Objective {
  if (minimize !== null && maximize !== null) {
    throw new ToolError("invalid-objective", `Expected either --minimize ${minimize} or --maximize ${maximize}, found both`, {
      exitCode: 2,
    });
  }
  const typed: Objective | null =
    minimize !== null ? { tag: minimize, goal: "min" } : maximize !== null ? { tag: maximize, goal: "max" } : null;
  const objective = typed ?? operation ?? primary ?? { tag: "loss", goal: "min" };
  const column = parseColumn(objective.tag);
  if (column?.kind === "scalar" && !column.step) return objective;
  throw new ToolError(
    "invalid-objective",
    `Expected a scalar such as "val/acc" or "max val/acc" to ${objective.goal === "min" ? "minimize" : "maximize"}, found ${JSON.stringify(objective.tag)}`,
    {
      exitCode: 2,
    },
  );
}

/** What the run has reached, by the column's reduction (the last value where none is said); null where it recorded no such scalar. */
export function reachedBy(run: Pick<Run, "scalars">, { tag, goal }: Objective): number | null {
  const column = parseColumn(tag);
  const summary = column === null ? undefined : run.scalars[column.name];
  if (column === null || summary === undefined) return null;
  switch (column.reduction) {
    case "first":
      return summary.first.value;
    case "min":
      return summary.min?.value ?? null;
    case "max":
      return summary.max?.value ?? null;
    case "best":
      return (goal === "min" ? summary.min : summary.max)?.value ?? null;
    case "mean":
      return summary.mean;
    case "total":
      return summary.mean === null ? null : summary.mean * (summary.count - summary.nonFinite);
    case "count":
      return summary.count;
    default:
      return summary.last.value;
  }
}

/** Is `value` better than `other`? What is no number never is. */
export function isBetter(value: number | null, other: number | null, goal: Goal): boolean {
  if (value === null || !Number.isFinite(value)) return false;
  if (other === null || !Number.isFinite(other)) return true;
  return goal === "min" ? value < other : value > other;
}
