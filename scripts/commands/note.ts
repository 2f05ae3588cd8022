import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { defineCommand } from "./_contract.ts";

export default defineCommand({
  group: "project",
  summary: "Add a paragraph to a run's notes.md, or print it",
  usage: ["note RUN [TEXT…]"],
  examples: ["guild note 7f3a 'The learning rate was too high.'", "guild note 7f3a"],
  options: {},
  async run({ words, rest }, shell) {
    const [typed, ...text] = [...words, ...(rest ?? [])];
    const { runToEdit } = await import("./_edits.ts");
    const run = await runToEdit(typed, "note", shell);
    const path = join(run.folder, "notes.md");
    const before = existsSync(path) ? readFileSync(path, "utf8") : "";
    const paragraph = text.join(" ").trim();
    if (paragraph === "") {
      shell.stdout.write(before === "" ? `${run.id} has no notes. Add one: guild note ${typed} 'TEXT'\n` : before);
      return 0;
    }
    // A paragraph of its own, whatever the file ends with.
    const gap = before === "" || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
    appendFileSync(path, `${gap}${paragraph}\n`);
    shell.stdout.write(`${run.id}: noted in ${path}\n`);
    return 0;
  },
});
