/** What is to be recorded: everything `record` needs to know before it starts, made by `scripts/project` and the commands. */
import type { OutputRules } from "../../src/run/output-rules.ts";
import type { SourceRules } from "../../src/run/source-rules.ts";
import type { Flags, Goal, Run } from "../../src/run/types.ts";
import type { Facts, Probe } from "../probes/_contract.ts";
import type { Placement } from "./placement.ts";

export type { Placement } from "./placement.ts";

export interface RunPlan {
  /** The project directory, absolute: `runs/` and `content/` are (made) here. */
  root: string;
  /** Where the command runs, absolute; `${RUN_DIR}` is the run's own directory. */
  cwd: string;
  /** What is put into the run's own directory before the command starts. */
  placed?: Placement[];
  /** What is started. `${RUN_DIR}`, `$RUN_DIR`, `$RUNDIR` and `${RUNDIR}` inside a word become the run's own directory. */
  command: string[];
  /** What is started in its stead, where `command` names an operation that a program of ours carries out. */
  launch?: string[];
  /** Added to the recorder's own environment, references to the run's directory replaced as in `command`; `RUN_DIR`, `RUNDIR` and `GUILD_RUN_ID` are added by `record`. */
  env: Record<string, string>;
  operation: string;
  model: string | null;
  flags: Flags;
  label: string | null;
  tags: string[];
  parents: Run["parents"];
  /** The batch that it is a trial of. */
  sweep?: string | null;
  /** Its stdin is empty instead of ours: one of several that run beside each other. */
  withoutInput?: boolean;
  data: Run["data"];
  /** Which files are the source, by `sourcecode` of guild.yml; without it what git tracks. */
  sourcecode?: SourceRules | null;
  /** Names of flags: `key: value` lines with these keys are not scalars. */
  flagNames: string[];
  /** `output-scalars` of the operation; left out, what is built in reads the output. */
  outputRules?: OutputRules;
  /** Declared main metric and goals, for the closing lines. */
  primary: string | null;
  goals: Record<string, Goal>;
  /** Python's own buffering is left alone where it prints into a pipe. */
  buffered: boolean;
  /** No closing lines on stderr. */
  quiet: boolean;
  /** Given as they are, or as a function that loads them: it is called when the command has been started, so nobody waits. */
  probes: Loadable<Record<string, Probe>>;
  facts: Loadable<Record<string, Facts>>;
  /** Globs of files in the project that the run keeps a copy of when the command has changed them, from `guildhall: outputs:`. */
  outputs: string[];
  /** Extra names for the environment allow-list, from `guildhall: env:`. Globs with `*`. */
  allowVariables: string[];
}

export type Loadable<T> = T | (() => Promise<T>);

export async function load<T extends object>(what: Loadable<T>): Promise<T> {
  return typeof what === "function" ? what() : what;
}
