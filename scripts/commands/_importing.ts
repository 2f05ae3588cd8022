/** Writes what an importer has read as a run of this project: the exact log first, and from it the public record. */
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { SECRETS_MET } from "../../src/load/redactor.ts";
import { formatEventLine, formatOutputLine, formatScalarLine, formatSystemLine } from "../../src/run/log-lines.ts";
import { formatManifest, parseManifest } from "../../src/run/manifest.ts";
import { secretValues } from "../../src/run/secret-values.ts";
import { mapValues } from "../../src/run/shape.ts";
import type { Imported, Made } from "../importers/_contract.ts";
import { RUNS_IGNORED } from "../record/claim.ts";
import { packageVersion } from "../record/package-version.ts";
import { refresh } from "../record/refresh.ts";
import { keepMedia } from "../record/sources/logged-media.ts";

/** `20261123T190119-` and eight digits of what the run is known by there: importing it again finds it. */
export function importedId({ key, made }: Made): string {
  const stamp = made.slice(0, 19).replaceAll("-", "").replaceAll(":", "");
  return `${stamp}-${createHash("sha256").update(key).digest("hex").slice(0, 8)}`;
}

/**
 * Writes one run. A run that was imported before is written anew, a person's words about it stay.
 * Resolves to whether it is new, and to sentences about what could not be shown. Throws what the file system throws.
 */
export async function writeImported(
  root: string,
  imported: Imported,
  { kind, copyFiles }: { kind: string; copyFiles: boolean },
): Promise<{ isNew: boolean; warnings: string[] }> {
  const id = importedId(imported);
  const runDir = join(root, "runs", id);
  const logDir = join(runDir, ".guild");
  const contentDir = join(root, "content", "runs", id);
  const isNew = !existsSync(contentDir);
  rmSync(logDir, { recursive: true, force: true });
  mkdirSync(logDir, { recursive: true });
  const ignore = join(root, "runs", ".gitignore");
  if (!existsSync(ignore)) writeFileSync(ignore, RUNS_IGNORED);
  const write = (name: string, data: string | Uint8Array) => writeFileSync(join(logDir, name), data);
  write("scalars.jsonl", imported.scalars.map(formatScalarLine).join(""));
  if (imported.system.length > 0) write("system.jsonl", imported.system.map(formatSystemLine).join(""));
  if (imported.events.length > 0) write("events.jsonl", imported.events.map(formatEventLine).join(""));
  if (imported.output !== null) {
    write("output.log", imported.output.bytes);
    write("output.idx.jsonl", imported.output.lines.map(formatOutputLine).join(""));
  }
  const media = keepMedia(logDir);
  for (const { tag, step, encoded } of imported.pictures) media.picture(tag, step, encoded);
  for (const line of imported.texts) media.text(line);
  const secrets = secretsOf(imported);
  if (secrets.length > 0) write(SECRETS_MET, `${JSON.stringify(secrets)}\n`);
  if (copyFiles) for (const path of imported.files.paths) copy(join(imported.files.folder, path), join(runDir, path));
  write("run.json", manifestText(root, imported, { id, kind }));
  const { warnings } = await refresh(root, id);
  if (isNew) writeWords(contentDir, imported);
  return { isNew, warnings };
}

/** Of the secrets that the run was given, those that stand in what is imported. */
function secretsOf({ variables, output, run }: Imported): string[] {
  const text = `${Buffer.from(output?.bytes ?? []).toString("utf8")}\n${run.command.join("\n")}\n${JSON.stringify(run.flags)}`;
  return secretValues({ env: variables, argv: run.command, flags: run.flags }).filter((value) => text.includes(value));
}

function manifestText(
  root: string,
  { run, parents, originalId, sweep, pid }: Imported,
  { id, kind }: { id: string; kind: string },
): string {
  const { started, stopped } = run;
  const seconds = stopped === null ? null : (Date.parse(stopped) - Date.parse(started)) / 1000;
  // What the format asks for and nobody told gets its empty value.
  const manifest = parseManifest({
    ...run,
    schema: 1,
    id,
    durationSeconds: seconds,
    parents: mapValues(parents, importedId),
    sweep: sweep === null ? null : importedId(sweep),
    updated: stopped ?? started,
    intervalSeconds: 15,
    source: { kind, id: originalId },
    recorder: { pid: pid ?? 0, start: null },
    root,
    cwd: root,
    runDir: join(root, "runs", id),
    argv: run.command,
    guildhall: packageVersion(),
  });
  return formatManifest(manifest);
}

/** What a person had said there is a person's here; it is written once and never touched again. */
function writeWords(contentDir: string, { notes, starred }: Imported): void {
  if (notes.length > 0 && !existsSync(join(contentDir, "notes.md")))
    writeFileSync(join(contentDir, "notes.md"), `${notes.join("\n\n")}\n`);
  if (starred && !existsSync(join(contentDir, "edits.yml"))) writeFileSync(join(contentDir, "edits.yml"), "starred: true\n");
}

function copy(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to, { preserveTimestamps: true });
}
