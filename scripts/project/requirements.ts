/** What must be there before an operation starts. */
import { existsSync } from "node:fs";
import { isAbsolute, resolve } from "node:path";
import type { Operation } from "../../src/load/guild-operation.ts";
import { requiredFiles } from "../../src/load/requirement-spec.ts";
import { ToolError } from "../../src/run/error.ts";

/**
 * Looks for every required file in `root`. Throws ToolError `missing-requirement` (exit code 2) for the first that is not
 * there, in the words of the original Guild; nothing has been started or recorded then.
 */
export function checkRequirements(operation: Operation, root: string, exists: (path: string) => boolean = existsSync): void {
  for (const file of requiredFiles(operation.requires)) {
    if (exists(resolve(root, file))) continue;
    throw new ToolError("missing-requirement", `missing required '${shownPath(file)}'`, {
      hint: "Do you need to run 'guild prepare' first?",
      exitCode: 2,
    });
  }
}

function shownPath(file: string): string {
  return isAbsolute(file) || file.startsWith(".") ? file : `./${file}`;
}
