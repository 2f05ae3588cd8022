import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Requirement } from "../../../src/load/requirement-spec.ts";
import { ToolError } from "../../../src/run/error.ts";
import type { FlagValue } from "../../../src/run/types.ts";
import { configFormat, withConfigValues } from "../flag-import/config-file.ts";
import { splitValue } from "../flag-import/config-flags.ts";
import type { FlagSettings } from "../flag-values.ts";
import { expandReferences } from "../references.ts";
import type { RequiresContext } from "./find.ts";
import type { Found } from "./found.ts";
import { missingFile } from "./missing.ts";
import { badSha256, sha256Of } from "./sha256.ts";
import { targetOf } from "./target.ts";

/**
 * `config: train.yml`: the run gets its own copy of the file, with `params` and with the flags that have a value, as Guild does it.
 * Null where it is not there and optional. Throws ToolError `missing-requirement`, `invalid-config-file` (exit code 2).
 */
export function findConfig(requirement: Requirement, { root, scope, settings, choices }: RequiresContext): Found | null {
  const [chosen] = choices.get(requirement) ?? [];
  const written = chosen ?? expandReferences(requirement.target, scope, "requires");
  const path = resolve(root, written);
  if (!existsSync(path)) {
    if (requirement.optional) return null;
    throw missingFile(written, requirement);
  }
  const { place } = requirement;
  const format = configFormat(path);
  if (format === null) {
    throw new ToolError("invalid-config-file", `${written} is no config file whose kind is known`, {
      hint: `${place.file}:${place.line}: flags can be written into .yml, .yaml, .json, .ini and .cfg files.`,
      exitCode: 2,
    });
  }
  return {
    requirement,
    scope,
    name: chosen ?? requirement.target,
    shown: `${written} with the flags' values`,
    moves: true,
    parents: {},
    async obtain() {
      const actual = requirement.sha256 === null ? null : await sha256Of(path);
      if (actual !== requirement.sha256) throw badSha256(written, actual ?? "", requirement);
      const values = { ...requirement.params, ...flagValues(settings) };
      const to = targetOf({ path, folder: "" }, requirement, scope);
      try {
        const text = withConfigValues(readFileSync(path, "utf8"), format, values);
        return { sources: [], written: [{ to, text, from: path }], warnings: [] };
      } catch (cause) {
        const [reason] = (cause instanceof Error ? cause.message : String(cause)).split("\n");
        throw new ToolError("invalid-config-file", `${written}: ${reason}`, { exitCode: 2, cause });
      }
    },
  };
}

function flagValues(settings: FlagSettings): Record<string, FlagValue> {
  const values: Record<string, FlagValue> = {};
  for (const [name, { value, spec }] of Object.entries(settings)) {
    if (value !== null) values[spec.argName ?? name] = spec.argSplit === null ? value : splitValue(value, spec.argSplit);
  }
  return values;
}
