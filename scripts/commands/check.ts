import { refuseWords } from "./_arguments.ts";
import { defineCommand } from "./_contract.ts";
import { openProject } from "./_record.ts";

export default defineCommand({
  group: "project",
  summary: "Look for mistakes in guild.yml and content",
  usage: ["check"],
  examples: ["guild check"],
  options: {},
  async run({ words, rest }, shell) {
    refuseWords([...words, ...(rest ?? [])], "check");
    const { root, file } = await openProject(shell);
    const { checkProject } = await import("../project/check.ts");
    const { counts, problems, notices } = checkProject(root, file);
    for (const { file: path, line, message } of [...problems, ...notices]) {
      shell.stdout.write(`${path}${line === null ? "" : `:${line}`}: ${message}\n`);
    }
    const verdict = problems.length === 0 ? "no mistakes" : problems.length === 1 ? "one mistake" : `${problems.length} mistakes`;
    shell.stdout.write(`${counts}: ${verdict}.\n`);
    return problems.length === 0 ? 0 : 1;
  },
});
