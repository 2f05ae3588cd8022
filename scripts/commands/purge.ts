import { defineCommand } from "./_contract.ts";
import { selectionOptions } from "./_selection-options.ts";

export default defineCommand({
  group: "runs",
  summary: "Take deleted runs out of the trash for good; without a run, all of them",
  usage: ["purge [RUN…] [options]"],
  examples: ["guild runs purge 7f3a", "guild runs purge --yes"],
  options: {
    ...selectionOptions,
    yes: { type: "boolean", short: "y", description: "do not ask; needed where there is no terminal" },
    json: { type: "boolean", description: "print a JSON array of {id}" },
  },
  async run({ options, words, rest }, shell) {
    const [{ openRuns, unreadableRuns, wantedRuns }, { confirm }, { purge }] = await Promise.all([
      import("./_selection.ts"),
      import("./_confirm.ts"),
      import("./_trash.ts"),
    ]);
    const selectable = await openRuns(options, shell, "trash");
    const typed = [...words, ...(rest ?? [])];
    const unreadable = unreadableRuns(typed, selectable.place);
    const named = typed.filter((word) => !unreadable.includes(word));
    const readable = unreadable.length > 0 && named.length === 0 ? [] : wantedRuns(named, selectable, "in the trash");
    const runs = [...readable, ...unreadable.map((id) => ({ id }))];
    const told = runs.map(({ id }) => ({ id }));
    if (runs.length > 0) {
      const question = `Delete ${runs.length === 1 ? runs[0]!.id : `${runs.length} runs`} for good? This cannot be undone.`;
      if (!(await confirm(question, { yes: options.yes === true, command: "purge" }, shell))) {
        shell.stderr.write("guild: nothing was deleted\n");
        return 1;
      }
      for (const { id } of runs) purge(selectable.root, id);
    }
    if (options.json === true) shell.stdout.write(`${JSON.stringify(told, null, 2)}\n`);
    else for (const { id } of told) shell.stdout.write(`${id} is gone\n`);
    if (runs.length === 0) shell.stderr.write("guild: the trash holds no run that fits\n");
    return 0;
  },
});
