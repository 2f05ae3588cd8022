/** From a recorded run to the plan of another with the same operation, flags and command. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { GuildFile } from "../../src/load/guild-file.ts";
import { redactorHere } from "../../src/load/redactor.ts";
import { ToolError } from "../../src/run/error.ts";
import { type FlagWord, formatFlag, parseFlagWords } from "../../src/run/flags.ts";
import { type Manifest, parseManifest } from "../../src/run/manifest.ts";
import type { Flags, Run } from "../../src/run/types.ts";
import { commandLine } from "../../src/views/command-line.ts";
import type { Intent } from "../project/intent.ts";
import { hasOperation } from "../project/operation.ts";
import { planOperation } from "../project/plan.ts";
import { planCommand } from "../project/plan-command.ts";
import { textOption } from "./_arguments.ts";
import type { OptionValues } from "./_contract.ts";
import { wishesOf } from "./_record.ts";

export interface RestartRequest {
  root: string;
  file: GuildFile;
  run: Run;
  /** `name=value` words that replace flags of the run. */
  flags: readonly string[];
  options: OptionValues;
}

/**
 * Plans a new attempt: linked to the old one as its parent `restart`, with its label and tags unless others are given.
 *
 * An operation of guild.yml is planned again with the flags that were recorded. Where guild.yml has changed, or has no such
 * operation, the recorded command is started as it was; its exact words are known on the machine that recorded it. Throws ToolError
 * `unknown-command` with what to type instead, `still-running`, and what planning throws (all exit code 2).
 */
export async function planRestart(request: RestartRequest): Promise<Intent> {
  const { root, file, run, options } = request;
  const { flags: typed, words: others } = parseFlagWords(request.flags);
  if (others.length > 0) {
    throw new ToolError("unexpected-word", `Expected flags such as lr=0.1 after the run, found ${JSON.stringify(others[0])}`, {
      hint: `guild restart ${run.id} lr=0.1`,
      exitCode: 2,
    });
  }
  if (run.status === "running" || run.status === "pending") {
    throw new ToolError("still-running", `Run ${run.id} is still running`, {
      hint: `End it first: guild stop ${run.id}`,
      exitCode: 2,
    });
  }
  const manifest = readManifest(root, run.id);
  const operation = hasOperation(file, specOf(run)) ? await planAgain(request, manifest?.flags ?? run.flags, typed) : null;
  if (operation !== null && (typed.length > 0 || isSame(operation, run, manifest)))
    return linked(operation, run, options, typed.length === 0);
  if (typed.length > 0) {
    throw new ToolError("unknown-operation", `Run ${run.id} is of no operation of guild.yml, so its flags cannot be changed`, {
      hint: `Type the command with other flags: guild run -- ${commandLine(run.command)}`,
      exitCode: 2,
    });
  }
  if (manifest === null) throw commandUnknown(run);
  const intent = planCommand({
    root,
    cwd: manifest.cwd,
    file,
    command: manifest.argv.map((word) => word.replaceAll(manifest.runDir, `\${RUN_DIR}`)),
    wishes: wishesOf(options),
  });
  const { operation: name, model, flags } = manifest;
  const plan = { ...intent.plan, operation: name, model, flags, flagNames: Object.keys(flags), env: operation?.plan.env ?? {} };
  const changed = operation === null ? [] : [`guild.yml says another command for ${name} now; the recorded one is started`];
  return linked({ ...intent, plan, warnings: [...intent.warnings, ...changed] }, run, options, true);
}

/** The same operation with the flags that were recorded; null where guild.yml no longer takes them. */
async function planAgain(
  { root, file, run, options }: RestartRequest,
  flags: Flags,
  typed: readonly FlagWord[],
): Promise<Intent | null> {
  const known: FlagWord[] = Object.entries(flags)
    .filter(([name, value]) => value !== null && !typed.some((flag) => flag.name === name))
    .map(([name, value]) => ({ name, text: formatFlag(value) }));
  const parents = Object.entries(run.parents)
    .map(([name, id]) => [name, { id, runDir: join(root, "runs", id) }] as const)
    .filter(([name, { runDir }]) => name !== LINK && existsSync(runDir));
  try {
    return await planOperation({
      root,
      file,
      operation: run.operation,
      model: run.model,
      flags: [...known, ...typed],
      profile: null,
      parents: Object.fromEntries(parents),
      wishes: wishesOf(options),
    });
  } catch (error) {
    if (typed.length > 0 || !(error instanceof ToolError)) throw error;
    return null;
  }
}

/** How the parent is called that a restarted run has. */
const LINK = "restart";

/** The label says what the old run was, so it goes on only where nothing is changed. */
function linked(intent: Intent, run: Run, options: OptionValues, same: boolean): Intent {
  const { plan } = intent;
  return {
    ...intent,
    plan: {
      ...plan,
      label: same && textOption(options, "label") === null ? run.label : plan.label,
      tags: [...new Set([...run.tags, ...plan.tags])],
      parents: { ...run.parents, ...plan.parents, [LINK]: run.id },
    },
  };
}

/** Would the plan start what was started then? Judged by the exact words where they are here, else by the public ones, which hide homes and secrets. */
function isSame({ plan }: Intent, run: Run, manifest: Manifest | null): boolean {
  const place = manifest?.runDir ?? `\${RUN_DIR}`;
  const words = plan.command.map((word) => word.replaceAll(/\$(?:\{RUN_?DIR\}|RUN_?DIR\b)/g, place));
  if (manifest !== null) return JSON.stringify(words) === JSON.stringify(manifest.argv);
  return JSON.stringify(redactorHere(plan.root).argv(words)) === JSON.stringify(run.command);
}

function commandUnknown(run: Run): ToolError {
  const here = `The exact command of run ${run.id} is not on this machine: it was recorded on another one`;
  const flags = Object.entries(run.flags).map(([name, value]) => `${name}=${formatFlag(value)}`);
  return new ToolError("unknown-command", here, {
    hint: `Type it yourself, with what is hidden filled in: guild run -- ${commandLine(run.command)}${flags.length === 0 ? "" : `   (${flags.join(" ")})`}`,
    exitCode: 2,
  });
}

function specOf({ model, operation }: Run): string {
  return model === null ? operation : `${model}:${operation}`;
}

/** The private manifest; null in a clone, or where it cannot be read. */
function readManifest(root: string, id: string): Manifest | null {
  const path = join(root, "runs", id, ".guild", "run.json");
  try {
    return parseManifest(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    return null;
  }
}
