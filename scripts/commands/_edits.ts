/** What a person says about runs: `content/runs/<id>/edits.yml` and `notes.md`, which the recorder never touches. */
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Document, parseDocument } from "yaml";
import { parseEdits } from "../../src/run/edits.ts";
import { ToolError } from "../../src/run/error.ts";
import type { OptionValues, Shell } from "./_contract.ts";
import { chosenRuns, openRuns } from "./_selection.ts";

export interface Edited {
  /** The project, absolute. */
  root: string;
  id: string;
  /** The run's public record, absolute. */
  folder: string;
}

/**
 * The runs that were typed, as one word: a run, a range, a label, a query. Hidden runs are found by their whole id only.
 * Throws ToolError `missing-run`, `unknown-run`, `ambiguous-run` (exit code 2).
 */
export async function runsToEdit(
  typed: string | undefined,
  { command, options }: { command: string; options: OptionValues },
  shell: Shell,
): Promise<Edited[]> {
  if (typed === undefined) {
    throw new ToolError("missing-run", `Expected a run after guild ${command}`, {
      hint: 'Type "guild runs" for a list.',
      exitCode: 2,
    });
  }
  const selectable = await openRuns(options, shell);
  const { root } = selectable;
  const edited = (id: string): Edited => ({ root, id, folder: join(root, "content", "runs", id) });
  return chosenRuns([typed], selectable).map(({ id }) => edited(id));
}

/**
 * Changes `edits.yml` in place: comments and other keys stay as they are.
 * Throws ToolError `invalid-edits` or `invalid-run-file` when the file is not what we understand; it is left alone then.
 */
export function changeEdits({ folder }: Edited, change: (document: Document) => void): void {
  const path = join(folder, "edits.yml");
  const document = parseDocument(existsSync(path) ? readFileSync(path, "utf8") : "");
  const [fault] = document.errors;
  if (fault !== undefined) {
    throw new ToolError("invalid-edits", `${path} is not valid YAML: ${fault.message}`, {
      hint: "Mend it by hand; nothing was changed.",
    });
  }
  parseEdits(document.toJS());
  change(document);
  // Beside it first: whoever reads meanwhile finds the old file or the new one.
  writeFileSync(`${path}.${process.pid}`, document.toString());
  renameSync(`${path}.${process.pid}`, path);
}
