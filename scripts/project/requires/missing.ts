import { isAbsolute } from "node:path";
import type { Requirement } from "../../../src/load/requirement-spec.ts";
import { ToolError } from "../../../src/run/error.ts";

/** A required file that is not there, in the words of the original Guild. */
export function missingFile(file: string, { help }: Pick<Requirement, "help">): ToolError {
  return new ToolError("missing-requirement", `missing required '${shownPath(file)}'`, {
    hint: [...(help === null ? [] : [help]), "Do you need to run 'guild prepare' first?"].join("\n"),
    exitCode: 2,
  });
}

function shownPath(file: string): string {
  return isAbsolute(file) || file.startsWith(".") ? file : `./${file}`;
}

/** No run that fits: what to start first, with the shorthand where there is one. */
export function missingRun(operation: string, { help, place }: Requirement, among: readonly string[] | null): ToolError {
  const name = operation.replace(/^.*:/, "");
  const command = ["train", "prepare", "evaluate"].includes(name) ? `guild ${name}` : `guild run ${operation}`;
  const own = `${place.file}:${place.line}: only runs of these steps count; add ${operation} to them before this one, or say "isolate-runs: no".`;
  return new ToolError("missing-requirement", `missing required run of '${operation}'`, {
    hint: [...(help === null ? [] : [help]), among === null ? `Do you need to run '${command}' first?` : own].join("\n"),
    exitCode: 2,
  });
}
