import { ToolError } from "../../src/run/error.ts";
import { defineCommand } from "./_contract.ts";
import { selectionOptions } from "./_selection-options.ts";

export default defineCommand({
  group: "runs",
  summary: "Bring deleted runs back from the trash",
  usage: ["restore RUN… [options]"],
  examples: ["guild runs --deleted", "guild runs restore 7f3a", "guild runs restore all"],
  options: {
    ...selectionOptions,
    json: { type: "boolean", description: "print the restored records as a JSON array of run.json objects" },
  },
  async run({ options, words, rest }, shell) {
    const [{ openRuns, refuseNoSelection, unreadableRuns, wantedRuns }, { restoreFromTrash }, { printRuns }] = await Promise.all([
      import("./_selection.ts"),
      import("./_trash.ts"),
      import("./_runs-table.ts"),
    ]);
    const typed = [...words, ...(rest ?? [])];
    refuseNoSelection(typed, options, "restore");
    const selectable = await openRuns(options, shell, "trash");
    const { root, place } = selectable;
    const restored: { id: string }[] = [];
    const unreadable = unreadableRuns(typed, place);
    const named = typed.filter((word) => !unreadable.includes(word));
    const readable = unreadable.length > 0 && named.length === 0 ? [] : wantedRuns(named, selectable, "in the trash");
    const wanted = [...readable, ...unreadable.map((id) => ({ id }))];
    for (const { id } of wanted) {
      try {
        restoreFromTrash(root, id);
      } catch (error) {
        // One that cannot go back must not keep the others in the trash; a bug is for the one catch.
        if (!(error instanceof ToolError)) throw error;
        shell.stderr.write(`guild: ${error.message}\n${error.hint ?? ""}\n`);
        continue;
      }
      restored.push({ id });
      if (options.json !== true) shell.stdout.write(`${id} restored\n`);
    }
    if (options.json === true) printRuns(root, restored, shell);
    else if (wanted.length === 0) shell.stderr.write("guild: no deleted run fits\n");
    return restored.length === wanted.length && wanted.length > 0 ? 0 : 1;
  },
});
