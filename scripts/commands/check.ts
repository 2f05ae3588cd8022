import { refuseWords } from "./_arguments.ts";
import { defineCommand } from "./_contract.ts";
import { openProject } from "./_record.ts";

export default defineCommand({
  group: "project",
  summary: "Look for mistakes in the project, and at what this machine records",
  usage: ["check [--json]", "check --schema"],
  examples: ["guild check", "guild check --json", "guild check --schema > guild.schema.json"],
  options: {
    json: { type: "boolean", description: "everything as one JSON object" },
    schema: { type: "boolean", description: "print the JSON schema of guild.yml for editors, look at nothing" },
  },
  async run({ options, words, rest }, shell) {
    refuseWords([...words, ...(rest ?? [])], "check");
    if (options.schema === true) {
      const { guildSchema } = await import("../../src/load/guild-schema.ts");
      shell.stdout.write(`${JSON.stringify(guildSchema(), null, 2)}\n`);
      return 0;
    }
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
