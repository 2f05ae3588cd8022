import { createInterface } from "node:readline/promises";
import type { Step } from "../project/starter.ts";
import { packageVersion } from "../record/package-version.ts";
import { refuseWords } from "./_arguments.ts";
import { defineCommand } from "./_contract.ts";

export default defineCommand({
  group: "project",
  summary: "Make this folder a project: guild.yml, .gitignore, content, Pages",
  usage: ["init [--yes]"],
  examples: ["guild init", "guild init --yes"],
  options: {
    yes: { type: "boolean", short: "y", description: "write without asking; it asks only on a terminal" },
  },
  async run({ options, words, rest }, shell) {
    refuseWords([...words, ...(rest ?? [])], "init");
    const [{ lookAt }, { applyStarter, planStarter }] = await Promise.all([
      import("../project/look.ts"),
      import("../project/starter.ts"),
    ]);
    const look = lookAt(shell.cwd);
    const steps = planStarter(shell.cwd, look, packageVersion());
    const news = steps.filter(({ action }) => action !== "keep");
    const asked = options.yes !== true && shell.stdout.isTTY === true && process.stdin.isTTY === true && news.length > 0;
    if (asked) {
      shell.stdout.write(listOf(steps, { write: "will write", add: "will add to", keep: "keeps" }));
      if (!(await confirmed("Go on? [Y/n] "))) {
        shell.stdout.write("Nothing was written.\n");
        return 0;
      }
    }
    applyStarter(steps);
    if (!asked) shell.stdout.write(listOf(steps, { write: "wrote", add: "added to", keep: "kept" }));
    const first = look.scripts.train === undefined ? "guild run -- python3 train.py" : "guild train";
    shell.stdout.write(`Next: ${first}, then guild view. Commit content/ to share what you see.\n`);
    return 0;
  },
});

function listOf(steps: readonly Step[], words: Record<Step["action"], string>): string {
  const verbs = Math.max(...Object.values(words).map((word) => word.length));
  const names = Math.max(...steps.map(({ shown }) => shown.length));
  return steps.map(({ action, shown, why }) => `${words[action].padEnd(verbs)}  ${shown.padEnd(names)}  ${why}\n`).join("");
}

/** Enter alone is yes. */
async function confirmed(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^(?:|y|yes)$/i.test((await terminal.question(question)).trim());
  } finally {
    terminal.close();
  }
}
