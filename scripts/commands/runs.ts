import { ToolError } from "../../src/run/error.ts";
import { nearest } from "../../src/run/nearest.ts";
import { defineCommand, type Shell } from "./_contract.ts";
import { openProject } from "./_record.ts";

export default defineCommand({
  group: "look",
  summary: "List the runs of this project, or rebuild their records",
  usage: ["runs [--json] [--all]", "runs refresh RUN|all"],
  examples: ["guild runs", "guild runs --json", "guild runs refresh all"],
  options: {
    json: { type: "boolean", description: "print all records as JSON" },
    all: { type: "boolean", short: "a", description: "all runs, not only the 20 newest" },
  },
  async run({ options, words, rest }, shell) {
    const [verb, ...others] = [...words, ...(rest ?? [])];
    if (verb === "refresh") return refreshRuns(others, shell);
    if (verb !== undefined) throw unknownVerb(verb);
    const { root } = await openProject(shell);
    const { listRuns } = await import("./_runs-table.ts");
    return listRuns({ root, json: options.json === true, all: options.all === true }, shell);
  },
});

async function refreshRuns(words: readonly string[], shell: Shell): Promise<number> {
  const [typed, ...others] = words;
  if (typed === undefined || others.length > 0) {
    throw new ToolError("missing-run", "Expected one run, or all, after guild runs refresh", {
      hint: "For example: guild runs refresh all",
      exitCode: 2,
    });
  }
  const { root } = await openProject(shell);
  const [{ refresh }, { localRuns }, { findRun }] = await Promise.all([
    import("../record/refresh.ts"),
    import("../project/parent.ts"),
    import("../project/find-run.ts"),
  ]);
  const local = localRuns(root);
  const ids = typed === "all" ? local : [findRun(typed, local)];
  let failed = 0;
  for (const id of ids) {
    try {
      await refresh(root, id);
      shell.stdout.write(`${id} rebuilt\n`);
    } catch (error) {
      // One broken log must not keep the others from being rebuilt; a bug is for the one catch.
      if (!(error instanceof ToolError)) throw error;
      failed += 1;
      shell.stderr.write(`guild: ${id} was skipped: ${error.message}\n`);
    }
  }
  return failed === 0 ? 0 : 1;
}

function unknownVerb(verb: string): ToolError {
  const near = nearest(verb, ["refresh"]);
  return new ToolError("unexpected-word", `guild runs takes no ${JSON.stringify(verb)}`, {
    hint: near === null ? 'Type "guild help runs".' : `Did you mean "${near}"?`,
    exitCode: 2,
  });
}
