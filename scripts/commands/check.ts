import { refuseWords } from "./_arguments.ts";
import { defineCommand } from "./_contract.ts";
import { openProject } from "./_record.ts";

export default defineCommand({
  group: "project",
  summary: "Look for mistakes in the project, and at what this machine records",
  usage: ["check [--json]"],
  examples: ["guild check", "guild check --json"],
  options: { json: { type: "boolean", description: "everything as one JSON object" } },
  async run({ options, words, rest }, shell) {
    refuseWords([...words, ...(rest ?? [])], "check");
    const { root, file } = await openProject(shell);
    const [{ checkProject }, { checkMachine }, { machineText }] = await Promise.all([
      import("../project/check.ts"),
      import("./_machine.ts"),
      import("./_machine-text.ts"),
    ]);
    const { counts, problems, notices } = checkProject(root, file);
    const machine = await checkMachine(root, shell.env, file.guildhall.env);
    const broken = machine.filter(({ state }) => state === "broken");
    if (options.json === true) {
      shell.stdout.write(`${JSON.stringify({ schema: 1, problems, notices, machine }, null, 2)}\n`);
    } else {
      for (const { file: path, line, message } of [...problems, ...notices]) {
        shell.stdout.write(`${path}${line === null ? "" : `:${line}`}: ${message}\n`);
      }
      const verdict =
        problems.length === 0 ? "no mistakes" : problems.length === 1 ? "one mistake" : `${problems.length} mistakes`;
      shell.stdout.write(`${counts}: ${verdict}.\n`);
      shell.stdout.write(machineText(machine));
    }
    return problems.length + broken.length === 0 ? 0 : 1;
  },
});
