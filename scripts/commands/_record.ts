/** What all commands that record have in common: the options, the preview, and handing the plan to the recorder. */
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { type GuildFile, noGuildFile } from "../../src/load/guild-file.ts";
import type { Intent, Wishes } from "../project/intent.ts";
import { findRoot } from "../project/root.ts";
import type { RunPlan } from "../record/plan.ts";
import { textOption, textsOption } from "./_arguments.ts";
import { batchOptions } from "./_batch-options.ts";
import type { OptionSpec, OptionValues, Shell } from "./_contract.ts";
import { withSources } from "./_sources.ts";

export const recordOptions: Record<string, OptionSpec> = {
  label: { type: "string", short: "l", value: "text", description: "a name for the run; ${flag} is replaced" },
  tag: { type: "string[]", short: "t", value: "tag", description: "a tag for the run; may be repeated" },
  preview: { type: "boolean", description: "print what would run, record nothing" },
  background: { type: "boolean", description: "record on without this terminal; prints the run's id" },
  buffered: { type: "boolean", description: "leave Python's output buffering alone (its lines come late)" },
  quiet: { type: "boolean", short: "q", description: "no lines of our own on stderr" },
};

export const operationOptions: Record<string, OptionSpec> = {
  profile: { type: "string", short: "p", value: "name", description: "flag values of this profile of guild.yml" },
  "import-by-running": { type: "boolean", description: "run the script as far as its arguments to read its flags" },
  ...recordOptions,
  ...batchOptions,
};

/** What was wished for any run. */
export function wishesOf(options: OptionValues): Wishes {
  return {
    label: textOption(options, "label"),
    tags: textsOption(options, "tag"),
    buffered: options.buffered === true,
    quiet: options.quiet === true,
  };
}

/** The project that the shell stands in. Throws ToolError `invalid-guild-file`. */
export async function openProject(shell: Shell): Promise<{ root: string; file: GuildFile }> {
  const root = findRoot(shell.cwd, shell.env.HOME ?? homedir());
  // The YAML parser is a fifth of the time that a wrapped command waits for us: only where there is a file for it.
  if (!existsSync(join(root, "guild.yml"))) return { root, file: noGuildFile() };
  const { readGuildFile } = await import("../../src/load/project.ts");
  return { root, file: readGuildFile(root) };
}

/**
 * Records what was planned, or prints it. The recorder is loaded only now: a preview or a mistyped flag does not wait for it.
 */
export async function recordOrPreview(
  intent: Intent,
  options: OptionValues,
  shell: Shell,
): Promise<number | { signal: NodeJS.Signals }> {
  const say = (line: string): void => {
    if (!intent.plan.quiet) shell.stderr.write(`guild: ${line}\n`);
  };
  intent.warnings.forEach(say);
  if (options.preview === true) {
    const { previewText } = await import("../project/preview.ts");
    shell.stdout.write(previewText(intent));
    return 0;
  }
  if (options.background === true) {
    const [{ recordInBackground }, plan] = await Promise.all([import("./_background.ts"), completePlan(intent, shell.env, say)]);
    return recordInBackground(plan, shell);
  }
  const [{ record }, plan] = await Promise.all([import("../record/record.ts"), completePlan(intent, shell.env, say)]);
  const outcome = await record(withSources(plan), shell);
  return "signal" in outcome ? outcome : outcome.exitCode;
}

/**
 * The plan with what it requires, fetched and checked, and with the digest of its data. `say` is told what takes long, and what is not
 * as it should be. Throws ToolError (exit code 2) for what cannot be had; nothing is recorded then.
 */
export async function completePlan(
  intent: Intent,
  env: NodeJS.ProcessEnv,
  say: (line: string) => void,
): Promise<Omit<RunPlan, "probes" | "facts">> {
  const { plan, required, dataPatterns } = intent;
  if (required.length + dataPatterns.length === 0) return { ...plan, data: null };
  const { complete } = await import("../project/requires/complete.ts");
  const { plan: completed, warnings } = await complete(intent, { say, env });
  warnings.forEach(say);
  return completed;
}
