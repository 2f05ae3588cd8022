/** Environment variables that an operation adds to the child's. */
import type { Operation } from "../../src/load/guild-operation.ts";
import { variableText } from "./command-words.ts";
import { type FlagSettings, flagScope } from "./flag-values.ts";
import { expandReferences, type Scope } from "./references.ts";

/**
 * `FLAG_<NAME>` for every flag (or the flag's `env-name`), empty for null, and the operation's `env` with `${flag}`
 * replaced. The operation's own names win. Throws ToolError `unknown-reference`.
 */
export function operationEnvironment(
  operation: Operation,
  settings: FlagSettings,
  scope: Scope = flagScope(settings),
): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, { value, spec }] of Object.entries(settings)) {
    env[spec.envName ?? `FLAG_${name.toUpperCase().replace(/[^A-Z0-9_]/g, "_")}`] = variableText(value, spec);
  }
  for (const [name, text] of Object.entries(operation.env)) {
    env[name] = expandReferences(text, scope, `env ${name} of operation ${operation.name}`);
  }
  return env;
}
