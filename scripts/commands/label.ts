import { defineCommand } from "./_contract.ts";

export default defineCommand({
  group: "project",
  summary: "Give a run a label, or take it away",
  usage: ["label RUN [TEXT…]"],
  examples: ["guild label 7f3a 'best so far'", "guild label 7f3a"],
  options: {},
  async run({ words, rest }, shell) {
    const [typed, ...text] = [...words, ...(rest ?? [])];
    const { changeEdits, runToEdit } = await import("./_edits.ts");
    const run = await runToEdit(typed, "label", shell);
    const label = text.join(" ").trim();
    changeEdits(run, (document) => document.set("label", label === "" ? null : label));
    shell.stdout.write(label === "" ? `${run.id} has no label now\n` : `${run.id} is now "${label}"\n`);
    return 0;
  },
});
