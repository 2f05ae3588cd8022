import { textOption } from "./_arguments.ts";
import { defineCommand } from "./_contract.ts";
import { selectionOptions } from "./_selection-options.ts";

export default defineCommand({
  group: "runs",
  summary: "Compare what runs reached, as a table, as CSV or as JSON",
  usage: ["compare [RUN…] [options]"],
  examples: ["guild compare --top 5", "guild compare op:train --columns '=lr, max acc as best, loss step' --csv -"],
  options: {
    ...selectionOptions,
    columns: { type: "string[]", short: "c", value: "list", description: "=flag, .attribute, loss, max acc as best, loss step" },
    min: { type: "string", value: "column", description: "sort by this column, the least first" },
    max: { type: "string", value: "column", description: "sort by this column, the greatest first" },
    top: {
      type: "number",
      short: "N",
      value: "count",
      description: "only the best so many; by the main metric without --min or --max",
    },
    diff: { type: "boolean", short: "d", description: "only columns in which the runs differ" },
    csv: { type: "string", value: "file", description: "write CSV with all flags and scalars; - is the standard output" },
    json: { type: "boolean", description: "print {columns, rows} with exact values" },
  },
  async run({ options, words, rest }, shell) {
    const [{ openRuns, wantedRuns }, { recordsOf, sayWarnings }, { compare }, text] = await Promise.all([
      import("./_selection.ts"),
      import("./_runs-table.ts"),
      import("./_comparing.ts"),
      import("./_compared-text.ts"),
    ]);
    const selectable = await openRuns(options, shell);
    const runs = recordsOf(selectable.root, wantedRuns([...words, ...(rest ?? [])], selectable));
    sayWarnings(shell);
    const compared = compare(selectable.root, runs, options);
    if (options.json === true) shell.stdout.write(text.jsonOf(compared));
    else if (textOption(options, "csv") !== null) text.writeCsv(compared, textOption(options, "csv")!, shell);
    else if (compared.runs.length === 0) shell.stdout.write("No runs to compare.\n");
    else text.printTable(compared, shell);
    return 0;
  },
});
