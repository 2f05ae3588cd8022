import { ToolError } from "../../src/run/error.ts";
import { textsOption } from "./_arguments.ts";
import { defineCommand } from "./_contract.ts";

export default defineCommand({
  group: "project",
  summary: "Add tags to a run, or remove them",
  usage: ["tag RUN [TAG…] [--remove TAG]"],
  examples: ["guild tag 7f3a paper baseline", "guild tag 7f3a --remove baseline"],
  options: {
    remove: { type: "string[]", value: "tag", description: "take this tag away; may be repeated" },
  },
  async run({ options, words, rest }, shell) {
    const [typed, ...added] = [...words, ...(rest ?? [])];
    const removed = textsOption(options, "remove");
    const { changeEdits, runToEdit } = await import("./_edits.ts");
    const run = await runToEdit(typed, "tag", shell);
    if (added.length + removed.length === 0) {
      throw new ToolError("missing-tag", "Expected a tag to add or --remove", {
        hint: `For example: guild tag ${typed} paper`,
        exitCode: 2,
      });
    }
    const { readRun } = await import("../../src/load/runs.ts");
    const before = readRun(run.root, run.id)?.tags ?? [];
    const tags = [...new Set([...before, ...added])].filter((tag) => !removed.includes(tag));
    changeEdits(run, (document) => document.set("tags", tags));
    shell.stdout.write(`${run.id}: ${tags.length === 0 ? "no tags" : tags.join(", ")}\n`);
    return 0;
  },
});
