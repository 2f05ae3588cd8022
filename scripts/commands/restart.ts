import { ToolError } from "../../src/run/error.ts";
import { defineCommand } from "./_contract.ts";
import { recordOptions } from "./_record.ts";

export default defineCommand({
  group: "runs",
  summary: "Record a run again: a new run with the same operation, flags and command",
  usage: ["restart [RUN] [FLAG=VALUE…] [options]"],
  examples: ["guild restart 7f3a", "guild restart 7f3a lr=0.2", "guild restart 1 --preview"],
  options: recordOptions,
  async run({ options, words, rest }, shell) {
    const [{ chosenRun, openRuns }, { openProject, recordOrPreview }, { planRestart }, { readRun }] = await Promise.all([
      import("./_selection.ts"),
      import("./_record.ts"),
      import("./_restarting.ts"),
      import("../../src/load/runs.ts"),
    ]);
    const typed = [...words, ...(rest ?? [])];
    // `lr=0.2` is a flag here, as behind guild train, and never a query; without a run it is the newest.
    const isFlag = (word: string | undefined) => /^[A-Za-z_][\w./-]*=/.test(word ?? "");
    const word = isFlag(typed[0]) ? undefined : typed[0];
    const flags = word === undefined ? typed : typed.slice(1);
    const { file } = await openProject(shell);
    const selectable = await openRuns({}, shell);
    const { root } = selectable;
    const { id } = chosenRun(word, selectable);
    const run = readRun(root, id);
    if (run === null)
      throw new ToolError("invalid-run-file", `The record of run ${id} cannot be read`, { hint: "guild check says why." });
    return recordOrPreview(await planRestart({ root, file, run, flags, options }), options, shell);
  },
});
