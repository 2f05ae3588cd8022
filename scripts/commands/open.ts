import { textOption } from "./_arguments.ts";
import { defineCommand } from "./_contract.ts";
import { selectionOptions } from "./_selection-options.ts";

export default defineCommand({
  group: "runs",
  summary: "Open a run's directory, or a file in it; the newest without a name",
  usage: ["open [RUN] [--path FILE] [--cmd PROGRAM] [options]"],
  examples: ["guild open", "guild open 7f3a --path plot.png", "guild open 7f3a --cmd code", "cd $(guild open --cmd echo)"],
  options: {
    ...selectionOptions,
    path: { type: "string", short: "p", value: "file", description: "a file or folder in the run's directory" },
    output: { type: "boolean", short: "O", description: "what the run printed" },
    cmd: { type: "string", short: "c", value: "program", description: "open it with this; else with what the system has for it" },
    json: { type: "boolean", description: "open nothing, print {id, path}" },
  },
  async run({ options, words, rest }, shell) {
    const [{ chosenRun, openRuns }, { oneWord }, files, { openWith }] = await Promise.all([
      import("./_selection.ts"),
      import("./_arguments.ts"),
      import("./_run-files.ts"),
      import("./_open-with.ts"),
    ]);
    const typed = oneWord([...words, ...(rest ?? [])], "open");
    const selectable = await openRuns(options, shell);
    const { root } = selectable;
    const { id } = chosenRun(typed, selectable);
    const path = textOption(options, "path");
    const own = options.output === true ? files.outputOf(root, id) : files.folderOf(root, id);
    const place = path === null ? own : files.fileOf(root, id, path);
    if (options.json !== true) return openWith(textOption(options, "cmd"), place, shell);
    shell.stdout.write(`${JSON.stringify({ id, path: place }, null, 2)}\n`);
    return 0;
  },
});
