import { ToolError } from "../../src/run/error.ts";
import { textOption } from "./_arguments.ts";
import { defineCommand } from "./_contract.ts";
import { openProject } from "./_record.ts";

export default defineCommand({
  group: "look",
  summary: "Show which scalars would be read from printed output, and why",
  usage: ["scalars --test FILE|RUN|- [--rules [MODEL:]OPERATION] [--json]"],
  examples: [
    "guild scalars --test train.log",
    "python3 train.py 2>&1 | guild scalars --test -",
    "guild scalars --test train.log --rules train --json",
  ],
  options: {
    test: { type: "string", value: "file", description: "output to read: a file, a run of this project, or - for stdin" },
    rules: { type: "string", value: "operation", description: "use output-scalars and flags of this operation of guild.yml" },
    json: { type: "boolean", description: 'print {"scalars": [{"tag", "step", "value"}]} instead' },
  },
  async run({ options, words, rest }, shell) {
    const named = textOption(options, "test");
    const [source = null, ...others] = [...(named === null ? [] : [named]), ...words, ...(rest ?? [])];
    if (source === null || others.length > 0) {
      throw new ToolError("missing-file", "Expected one file, one run, or - after guild scalars --test", {
        hint: "For example: guild scalars --test train.log",
        exitCode: 2,
      });
    }
    const [{ root, file }, { outputSource }, { outputRulesOf }, { testScalars }] = await Promise.all([
      openProject(shell),
      import("../project/output-source.ts"),
      import("../project/output-rules.ts"),
      import("../record/scalars/test-report.ts"),
    ]);
    const input = outputSource(source, root, shell.cwd);
    const settings = outputRulesOf(file, textOption(options, "rules"), input.run);
    const report = await testScalars({ ...input, ...settings, json: options.json === true }, (text) => shell.stdout.write(text));
    for (const warning of report.warnings) shell.stderr.write(`guild: ${warning}\n`);
    return 0;
  },
});
