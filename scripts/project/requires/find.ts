/** What an operation requires: looked for before anything is fetched or recorded. */
import type { Operation } from "../../../src/load/operation-spec.ts";
import type { Requirement, RequirementKind } from "../../../src/load/requirement-spec.ts";
import type { FlagSettings } from "../flag-values.ts";
import type { Parent } from "../parent.ts";
import type { Scope } from "../references.ts";
import type { Choices } from "./choices.ts";
import { findConfig } from "./config.ts";
import { findFile } from "./file.ts";
import type { Found } from "./found.ts";
import { findModule } from "./module.ts";
import { findRunFiles } from "./run-files.ts";
import { findUrl } from "./url.ts";

export interface RequiresContext {
  /** The project directory, absolute. */
  root: string;
  operation: Operation;
  settings: FlagSettings;
  /** What `${name}` stands for in a requirement. */
  scope: Scope;
  choices: Choices;
  /** Runs that were chosen before, by their operation: `evaluate --run`. */
  parents: Record<string, Parent>;
  /** Only these runs count, inside of steps; null for all. */
  among: readonly string[] | null;
}

const FINDERS: Record<RequirementKind, (requirement: Requirement, context: RequiresContext) => Found | null> = {
  file: findFile,
  url: findUrl,
  config: findConfig,
  module: findModule,
  operation: findRunFiles,
};

/**
 * Looks for everything that the operation requires, in the order of the file. What is optional and not there is left out.
 * Writes nothing. Throws ToolError `missing-requirement`, `unknown-reference`, `invalid-pattern` (exit code 2).
 */
export function findRequirements(context: RequiresContext): Found[] {
  return context.operation.requires.flatMap((requirement) => FINDERS[requirement.kind](requirement, context) ?? []);
}
