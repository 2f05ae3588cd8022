/** The plan of a command that was given as it is. Loads little: what stands behind `--` is to start at once. */
import type { GuildFile } from "../../src/load/guild-file.ts";
import { readCommand } from "../../src/run/command.ts";
import { flagsOfCommand } from "../../src/run/flags.ts";
import type { Flags } from "../../src/run/types.ts";
import { type Intent, siteWishes, type Wishes } from "./intent.ts";
import { fillLabel, type Labelled } from "./label.ts";

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
    dataPatterns: file.guildhall.data,
    required: [],
    arrange: () => ({ cwd, placed: [] }),
    origins: {},
    warnings: [],
  };
}

function withoutSpecs(flags: Flags): Labelled {
  return Object.fromEntries(Object.entries(flags).map(([name, value]) => [name, { value, spec: null }]));
}
