import { ToolError } from "../../src/run/error.ts";
import { defineCommand } from "./_contract.ts";

export default defineCommand({
  group: "runs",
  summary: "Rebuild the public records of runs from their exact logs",
  usage: ["refresh RUN…|all"],
  examples: ["guild runs refresh 7f3a", "guild runs refresh all"],
  options: { json: { type: "boolean", description: "print the rebuilt records as a JSON array of run.json objects" } },
  async run({ options, words, rest }, shell) {
    const typed = [...words, ...(rest ?? [])];
    if (typed.length === 0) {
      throw new ToolError("missing-run", "Expected one run, or all, after guild runs refresh", {
        hint: "For example: guild runs refresh all",
        exitCode: 2,
      });
    }
    const [{ openProject }, { refresh }, { localRuns }, { chosenRuns, openRuns }, { printRuns }] = await Promise.all([
      import("./_record.ts"),
      import("../record/refresh.ts"),
      import("../project/parent.ts"),
      import("./_selection.ts"),
      import("./_runs-table.ts"),
    ]);
    const { root } = await openProject(shell);
    const local = localRuns(root);
    // A run whose public record is gone is rebuilt too, so whole ids are looked for among the logs.
    const ids = typed.includes("all")
      ? local
      : await Promise.all(
          typed.map(async (word) => logOf(word, local) ?? chosenRuns([word], await openRuns({}, shell))[0]?.id ?? word),
        );
    const rebuilt: { id: string }[] = [];
    let failed = 0;
    for (const id of ids) {
      try {
        await refresh(root, id);
        rebuilt.push({ id });
        if (options.json !== true) shell.stdout.write(`${id} rebuilt\n`);
      } catch (error) {
        // One broken log must not keep the others from being rebuilt; a bug is for the one catch.
        if (!(error instanceof ToolError)) throw error;
        failed += 1;
        shell.stderr.write(`guild: ${id} was skipped: ${error.message}\n`);
      }
    }
    if (options.json === true) printRuns(root, rebuilt, shell);
    return failed === 0 ? 0 : 1;
  },
});

/** The log whose id, or its end, was typed. */
function logOf(word: string, local: readonly string[]): string | null {
  const found = local.filter((id) => id === word || id.endsWith(`-${word}`));
  return found.length === 1 ? found[0]! : null;
}
