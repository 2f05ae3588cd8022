/** `guild train`, `guild prepare`, `guild run NAME`: an operation of guild.yml with the flags that were typed. */
import { ToolError } from "../../src/run/error.ts";
import { parseFlagWords } from "../../src/run/flags.ts";
import type { Parent } from "../project/parent.ts";
import { planOperation } from "../project/plan.ts";
import { textOption } from "./_arguments.ts";
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
  const { flags, words: others } = parseFlagWords(words);
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
  const request = { root, file, operation, model, flags, profile, parents, importByRunning };
  const intent = planOperation({ ...request, wishes: wishesOf(options) });
  return recordOrPreview(intent, options, shell);
}

/** Words of `guild train [MODEL] [flag=value…]`: a first word without `=` is the model. */
export function splitModel(words: readonly string[]): { model: string | null; words: readonly string[] } {
  const [first, ...others] = words;
  return first === undefined || first.includes("=") ? { model: null, words } : { model: first, words: others };
}
