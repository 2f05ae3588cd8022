import { ToolError } from "../../src/run/error.ts";
import { textsOption } from "./_arguments.ts";
import { defineCommand } from "./_contract.ts";

export default defineCommand({
  group: "runs",
  summary: "Add tags to runs, or remove them",
  usage: ["tag RUN [TAG…] [--remove TAG] [--json]"],
  examples: ["guild tag 7f3a paper baseline", "guild tag 7f3a --remove baseline", "guild tag 'op:train lr<0.1' slow"],
  options: {
    remove: { type: "string[]", value: "tag", description: "take this tag away; may be repeated" },
    json: { type: "boolean", description: "print the changed records as a JSON array of run.json objects" },
  },
  async run({ options, words, rest }, shell) {
    const [typed, ...added] = [...words, ...(rest ?? [])];
    const removed = textsOption(options, "remove");
    const { changeEdits, runsToEdit } = await import("./_edits.ts");
    const runs = await runsToEdit(typed, { command: "tag", options: {} }, shell);
    if (added.length + removed.length === 0) {
      throw new ToolError("missing-tag", "Expected a tag to add or --remove", {
        hint: `For example: guild tag ${typed} paper`,
        exitCode: 2,
      });
    }
    const { readRun } = await import("../../src/load/runs.ts");
    for (const run of runs) {
      const before = readRun(run.root, run.id)?.tags ?? [];
      const tags = [...new Set([...before, ...added])].filter((tag) => !removed.includes(tag));
      changeEdits(run, (document) => document.set("tags", tags));
      if (options.json !== true) shell.stdout.write(`${run.id}: ${tags.length === 0 ? "no tags" : tags.join(", ")}\n`);
    }
    if (options.json === true) (await import("./_runs-table.ts")).printRuns(runs[0]!.root, runs, shell);
    return 0;
  },
});
