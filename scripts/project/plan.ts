/** From what was typed to what is recorded: the plan of a run, and where each part of it came from. */
import { join } from "node:path";
import type { GuildFile } from "../../src/load/guild-file.ts";
import type { Operation } from "../../src/load/guild-operation.ts";
import { requiredFiles } from "../../src/load/requirement-spec.ts";
import { readCommand } from "../../src/run/command.ts";
import { type FlagWord, flagsOfCommand, formatFlag } from "../../src/run/flags.ts";
import { goalOf } from "../../src/run/goals.ts";
import type { Flags, FlagValue, Goal } from "../../src/run/types.ts";
import type { RunPlan } from "../record/plan.ts";
import { commandWords, python } from "./command-words.ts";
import { operationEnvironment } from "./environment.ts";
import { globalsProgramPath, writeGlobalsProgram } from "./flag-import/globals-program.ts";
import { importFlags } from "./flag-import/import-flags.ts";
import { type FlagSetting, flagScope, settleFlags, textOf, valuesOf } from "./flag-values.ts";
import { type Found, findOperation } from "./operation.ts";
import type { Parent } from "./parent.ts";
import { expandReferences } from "./references.ts";
import { checkRequirements } from "./requirements.ts";
import { workplace } from "./workplace.ts";

/** What a person may say about any run. */
export interface Wishes {
  label: string | null;
  tags: readonly string[];
  buffered: boolean;
  quiet: boolean;
}

/** A plan that still lacks what only the moment of recording knows: probes, facts, and the digest of the data. */
export interface Intent {
  plan: Omit<RunPlan, "probes" | "facts" | "data">;
  /** What names the data, for `dataDigest`. */
  dataSources: { required: string[]; patterns: string[] };
  /** Flag → where its value came from. Empty for a command that was given as it is. */
  origins: Record<string, string>;
  /** Said on stderr before the run. */
  warnings: string[];
}

export interface OperationRequest {
  root: string;
  file: GuildFile;
  operation: string;
  model: string | null;
  flags: readonly FlagWord[];
  profile: string | null;
  parents: Record<string, Parent>;
  wishes: Wishes;
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
}

/** Plans a run of an operation that is known already, whether a file says it or a script alone is one. Throws as `planOperation`. */
export function planFound({ model, operation: declared }: Found, request: FoundRequest): Intent {
  const { root, cwd, file, wishes } = request;
  const { operation, warnings } = importFlags(declared, { root, cwd });
  const settings = settleFlags({ model, operation }, { typed: request.flags, profile: request.profile, root: cwd });
  const parent = parentVariables(request.parents);
  const scope = { ...flagScope(settings), python_exe: python(), ...parent };
  const place = workplace(operation, settings, { cwd, placed: [] });
  const globalsProgram = place.cwd === root ? globalsProgramPath : join(root, globalsProgramPath);
  const words = commandWords(operation, settings, scope, { globalsProgram });
  const env = { ...operationEnvironment(operation, settings, scope), ...parent };
  const label = wishes.label ?? operation.label;
  checkRequirements(operation, root);
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
      parents: Object.fromEntries(Object.entries(request.parents).map(([name, { id }]) => [name, id])),
      flagNames: Object.keys(settings),
      outputRules: operation.outputScalars,
      sourcecode: operation.sourcecode,
      buffered: wishes.buffered,
      quiet: wishes.quiet,
      outputs: [...new Set([...file.guildhall.outputs, ...operation.outputs])],
      ...siteWishes(file),
    },
    dataSources: { required: requiredFiles(operation.requires), patterns: file.guildhall.data },
    origins: Object.fromEntries(Object.entries(settings).map(([name, setting]) => [name, originOf(setting)])),
    warnings: [...warningsOf(file, operation), ...warnings, ...words.warnings],
  };
}

/** Where the value is from; of a default that only the program can compute, the expression. */
function originOf({ value, spec, from }: FlagSetting): string {
  const computed = value === null ? spec.imported?.computed : null;
  return computed === null || computed === undefined ? from : `${from}: the script computes ${computed}`;
}

/** Plans a run of any command, in the directory where it was typed. */
export function planCommand(request: {
  root: string;
  cwd: string;
  file: GuildFile;
  command: readonly string[];
  wishes: Wishes;
}): Intent {
  const { root, cwd, file, command, wishes } = request;
  const flags: Flags = flagsOfCommand(command);
  return {
    plan: {
      root,
      cwd,
      command: [...command],
      env: {},
      operation: readCommand(command).operation,
      model: null,
      flags,
      label: wishes.label === null ? null : fillLabel(wishes.label, withoutSpecs(flags)),
      tags: [...new Set(wishes.tags)],
      parents: {},
      flagNames: Object.keys(flags),
      buffered: wishes.buffered,
      quiet: wishes.quiet,
      outputs: file.guildhall.outputs,
      ...siteWishes(file),
    },
    dataSources: { required: [], patterns: file.guildhall.data },
    origins: {},
    warnings: [],
  };
}

/** `PARENT_RUN_DIR`: the directory of the run that this one is made from. */
function parentVariables(parents: Record<string, Parent>): Record<string, string> {
  const [parent] = Object.values(parents);
  return parent === undefined ? {} : { PARENT_RUN_DIR: parent.runDir };
}

function siteWishes(file: GuildFile): Pick<RunPlan, "primary" | "goals" | "allowVariables"> {
  const { metrics, env } = file.guildhall;
  const goals: Record<string, Goal> = {};
  for (const tag of Object.keys(metrics)) {
    const goal = goalOf(tag, { metrics });
    if (goal !== null) goals[tag] = goal;
  }
  return { primary: Object.keys(metrics).find((tag) => metrics[tag]?.primary) ?? null, goals, allowVariables: env };
}

type Labelled = Record<string, { value: FlagValue; spec: { nullLabel: string | null } | null }>;

function withoutSpecs(flags: Flags): Labelled {
  return Object.fromEntries(Object.entries(flags).map(([name, value]) => [name, { value, spec: null }]));
}

/** A flag without value is its `null-label`, or nothing. */
function fillLabel(template: string, flags: Labelled): string {
  const texts = Object.entries(flags).map(([name, { value, spec }]) => [
    name,
    value === null ? (spec?.nullLabel ?? "") : textOf(value),
  ]);
  return expandReferences(template, { ...Object.fromEntries(texts), default_label: defaultLabel(flags) }, "the label");
}

/** All flags that have a value, sorted by name: `batch=32 lr=0.1`. */
function defaultLabel(flags: Labelled): string {
  const shown = Object.entries(flags).flatMap(([name, { value, spec }]) => {
    const text = value === null ? (spec?.nullLabel ?? null) : formatFlag(value);
    return text === null ? [] : [`${name}=${text}`];
  });
  return shown.sort().join(" ");
}

/** Only what stands in the lines of this operation, so that a run does not begin with a sermon; `guild check` says everything. */
function warningsOf(file: GuildFile, operation: Operation): string[] {
  const starts = file.models.flatMap((model) => Object.values(model.operations).map(({ place }) => place.line));
  const from = operation.place.line;
  const until = Math.min(...starts.filter((line) => line > from));
  const own = file.warnings.filter(({ line }) => line !== null && line >= from && line < until);
  return own.map((warning) => `${warning.file}:${warning.line}: ${warning.message}`);
}
