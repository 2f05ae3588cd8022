import { ToolError } from "../../src/run/error.ts";
import { textOption } from "./_arguments.ts";
import { defineCommand } from "./_contract.ts";
import { selectionOptions } from "./_selection-options.ts";

export default defineCommand({
  group: "runs",
  summary: "Print what a run printed, or one of its files",
  usage: ["cat [RUN] [--path FILE] [options]"],
  examples: ["guild cat", "guild cat 7f3a --path metrics.csv", "guild runs cat --status failed"],
  options: {
    ...selectionOptions,
    path: { type: "string", short: "p", value: "file", description: "a file of the run instead, relative to its directory" },
    json: { type: "boolean", description: "print {id, path, text}" },
  },
  async run({ options, words, rest }, shell) {
    const [{ createReadStream, existsSync, readFileSync }, { pipeline }, { chosenRun, openRuns }, { oneWord }, files] =
      await Promise.all([
        import("node:fs"),
        import("node:stream/promises"),
        import("./_selection.ts"),
        import("./_arguments.ts"),
        import("./_run-files.ts"),
      ]);
    const typed = oneWord([...words, ...(rest ?? [])], "cat");
    const selectable = await openRuns(options, shell);
    const { id } = chosenRun(typed, selectable);
    const path = textOption(options, "path");
    const file = path === null ? files.outputOf(selectable.root, id) : files.readableFile(selectable.root, id, path);
    if (!existsSync(file)) throw new ToolError("no-output", `Nothing is known of what run ${id} printed`);
    if (options.json === true) {
      shell.stdout.write(`${JSON.stringify({ id, path: path ?? "output", text: readFileSync(file, "utf8") }, null, 2)}\n`);
      return 0;
    }
    // A file may be larger than memory; a reader that has seen enough ends it.
    await pipeline(createReadStream(file), shell.stdout, { end: false }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE" && error.code !== "ERR_STREAM_PREMATURE_CLOSE") throw error;
    });
    return 0;
  },
});
