/** With which rules and flags printed output is read: those of an operation of `guild.yml`. */
import type { GuildFile } from "../../src/load/guild-file.ts";
import { NO_RULES, type OutputRules } from "../../src/run/output-rules.ts";
import { findOperation, hasOperation, splitSpec } from "./operation.ts";
import type { SourceRun } from "./output-source.ts";

export interface OutputSettings {
  rules: OutputRules;
  flagNames: string[];
}

/**
 * The rules of the operation that was named, else of the run's own operation where `guild.yml` has it, else none. Throws ToolError
 * `unknown-operation` or `unknown-model` (exit code 2) for a name that was typed.
 */
export function outputRulesOf(file: GuildFile, named: string | null, run: SourceRun | null): OutputSettings {
  if (named !== null) {
    const { operation: name, model } = splitSpec(named);
    const { operation } = findOperation(file, name, model);
    return {
      rules: operation.outputScalars,
      flagNames: [...new Set([...Object.keys(operation.flags), ...(run?.flagNames ?? [])])],
    };
  }
  if (run === null) return { rules: NO_RULES, flagNames: [] };
  const known = run.operation !== "" && hasOperation(file, run.operation);
  return {
    rules: known ? findOperation(file, run.operation, run.model).operation.outputScalars : NO_RULES,
    flagNames: run.flagNames,
  };
}
