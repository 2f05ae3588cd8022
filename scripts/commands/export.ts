import { existsSync, readdirSync } from "node:fs";
import { resolve } from "node:path";
import { ToolError } from "../../src/run/error.ts";
import { textOption } from "./_arguments.ts";
import { defineCommand } from "./_contract.ts";
import { selectionOptions } from "./_selection-options.ts";

export default defineCommand({
  group: "runs",
  summary: "Copy runs to a folder, or write all their scalars as CSV or JSON lines",
  usage: ["export [RUN…] --to PLACE [options]"],
  examples: [
    "guild export --to ../archive",
    "guild export --status completed --to scalars.csv",
    "guild export 1:5 --to - > points.csv",
  ],
  options: {
    ...selectionOptions,
    to: {
      type: "string",
      value: "place",
      description: "a folder; or FILE.csv, FILE.jsonl, - (CSV) for every point of every scalar",
    },
    files: { type: "boolean", description: "copy the runs' own directories too (private: not redacted)" },
    json: { type: "boolean", description: "print the exported records as a JSON array of run.json objects" },
  },
  async run({ options, words, rest }, shell) {
    const to = textOption(options, "to");
    if (to === null)
      throw new ToolError("missing-value", "guild export needs --to: a folder, or a file that ends in .csv or .jsonl", {
        hint: "For example: guild export --to ../archive",
        exitCode: 2,
      });
    const [{ openRuns, wantedRuns }, { printRuns }, { copyExported }, { writePoints }] = await Promise.all([
      import("./_selection.ts"),
      import("./_runs-table.ts"),
      import("./_exported.ts"),
      import("./_points.ts"),
    ]);
    const selectable = await openRuns(options, shell);
    const { root } = selectable;
    const runs = wantedRuns([...words, ...(rest ?? [])], selectable);
    const place = resolve(shell.cwd, to);
    if (to === "-" || /\.(?:csv|jsonl)$/.test(to)) {
      const points = await writePoints(
        root,
        runs.map(({ id }) => id),
        to === "-" ? null : place,
        shell,
      );
      shell.stderr.write(`guild: ${points} points of ${runs.length} runs${to === "-" ? "" : ` written to ${to}`}\n`);
      if (options.json === true) printRuns(root, runs, shell);
      return 0;
    }
    if (place === root)
      throw new ToolError("invalid-option", "--to is this project itself", { hint: "Name another folder.", exitCode: 2 });
    if (existsSync(place) && readdirSync(place).length > 0 && !existsSync(resolve(place, "content", "runs"))) {
      throw new ToolError("not-empty", `${to} is not empty, and no earlier export`, {
        hint: "Name a new folder, or one that runs were exported to.",
        exitCode: 2,
      });
    }
    for (const { id } of runs) copyExported(root, place, id, options.files === true);
    if (options.json === true) printRuns(root, runs, shell);
    else
      shell.stdout.write(
        `${runs.length} ${runs.length === 1 ? "run" : "runs"} copied to ${to}. To take them over elsewhere: guild import ${to}\n`,
      );
    return 0;
  },
});
