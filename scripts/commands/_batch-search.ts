/** What a batch is asked for, and who is asked for its trials. */
import type { Operation } from "../../src/load/operation-spec.ts";
import type { FlagWord } from "../../src/run/flags.ts";
import type { Objective } from "../project/batch/objective.ts";
import type { PlannedTrial } from "../project/batch/sweep.ts";
import type { Intent } from "../project/intent.ts";
import type { BatchWords } from "./_batch-options.ts";
import type { Shell } from "./_contract.ts";

export interface BatchRequest {
  root: string;
  /** The operation or script, as typed behind `guild run`. */
  spec: string;
  words: BatchWords;
  /** Lists and spaces that guild.yml gives to flags that were not typed. */
  defaults: readonly FlagWord[];
  operation: Operation | null;
  /** The project's main metric, where it has a goal. */
  primary: Objective | null;
  /** Plans one trial. Throws ToolError for what is mistyped. */
  plan(flags: readonly FlagWord[]): Intent | Promise<Intent>;
}

export interface AskedTrials {
  /** Trials that were asked for before come first: the batch goes on with them. Null when there are to be no more. */
  next(): Promise<PlannedTrial | null>;
  /** `value` is null for a trial that failed, or recorded no such scalar. */
  ended(trial: PlannedTrial, value: number | null): Promise<void>;
  close(): Promise<void>;
}

export interface Known {
  plan: readonly PlannedTrial[];
  runs: ReadonlyMap<number, string>;
  jobs: number;
  shell: Shell;
}
