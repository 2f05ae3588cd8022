/** What all commands that record have in common: the options, the preview, and handing the plan to the recorder. */
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { type GuildFile, noGuildFile } from "../../src/load/guild-file.ts";
import type { Intent, Wishes } from "../project/intent.ts";
import { findRoot } from "../project/root.ts";
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
  if (!intent.plan.quiet) for (const warning of intent.warnings) shell.stderr.write(`guild: ${warning}\n`);
  if (options.preview === true) {
    const { previewText } = await import("../project/preview.ts");
    shell.stdout.write(previewText(intent));
    return 0;
  }
  if (options.background === true) {
    const [{ recordInBackground }, data] = await Promise.all([import("./_background.ts"), digestData(intent)]);
    return recordInBackground({ ...intent.plan, data }, shell);
  }
  const [{ record }, data] = await Promise.all([import("../record/record.ts"), digestData(intent)]);
  const outcome = await record(withSources({ ...intent.plan, data }), shell);
  return "signal" in outcome ? outcome : outcome.exitCode;
}

/** The digest of the data that the plan names; null where it names none. */
export async function digestData({ plan, dataSources }: Intent) {
  if (dataSources.required.length + dataSources.patterns.length === 0) return null;
  const { dataDigest } = await import("../project/data-digest.ts");
  return dataDigest(plan.root, dataSources);
}
