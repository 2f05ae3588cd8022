/** All runs under one folder, whichever importer they are for. */
import { resolve, sep } from "node:path";
import { ToolError } from "../../src/run/error.ts";
import type { Importer } from "../importers/_contract.ts";
import { copyExported, exportedRuns } from "./_exported.ts";
import { importedId, writeImported } from "./_importing.ts";

export interface ImportWishes {
  /** The only kind that is looked for; null for all. */
  kind: string | null;
  /** For formats that do not say what was run. */
  operation: string;
  copyFiles: boolean;
  /** Nothing is written. */
  preview: boolean;
}

export interface ImportOutcome {
  /** Its name here; null when it was skipped. */
  id: string | null;
  /** What was done, for the person. */
  told: string | null;
  warnings: string[];
}

/**
 * Imports run by run, so that no more than one is in memory. Runs of another Guildhall project come first, then the importers in
 * their order; what one of them has claimed is not looked at by the next. One that cannot be read is skipped and said. Throws ToolError
 * `nothing-found` for a folder without any.
 */
export async function* importFolder(
  root: string,
  folder: string,
  importers: ReadonlyMap<string, Importer>,
  wishes: ImportWishes,
): AsyncGenerator<ImportOutcome> {
  const claimed: string[] = [];
  if (wishes.kind === null || wishes.kind === "guildhall") {
    for (const { id, state } of exportedRuns(folder, root)) {
      claimed.push(resolve(folder, "content"), resolve(folder, "runs"));
      if (state === "new" && !wishes.preview) copyExported(folder, root, id, wishes.copyFiles);
      const verb = state === "here" ? "is here already" : wishes.preview ? "would be copied" : "copied";
      yield { id, told: `${id} ${verb}`, warnings: [] };
    }
  }
  for (const [kind, importer] of importers) {
    if (wishes.kind !== null && wishes.kind !== kind) continue;
    for (const place of importer.find(folder)) {
      if (claimed.some((path) => place === path || place.startsWith(`${path}${sep}`))) continue;
      claimed.push(place);
      yield await importPlace(root, place, { kind, importer, wishes });
    }
  }
  if (claimed.length > 0) return;
  throw new ToolError("nothing-found", `${folder} holds no runs that can be imported`, {
    hint: `Understood are: ${[...importers].map(([name, { summary }]) => `${name} (${summary})`).join("; ")}.`,
  });
}

async function importPlace(
  root: string,
  place: string,
  { kind, importer, wishes }: { kind: string; importer: Importer; wishes: ImportWishes },
): Promise<ImportOutcome> {
  try {
    const imported = await importer.read(place, { operation: wishes.operation });
    const id = importedId(imported);
    const { isNew, warnings } = wishes.preview
      ? { isNew: true, warnings: [] }
      : await writeImported(root, imported, { kind, copyFiles: wishes.copyFiles });
    const verb = wishes.preview ? "would be imported" : isNew ? "imported" : "imported again";
    return {
      id,
      told: `${id} ${verb}: ${imported.run.operation} of ${kind} run ${imported.originalId}`,
      warnings: [...imported.warnings, ...warnings].map((warning) => `${id}: ${warning}`),
    };
  } catch (error) {
    // One run that cannot be read must not keep the others away; a bug is for the one catch.
    if (!(error instanceof ToolError)) throw error;
    return { id: null, told: null, warnings: [`${place} was skipped: ${error.message}`] };
  }
}
