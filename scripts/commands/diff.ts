import { ToolError } from "../../src/run/error.ts";
import { textOption } from "./_arguments.ts";
import { defineCommand } from "./_contract.ts";
import { selectionOptions } from "./_selection-options.ts";

export default defineCommand({
  group: "runs",
  summary: "Show what differs between runs: flags, code, data, environment, results",
  usage: ["diff [RUN RUN…] [options]"],
  examples: ["guild diff 7f3a 91bc", "guild diff 1:2 --output", "guild runs diff 2 1 --path metrics.csv"],
  options: {
    ...selectionOptions,
    output: { type: "boolean", short: "O", description: "compare what two runs printed, line by line" },
    path: { type: "string", short: "p", value: "file", description: "compare a file or folder of two runs, line by line" },
    json: { type: "boolean", description: "print {runs, metrics, differences, identical}" },
  },
  async run({ options, words, rest }, shell) {
    const [{ openRuns, wantedRuns }, { recordsOf }] = await Promise.all([import("./_selection.ts"), import("./_runs-table.ts")]);
    const selectable = await openRuns(options, shell);
    const typed = [...words, ...(rest ?? [])];
    // The two newest without a word, the older one first: what has changed since.
    const chosen = typed.length === 0 ? selectable.runs.slice(0, 2).reverse() : wantedRuns(typed, selectable);
    if (chosen.length < 2) {
      throw new ToolError("missing-run", `Expected two runs to compare, found ${chosen.length}`, {
        hint: 'For example: guild diff 2 1 (the two newest); "guild runs" lists them.',
        exitCode: 2,
      });
    }
    const { root } = selectable;
    const path = textOption(options, "path");
    if (options.output === true || path !== null) {
      const { diffFiles } = await import("./_run-files.ts");
      return diffFiles(
        root,
        chosen.map(({ id }) => id),
        path,
        shell,
      );
    }
    const { diffJson, diffText } = await import("./_diff-text.ts");
    const runs = recordsOf(root, chosen);
    shell.stdout.write(options.json === true ? diffJson(root, runs) : diffText(root, runs));
    return 0;
  },
});
