import { join } from "node:path";
import { readJson } from "../../src/load/json.ts";
import { currentStatus, logFolder } from "../../src/load/live-status.ts";
import { readRun } from "../../src/load/runs.ts";
import { parseManifest } from "../../src/run/manifest.ts";
import { isStaged } from "../../src/run/status.ts";
import { defineCommand } from "./_contract.ts";
import { selectionOptions } from "./_selection-options.ts";

/** A run that was imported before it was ever started. */
function isStagedHere(root: string, id: string): boolean {
  const run = readRun(root, id);
  return run !== null && isStaged(run);
}

/** Of a run without a public record, what its recorder says of itself. */
function logSaysRunning(root: string, id: string): boolean {
  try {
    const manifest = parseManifest(readJson(root, join(logFolder(root, id), "run.json")));
    return currentStatus(root, manifest) === "running";
  } catch {
    return false; // no recorder has come so far as to write one
  }
}

export default defineCommand({
  group: "runs",
  summary: "Delete runs: they go to the trash, from which they can be restored",
  usage: ["rm RUN… [options]"],
  examples: ["guild rm 7f3a", "guild runs rm --status failed --yes"],
  options: {
    ...selectionOptions,
    yes: { type: "boolean", short: "y", description: "do not ask; needed where there is no terminal" },
    json: { type: "boolean", description: "print the deleted records as a JSON array of run.json objects" },
  },
  async run({ options, words, rest }, shell) {
    const [{ openRuns, refuseNoSelection, trashRoot, unreadableRuns, wantedRuns }, { confirm }, { moveToTrash }, { printRuns }] =
      await Promise.all([import("./_selection.ts"), import("./_confirm.ts"), import("./_trash.ts"), import("./_runs-table.ts")]);
    const typed = [...words, ...(rest ?? [])];
    refuseNoSelection(typed, options, "rm");
    const selectable = await openRuns(options, shell);
    const { root } = selectable;
    const unreadable = unreadableRuns(typed, root);
    const named = typed.filter((word) => !unreadable.includes(word));
    const wanted = unreadable.length > 0 && named.length === 0 ? [] : wantedRuns(named, selectable);
    const goesOn = [
      ...wanted.filter((run) => run.status === "running" || (run.status === "pending" && !isStagedHere(root, run.id))),
      ...unreadable.filter((id) => logSaysRunning(root, id)).map((id) => ({ id })),
    ];
    const runs = [...wanted, ...unreadable.map((id) => ({ id }))].filter(({ id }) => !goesOn.some((run) => run.id === id));
    for (const { id } of goesOn)
      shell.stderr.write(`guild: ${id} is running and was left alone. To end it first: guild stop ${id}\n`);
    if (runs.length > 0) {
      const question = runs.length === 1 ? `Delete ${runs[0]!.id}?` : `Delete ${runs.length} runs?`;
      if (!(await confirm(question, { yes: options.yes === true, command: "rm" }, shell))) {
        shell.stderr.write("guild: nothing was deleted\n");
        return 1;
      }
      for (const { id } of runs) moveToTrash(root, id);
    }
    if (options.json === true) printRuns(trashRoot(root), runs, shell);
    else for (const { id } of runs) shell.stdout.write(`${id} deleted\n`);
    if (options.json !== true && runs.length > 0) {
      shell.stdout.write(
        `To undo: guild runs restore ${runs.length > 3 ? "RUN…   (guild runs --deleted lists them)" : runs.map(({ id }) => id).join(" ")}\n`,
      );
    }
    if (wanted.length + unreadable.length === 0) shell.stderr.write("guild: no run fits, nothing was deleted\n");
    return goesOn.length > 0 || wanted.length + unreadable.length === 0 ? 1 : 0;
  },
});
