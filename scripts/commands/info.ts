import { defineCommand } from "./_contract.ts";
import { selectionOptions } from "./_selection-options.ts";

export default defineCommand({
  group: "runs",
  summary: "Show what is known of a run; the newest without a name",
  usage: ["info [RUN] [options]"],
  examples: ["guild info", "guild runs info 7f3a", "guild info --operation train --json"],
  options: {
    ...selectionOptions,
    json: { type: "boolean", description: "print the public record, as run.json holds it" },
  },
  async run({ options, words, rest }, shell) {
    const [{ chosenRun, openRuns }, { oneWord }, { recordsOf }] = await Promise.all([
      import("./_selection.ts"),
      import("./_arguments.ts"),
      import("./_runs-table.ts"),
    ]);
    const typed = oneWord([...words, ...(rest ?? [])], "info");
    const selectable = await openRuns(options, shell);
    const { root } = selectable;
    const [run] = recordsOf(root, [chosenRun(typed, selectable)]);
    if (run === undefined) return 1;
    if (options.json === true) shell.stdout.write((await import("../../src/run/run-file.ts")).formatRun(run));
    else shell.stdout.write((await import("./_run-text.ts")).runText(root, run));
    return 0;
  },
});
