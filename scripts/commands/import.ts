import { existsSync, statSync } from "node:fs";
import { resolve, sep } from "node:path";
import { ToolError } from "../../src/run/error.ts";
import { nearest } from "../../src/run/nearest.ts";
import type { Imported } from "../importers/_contract.ts";
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
    if (typed.length === 0)
      throw new ToolError("missing-folder", "Expected a folder after guild import", {
        hint: "For example: guild import ~/.guild",
        exitCode: 2,
      });
    const [{ openProject }, { scanImporters }, { copyExported, exportedRuns }, { importedId, writeImported }, { printRuns }] =
      await Promise.all([
        import("./_record.ts"),
        import("../importers/_scan.ts"),
        import("./_exported.ts"),
        import("./_importing.ts"),
        import("./_runs-table.ts"),
      ]);
    const importers = await scanImporters();
    const kind = textOption(options, "kind");
    if (kind !== null && kind !== "guildhall" && !importers.has(kind))
      throw unknownKind(kind, ["guildhall", ...importers.keys()]);
    const { root } = await openProject(shell);
    const say = (text: string) => void (options.json !== true && shell.stdout.write(`${text}\n`));
    const done: { id: string }[] = [];
    let failed = 0;
    for (const word of typed) {
      const folder = resolve(shell.cwd, word);
      if (!existsSync(folder) || !statSync(folder).isDirectory()) {
        throw new ToolError("missing-folder", `There is no folder ${word}`, { hint: `Looked in ${shell.cwd}.`, exitCode: 2 });
      }
      const claimed: string[] = [];
      if (kind === null || kind === "guildhall") {
        for (const { id, state } of exportedRuns(folder, root)) {
          claimed.push(resolve(folder, "content"), resolve(folder, "runs"));
          if (state === "new" && options.preview !== true) copyExported(folder, root, id, options.files === true);
          say(`${id} ${state === "new" ? "copied" : "is here already"}`);
          done.push({ id });
        }
      }
      const found: { place: string; kind: string; imported: Imported }[] = [];
      for (const [name, importer] of importers) {
        if (kind !== null && kind !== name) continue;
        for (const place of importer.find(folder)) {
          if (claimed.some((path) => place === path || place.startsWith(`${path}${sep}`))) continue;
          claimed.push(place);
          try {
            const operation = textOption(options, "operation") ?? "train";
            found.push({ place, kind: name, imported: await importer.read(place, { operation }) });
          } catch (error) {
            // One run that cannot be read must not keep the others away; a bug is for the one catch.
            if (!(error instanceof ToolError)) throw error;
            failed += 1;
            shell.stderr.write(`guild: ${place} was skipped: ${error.message}\n`);
          }
        }
      }
      if (found.length === 0 && claimed.length === 0) {
        throw new ToolError("nothing-found", `${word} holds no runs that can be imported`, {
          hint: `Understood are: ${[...importers].map(([name, { summary }]) => `${name} (${summary})`).join("; ")}.`,
        });
      }
      const ids = new Map(found.map(({ imported }) => [imported.key, importedId(imported)]));
      for (const { kind: name, imported } of found) {
        const id = ids.get(imported.key)!;
        const parents = Object.fromEntries(
          Object.entries(imported.parents).flatMap(([of, key]) => (ids.has(key) ? [[of, ids.get(key)!]] : [])),
        );
        const wording =
          options.preview === true
            ? "would be imported"
            : (await writeImported(root, imported, { id, kind: name, parents, copyFiles: options.files === true }))
              ? "imported"
              : "imported again";
        say(`${id} ${wording}: ${imported.run.operation} of ${name} run ${imported.originalId}`);
        for (const warning of imported.warnings) shell.stderr.write(`guild: ${id}: ${warning}\n`);
        done.push({ id });
      }
    }
    if (options.json === true) printRuns(root, options.preview === true ? [] : done, shell);
    return failed > 0 ? 1 : 0;
  },
});

function unknownKind(kind: string, known: readonly string[]): ToolError {
  const near = nearest(kind, known);
  return new ToolError("unknown-kind", `There is no importer "${kind}"`, {
    hint: near === null ? `There are: ${known.join(", ")}.` : `Did you mean "${near}"?`,
    exitCode: 2,
  });
}
