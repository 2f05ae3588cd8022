import { existsSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { ToolError } from "../../src/run/error.ts";
import { nearest } from "../../src/run/nearest.ts";
import { textOption } from "./_arguments.ts";
import { defineCommand } from "./_contract.ts";

export default defineCommand({
  group: "runs",
  summary: "Take over runs of Guild AI, TensorBoard logs, and exported runs",
  usage: ["import FOLDER… [options]"],
  examples: ["guild import ~/.guild", "guild import logs --operation finetune", "guild import ../other-project --preview"],
  options: {
    kind: { type: "string", short: "k", value: "name", description: "only guild, guild-original, tensorboard or guildhall" },
    operation: { type: "string", short: "o", value: "name", description: "what event files are of; train without it" },
    files: { type: "boolean", description: "copy the runs' own files too (they may be large)" },
    preview: { type: "boolean", description: "say what would be imported, write nothing" },
    json: { type: "boolean", description: "print the imported records as a JSON array of run.json objects" },
  },
  async run({ options, words, rest }, shell) {
    const typed = [...words, ...(rest ?? [])];
    if (typed.length === 0) {
      throw new ToolError("missing-folder", "Expected a folder after guild import", {
        hint: "For example: guild import ~/.guild",
        exitCode: 2,
      });
    }
    const [{ openProject }, { scanImporters }, { importFolder }, { printRuns }] = await Promise.all([
      import("./_record.ts"),
      import("../importers/_scan.ts"),
      import("./_import-folder.ts"),
      import("./_runs-table.ts"),
    ]);
    const importers = await scanImporters();
    const kind = textOption(options, "kind");
    if (kind !== null && kind !== "guildhall" && !importers.has(kind))
      throw unknownKind(kind, ["guildhall", ...importers.keys()]);
    const { root } = await openProject(shell);
    const folders = typed.map((word) => existingFolder(word, shell.cwd));
    const wishes = {
      kind,
      operation: textOption(options, "operation") ?? "train",
      copyFiles: options.files === true,
      preview: options.preview === true,
    };
    const done: { id: string }[] = [];
    let failed = 0;
    for (const folder of folders) {
      for await (const { id, told, warnings } of importFolder(root, folder, importers, wishes)) {
        for (const warning of warnings) shell.stderr.write(`guild: ${warning}\n`);
        if (id === null) failed += 1;
        else done.push({ id });
        if (options.json !== true && told !== null) shell.stdout.write(`${told}\n`);
      }
    }
    if (options.json === true) printRuns(root, wishes.preview ? [] : done, shell);
    return failed > 0 ? 1 : 0;
  },
});

function existingFolder(word: string, cwd: string): string {
  const folder = resolve(cwd, word);
  if (existsSync(folder) && statSync(folder).isDirectory()) return folder;
  throw new ToolError("missing-folder", `There is no folder ${word}`, { hint: `Looked in ${cwd}.`, exitCode: 2 });
}

function unknownKind(kind: string, known: readonly string[]): ToolError {
  const near = nearest(kind, known);
  return new ToolError("unknown-kind", `There is no importer "${kind}"`, {
    hint: near === null ? `There are: ${known.join(", ")}.` : `Did you mean "${near}"?`,
    exitCode: 2,
  });
}
