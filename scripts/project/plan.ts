/** From what was typed to what is recorded: the plan of a run, and where each part of it came from. */
import { join } from "node:path";
import type { GuildFile } from "../../src/load/guild-file.ts";
import type { Operation } from "../../src/load/guild-operation.ts";
import type { FlagWord } from "../../src/run/flags.ts";
import type { Placement } from "../record/plan.ts";
import { commandScope, commandWords, python } from "./command-words.ts";
import { operationEnvironment } from "./environment.ts";
import { globalsProgramPath, writeGlobalsProgram } from "./flag-import/globals-program.ts";
import { type ImportedOperation, importFlags } from "./flag-import/import-flags.ts";
import { type FlagSetting, flagScope, settleFlags, valuesOf } from "./flag-values.ts";
import { type Intent, siteWishes, type Wishes } from "./intent.ts";
import { fillLabel } from "./label.ts";
import { type Found, findOperation } from "./operation.ts";
import type { Parent } from "./parent.ts";
import { settledChoices, takeChoices } from "./requires/choices.ts";
import { findRequirements } from "./requires/find.ts";
import { needsRunDir } from "./requires/found.ts";
import { workplace } from "./workplace.ts";

export interface OperationRequest {
  root: string;
  file: GuildFile;
  operation: string;
  model: string | null;
  flags: readonly FlagWord[];
  profile: string | null;
  parents: Record<string, Parent>;
  wishes: Wishes;
  /** Only these runs count as required ones, inside of steps; null and nothing for all. */
  among?: readonly string[] | null;
  /** The script is run to read its flags. */
  importByRunning?: boolean;
}

/**
 * Plans a run of an operation of `guild.yml`; it runs in the project directory, or in its own (see `workplace`).
 *
 * Throws ToolError (all exit code 2, nothing has been written): `unknown-operation`, `unknown-model`, `unknown-flag`,
 * `unknown-profile`, `invalid-flag`, `missing-flag`, `unknown-reference`, `missing-requirement` and others.
 */
export function planOperation(request: OperationRequest): Intent {
  const found = findOperation(request.file, request.operation, request.model);
  return planFound(found, { ...request, cwd: request.root });
}

export interface FoundRequest extends Omit<OperationRequest, "operation" | "model"> {
  /** Where it starts unless it is in the run's directory; relative paths of its script are from here. Absolute. */
  cwd: string;
  /** Where the script's flags are known already. */
  imported?: ImportedOperation;
}

/** Plans a run of an operation that is known already, whether a file says it or a script alone is one. Throws as `planOperation`. */
export function planFound({ model, operation: declared }: Found, request: FoundRequest): Intent {
  const { root, cwd, file, wishes } = request;
  const { operation, warnings } =
    request.imported ?? importFlags(declared, { root, cwd, byRunning: request.importByRunning ?? false });
  const { choices, flags: typed } = takeChoices(operation, request.flags);
  const settings = settleFlags({ model, operation }, { typed, profile: request.profile, root: cwd });
  const required = findRequirements({
    ...{ root, operation, settings, scope: flagScope(settings), choices: settledChoices(operation, choices, settings) },
    ...{ parents: request.parents, among: request.among ?? null },
  });
  const parents: Record<string, Parent> = Object.assign({ ...request.parents }, ...required.map((one) => one.parents));
  const parent = parentVariables(parents);
  const scope = { ...commandScope(settings), python_exe: python(), ...parent };
  const moves = needsRunDir(required);
  const arrange = (placed: readonly Placement[]) => workplace(operation, settings, { cwd, moves, placed });
  const place = arrange([]);
  const globalsProgram = place.cwd === root ? globalsProgramPath : join(root, globalsProgramPath);
  const words = commandWords(operation, settings, scope, { globalsProgram });
  const env = { ...operationEnvironment(operation, settings, { ...scope, ...flagScope(settings) }), ...parent };
  const label = wishes.label ?? operation.label;
  if (words.command.includes(globalsProgram)) writeGlobalsProgram(root);
  return {
    plan: {
      root,
      cwd: place.cwd,
      placed: place.placed,
      command: words.command,
      env,
      operation: operation.name,
      model: operation.model,
      flags: valuesOf(settings),
      label: label === null ? null : fillLabel(label, settings),
      tags: [...new Set([...operation.tags, ...wishes.tags])],
      parents: Object.fromEntries(Object.entries(parents).map(([name, { id }]) => [name, id])),
      flagNames: Object.keys(settings),
      outputRules: operation.outputScalars,
      sourcecode: operation.sourcecode,
      buffered: wishes.buffered,
      quiet: wishes.quiet,
      outputs: [...new Set([...file.guildhall.outputs, ...operation.outputs])],
      ...siteWishes(file),
    },
    dataPatterns: file.guildhall.data,
    required,
    arrange,
    origins: Object.fromEntries(Object.entries(settings).map(([name, setting]) => [name, originOf(setting)])),
    warnings: [...warningsOf(file, operation), ...warnings, ...words.warnings],
  };
}

/** Where the value is from; of a default that only the program can compute, the expression. */
function originOf({ value, spec, from }: FlagSetting): string {
  const computed = value === null ? spec.imported?.computed : null;
  return computed === null || computed === undefined ? from : `${from}: the script computes ${computed}`;
}

/** `PARENT_RUN_DIR`: the directory of the run that this one is made from. */
function parentVariables(parents: Record<string, Parent>): Record<string, string> {
  const [parent] = Object.values(parents);
  return parent === undefined ? {} : { PARENT_RUN_DIR: parent.runDir };
}

/** Only what stands in the lines of this operation, so that a run does not begin with a sermon; `guild check` says everything. */
function warningsOf(file: GuildFile, operation: Operation): string[] {
  const starts = file.models.flatMap((model) => Object.values(model.operations).map(({ place }) => place.line));
  const from = operation.place.line;
  const until = Math.min(...starts.filter((line) => line > from));
  const own = file.warnings.filter(({ line }) => line !== null && line >= from && line < until);
  return own.map((warning) => `${warning.file}:${warning.line}: ${warning.message}`);
}
