/** Finding what somebody typed among the operations of `guild.yml`. */
import type { GuildFile, Model } from "../../src/load/guild-file.ts";
import type { Operation } from "../../src/load/guild-operation.ts";
import { ToolError } from "../../src/run/error.ts";
import { nearest } from "../../src/run/nearest.ts";

export interface Found {
  model: Model;
  operation: Operation;
}

/** `model:operation` or just `operation` → its parts. */
export function splitSpec(spec: string): { model: string | null; operation: string } {
  const at = spec.indexOf(":");
  return at < 0 ? { model: null, operation: spec } : { model: spec.slice(0, at), operation: spec.slice(at + 1) };
}

/** Whether an operation of that name is in the file, in any model. */
export function hasOperation(file: GuildFile, spec: string): boolean {
  const wanted = splitSpec(spec);
  return file.models.some(
    (model) => (wanted.model === null || model.name === wanted.model) && operationIn(model, wanted.operation) !== null,
  );
}

/**
 * The operation that was asked for. Without a model it is the first model's that has it.
 *
 * Throws ToolError `missing-guild-file`, `unknown-model`, `unknown-operation` (exit code 2), each with what is near.
 */
export function findOperation(file: GuildFile, name: string, modelName: string | null): Found {
  if (file.path === null) {
    throw new ToolError("missing-guild-file", `There is no guild.yml here or above that says what "${name}" is`, {
      hint: `Write one with "guild init", or record any command without one: guild run -- python3 ${name}.py`,
      exitCode: 2,
    });
  }
  const models = modelName === null ? file.models : file.models.filter((model) => model.name === modelName);
  if (modelName !== null && models.length === 0) throw unknownModel(file, modelName);
  for (const model of models) {
    const operation = operationIn(model, name);
    if (operation !== null) return { model, operation };
  }
  const known = models.flatMap((model) => Object.keys(model.operations));
  const near = nearest(name, known);
  throw new ToolError("unknown-operation", `guild.yml has no operation "${name}"`, {
    hint: near === null ? listOf("Operations", known) : `Did you mean "${near}"?`,
    exitCode: 2,
  });
}

function operationIn(model: Model, name: string): Operation | null {
  return Object.hasOwn(model.operations, name) ? (model.operations[name] ?? null) : null;
}

function unknownModel(file: GuildFile, name: string): ToolError {
  const known = file.models.flatMap((model) => model.name ?? []);
  const near = nearest(name, known);
  const hint = known.length === 0 ? `Flags are typed name=value, e.g. ${name}=1.` : listOf("Models", known);
  return new ToolError("unknown-model", `guild.yml has no model "${name}"`, {
    hint: near === null ? hint : `Did you mean "${near}"?`,
    exitCode: 2,
  });
}

function listOf(what: string, names: readonly string[]): string {
  return names.length === 0 ? `${what}: none.` : `${what}: ${names.join(", ")}.`;
}
