/** From what a person types to a run: the whole id, its beginning, or the short name after the dash. */
import { ToolError } from "../../src/run/error.ts";
import { shortId } from "../../src/run/ids.ts";
import { nearest } from "../../src/run/nearest.ts";

/** The one id that was meant. Throws ToolError `unknown-run` or `ambiguous-run` (exit code 2). */
export function findRun(typed: string, ids: readonly string[]): string {
  const meant = ids.includes(typed)
    ? [typed]
    : ids.filter((id) => typed !== "" && (id.startsWith(typed) || shortId(id) === typed));
  const [first, second] = meant;
  if (first !== undefined && second === undefined) return first;
  if (first !== undefined) {
    throw new ToolError("ambiguous-run", `"${typed}" fits ${meant.length} runs`, {
      hint: `They are: ${meant.slice(0, 5).join(", ")}${meant.length > 5 ? " …" : ""}.`,
      exitCode: 2,
    });
  }
  const near = nearest(typed, [...ids, ...ids.map(shortId)]);
  throw new ToolError("unknown-run", `There is no run "${typed}" here`, {
    hint: near === null ? 'Type "guild runs" for a list.' : `Did you mean "${near}"?`,
    exitCode: 2,
  });
}
