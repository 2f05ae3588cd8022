/** `guild train`, `guild prepare`, `guild run NAME`: an operation of guild.yml with the flags that were typed. */
import type { GuildFile } from "../../src/load/guild-file.ts";
import { ToolError } from "../../src/run/error.ts";
import type { FlagWord } from "../../src/run/flags.ts";
import { findOperation } from "../project/operation.ts";
import type { Parent } from "../project/parent.ts";
import { planOperation } from "../project/plan.ts";
import { textOption } from "./_arguments.ts";
import { asksForBatch, batchWords, listDefaults } from "./_batch-options.ts";
import type { OptionValues, Shell } from "./_contract.ts";
import { openProject, recordOrPreview, wishesOf } from "./_record.ts";

/** Said when somebody types `--lr 0.1` for a flag of an operation. */
export const flagsAreWords = "Flags of an operation are typed without dashes: lr=0.1";

/** Which operation's run another one is made from. */
const MADE_FROM: Record<string, string> = { evaluate: "train" };

export interface OperationInput {
  operation: string;
  model: string | null;
  /** `name=value` words; anything else is an error. */
  words: readonly string[];
}

/** Plans and records one run of an operation. Throws ToolError with exit code 2 for everything mistyped. */
export async function runOperation({ operation, model, words }: OperationInput, options: OptionValues, shell: Shell) {
  const typed = batchWords(words);
  const { flags, others } = typed;
  if (others.length > 0) {
    throw new ToolError(
      "unexpected-word",
      `Expected flags such as lr=0.1 after "${operation}", found ${JSON.stringify(others[0])}`,
      {
        hint: `A command is recorded with: guild run -- ${others.join(" ")}`,
        exitCode: 2,
      },
    );
  }
  const { root, file } = await openProject(shell);
  const parents: Record<string, Parent> = {};
  const parentOperation = MADE_FROM[operation];
  if (parentOperation !== undefined) {
    const { chooseParent } = await import("../project/parent.ts");
    parents[parentOperation] = chooseParent(root, parentOperation, textOption(options, "run"));
  }
  const profile = textOption(options, "profile");
  const importByRunning = options["import-by-running"] === true;
  const request = { root, file, operation, model, profile, parents, importByRunning, wishes: wishesOf(options) };
  const plan = (flags: readonly FlagWord[]) => planOperation({ ...request, flags });
  const found = findOperation(file, operation, model);
  const defaults = listDefaults(found.operation, profile, flags);
  if (defaults.length > 0 || asksForBatch(typed, options)) {
    const { runBatch } = await import("./_batch.ts");
    const spec = model === null ? operation : `${model}:${operation}`;
    const batch = { root, spec, words: typed, defaults, operation: found.operation, primary: primaryOf(file), plan };
    return runBatch(batch, options, shell);
  }
  return recordOrPreview(plan(flags), options, shell);
}

/** The project's main metric, where it says whether more or less of it is better. */
export function primaryOf({ guildhall: { metrics } }: Pick<GuildFile, "guildhall">) {
  const [tag, metric] = Object.entries(metrics).find(([, { primary }]) => primary) ?? [];
  return tag === undefined || metric === undefined || metric.goal === null ? null : { tag, goal: metric.goal };
}

/** Words of `guild train [MODEL] [flag=value…]`: a first word without `=` is the model. */
export function splitModel(words: readonly string[]): { model: string | null; words: readonly string[] } {
  const [first, ...others] = words;
  return first === undefined || first.includes("=") ? { model: null, words } : { model: first, words: others };
}
