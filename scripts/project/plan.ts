/** From what was typed to what is recorded: the plan of a run, and where each part of it came from. */
import type { GuildFile } from "../../src/load/guild-file.ts";
import type { Operation } from "../../src/load/guild-operation.ts";
import { requiredFiles } from "../../src/load/requirement-spec.ts";
import { readCommand } from "../../src/run/command.ts";
import { type FlagWord, flagsOfCommand, formatFlag } from "../../src/run/flags.ts";
import { goalOf } from "../../src/run/goals.ts";
import type { Flags, Goal } from "../../src/run/types.ts";
import type { RunPlan } from "../record/plan.ts";
import { commandWords } from "./command-words.ts";
import { operationEnvironment } from "./environment.ts";
import { flagScope, settleFlags, textOf, valuesOf } from "./flag-values.ts";
import { findOperation } from "./operation.ts";
import type { Parent } from "./parent.ts";
import { expandReferences } from "./references.ts";
import { checkRequirements } from "./requirements.ts";

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
 * Plans a run of an operation of `guild.yml`; it runs in the project directory.
 *
 * Throws ToolError (all exit code 2, nothing has been written): `unknown-operation`, `unknown-model`, `unknown-flag`,
 * `unknown-profile`, `invalid-flag`, `missing-flag`, `unknown-reference`, `missing-requirement` and others.
 */
export function planOperation(request: OperationRequest): Intent {
  const { root, file, wishes } = request;
  const found = findOperation(file, request.operation, request.model);
  const { operation } = found;
  const settings = settleFlags(found, { typed: request.flags, profile: request.profile, root });
  const parent = parentVariables(request.parents);
  const scope = { ...flagScope(settings), ...parent };
  const words = commandWords(operation, settings, scope);
  const env = { ...operationEnvironment(operation, settings, scope), ...parent };
  const label = wishes.label ?? operation.label;
  checkRequirements(operation, root);
  return {
    plan: {
      root,
      cwd: root,
      command: words.command,
      env,
      operation: operation.name,
      model: operation.model,
      flags: valuesOf(settings),
      label: label === null ? null : fillLabel(label, valuesOf(settings)),
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
    origins: Object.fromEntries(Object.entries(settings).map(([name, { from }]) => [name, from])),
    warnings: [...warningsOf(file, operation), ...words.warnings],
  };
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
      label: wishes.label === null ? null : fillLabel(wishes.label, flags),
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

function fillLabel(template: string, flags: Flags): string {
  const texts = Object.fromEntries(Object.entries(flags).map(([name, value]) => [name, textOf(value)]));
  return expandReferences(template, { ...texts, default_label: defaultLabel(flags) }, "the label");
}

/** All flags that have a value, sorted by name: `batch=32 lr=0.1`. */
function defaultLabel(flags: Flags): string {
  const names = Object.keys(flags)
    .filter((name) => flags[name] !== null)
    .sort();
  return names.map((name) => `${name}=${formatFlag(flags[name] ?? null)}`).join(" ");
}

/** Only what stands in the lines of this operation, so that a run does not begin with a sermon; `guild check` says everything. */
function warningsOf(file: GuildFile, operation: Operation): string[] {
  const starts = file.models.flatMap((model) => Object.values(model.operations).map(({ place }) => place.line));
  const from = operation.place.line;
  const until = Math.min(...starts.filter((line) => line > from));
  const own = file.warnings.filter(({ line }) => line !== null && line >= from && line < until);
  return own.map((warning) => `${warning.file}:${warning.line}: ${warning.message}`);
}
