import { defineCommand } from "./_contract.ts";

export default defineCommand({
  group: "runs",
  summary: "Give runs a label, or take it away",
  usage: ["label RUN [TEXT…] [--json]"],
  examples: ["guild label 7f3a 'best so far'", "guild label 7f3a", "guild label 1:3 'first try'"],
  options: { json: { type: "boolean", description: "print the changed records as a JSON array of run.json objects" } },
  async run({ options, words, rest }, shell) {
    const [typed, ...text] = [...words, ...(rest ?? [])];
    const { changeEdits, runsToEdit } = await import("./_edits.ts");
    const runs = await runsToEdit(typed, { command: "label", options: {} }, shell);
    const label = text.join(" ").trim();
    for (const run of runs) {
      changeEdits(run, (document) => document.set("label", label === "" ? null : label));
      if (options.json !== true)
        shell.stdout.write(label === "" ? `${run.id} has no label now\n` : `${run.id} is now "${label}"\n`);
    }
    if (options.json === true) (await import("./_runs-table.ts")).printRuns(runs[0]!.root, runs, shell);
    return 0;
  },
});
