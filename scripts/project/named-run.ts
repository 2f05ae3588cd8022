import { ToolError } from "../../src/run/error.ts";
import { selectRuns } from "../../src/run/select.ts";
import { findRun } from "./find-run.ts";
import { indexRuns } from "./run-index.ts";

/**
 * The one run among `ids` that was meant, named as everywhere: by its id, short name or beginning, by its index in `guild runs`, its
 * label, or a query that fits one. A run that has no public record yet is found by its id.
 *
 * Throws ToolError `unknown-run`, `ambiguous-run`, `not-here` (all exit code 2).
 */
export function namedRun(root: string, typed: string, ids: readonly string[]): string {
  const { runs } = selectRuns([typed], indexRuns(root));
  const here = runs.filter(({ id }) => ids.includes(id));
  const [first, second] = here;
  if (first !== undefined && second === undefined && runs.length === 1) return first.id;
  if (runs.length > 1) {
    throw new ToolError("ambiguous-run", `"${typed}" fits ${runs.length} runs, and one is expected`, {
      hint: `The newest is ${runs[0]?.id}. "guild runs" lists them.`,
      exitCode: 2,
    });
  }
  const [elsewhere] = runs;
  if (elsewhere === undefined) return findRun(typed, ids);
  throw new ToolError("not-here", `The directory of run ${elsewhere.id} is not on this machine`, {
    hint: `Only its public record is: content/runs/${elsewhere.id}.`,
    exitCode: 2,
  });
}
