import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { defineCommand } from "./_contract.ts";

export default defineCommand({
  group: "runs",
  summary: "Add a paragraph to the notes.md of runs, or print it",
  usage: ["note RUN [TEXT…] [--json]"],
  examples: ["guild note 7f3a 'The learning rate was too high.'", "guild note 7f3a"],
  options: { json: { type: "boolean", description: "print a JSON array of {id, notes}, after the change" } },
  async run({ options, words, rest }, shell) {
    const [typed, ...text] = [...words, ...(rest ?? [])];
    const { runsToEdit } = await import("./_edits.ts");
    const runs = await runsToEdit(typed, { command: "note", options: {} }, shell);
    const paragraph = text.join(" ").trim();
    const told = runs.map(({ id, folder }) => {
      const path = join(folder, "notes.md");
      if (paragraph !== "") addParagraph(path, paragraph);
      return { id, path, notes: textOf(path) };
    });
    if (options.json === true) {
      shell.stdout.write(
        `${JSON.stringify(
          told.map(({ id, notes }) => ({ id, notes })),
          null,
          2,
        )}\n`,
      );
      return 0;
    }
    for (const { id, path, notes } of told) {
      if (paragraph !== "") shell.stdout.write(`${id}: noted in ${path}\n`);
      else shell.stdout.write(notes === "" ? `${id} has no notes. Add one: guild note ${typed} 'TEXT'\n` : notes);
    }
    return 0;
  },
});

/** A paragraph of its own, whatever the file ends with. */
function addParagraph(path: string, paragraph: string): void {
  const before = textOf(path);
  const gap = before === "" || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  appendFileSync(path, `${gap}${paragraph}\n`);
}

function textOf(path: string): string {
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}
