/** What a command file exports. The file name is the command's name; help, docs and completion come from here. */

/** Where a command meets the world; tests hand in their own. */
export interface Shell {
  cwd: string;
  env: NodeJS.ProcessEnv;
  stdout: NodeJS.WritableStream & { isTTY?: boolean };
  stderr: NodeJS.WritableStream & { isTTY?: boolean };
}

export interface OptionSpec {
  /** `boolean` options take no value; `string[]` options may be repeated. */
  type: "boolean" | "string" | "string[]" | "number";
  short?: string;
  /** Shown in help as `--port <value>`. */
  value?: string;
  description: string;
}

export type OptionValues = Record<string, boolean | string | string[] | number | undefined>;

/** Under which heading of the list a command stands: what it is for. */
export type CommandGroup = "record" | "look" | "runs" | "project";

export interface Command {
  group: CommandGroup;
  /** One sentence without a full stop, for the list of commands. */
  summary: string;
  /** Usage lines after `guild `, e.g. `run [--label TEXT] -- COMMAND [ARG…]`. */
  usage: string[];
  /** Complete command lines that work when pasted. */
  examples: string[];
  options: Record<string, OptionSpec>;
  /** Commands that may be typed behind this one as well: `guild runs label` is `guild label`. */
  verbs?: string[];
  /** True where unknown options after the first word belong to the wrapped command instead of being errors. */
  passThrough?: boolean;
  /** Said when an option is not known and none is near, instead of pointing at the help. */
  unknownOptionHint?: string;
  /**
   * Does the work and resolves to the exit code, or to a signal by which the process has to die.
   * Throws ToolError for what people can mend.
   */
  run(
    input: { options: OptionValues; words: string[]; rest: string[] | null },
    shell: Shell,
  ): Promise<number | { signal: NodeJS.Signals }>;
}

/** Gives the command back unchanged; it is here for its type. */
export function defineCommand(command: Command): Command {
  return command;
}
