import { existsSync, lstatSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { parse as parseYaml } from "yaml";
import { ToolError } from "../../src/run/error.ts";
import { isObject } from "../../src/run/shape.ts";
import { endStatus } from "../../src/run/status.ts";
import type { Flags, FlagValue, Run } from "../../src/run/types.ts";
import { defineImporter, type Imported, type Made } from "./_contract.ts";
import { logLines, readEventTree } from "./_event-folders.ts";
import { entriesOf, findFolders } from "./_folders.ts";
import { guildFiles, guildOutput, shellWords, signalName, stillRuns, timesInOutput } from "./_guild-files.ts";

/** Run directories of Guild AI 0.5 to 0.9: `runs/<32 hexadecimal digits>/.guild/`. */
export default defineImporter({
  summary: "Run directories of Guild AI (0.5 and later): ~/.guild, its runs, or one of them",
  find: (folder) =>
    findFolders(folder, (path) => existsSync(join(path, ".guild", "attrs")) && existsSync(join(path, ".guild", "opref"))).filter(
      (path) => !isBatch(path),
    ),
  async read(place): Promise<Imported> {
    const attributes = readAttributes(join(place, ".guild", "attrs"));
    const { operation, model } = readOpref(join(place, ".guild", "opref"));
    const startedUs = numberOf(attributes.started) ?? numberOf(attributes.initialized) ?? lstatSync(place).mtimeMs * 1000;
    const stoppedUs = numberOf(attributes.stopped);
    const tree = readEventTree(place, [".guild"]);
    const told = parentsOf(place, attributes);
    const env = attributes.env;
    const output = guildOutput(join(place, ".guild"), startedUs);
    return {
      key: keyOf(textOf(attributes.id) ?? basename(place)),
      made: new Date((numberOf(attributes.initialized) ?? startedUs) / 1000).toISOString(),
      originalId: textOf(attributes.id) ?? basename(place),
      run: {
        operation,
        model,
        command: listOf(attributes.cmd).map(String),
        flags: flagsOf(attributes.flags),
        label: labelOf(attributes),
        tags: listOf(attributes.tags).map(String),
        ...endOf(place, attributes),
        started: new Date(startedUs / 1000).toISOString(),
        stopped: stoppedUs === null ? null : new Date(stoppedUs / 1000).toISOString(),
      },
      parents: told,
      sweep: sweepOf(place),
      pid: stillRuns(join(place, ".guild", "LOCK")),
      ...timed(logLines(tree, startedUs / 1000), output),
      events: [],
      output,
      notes: listOf(attributes.comments).flatMap((comment) =>
        isObject(comment) && textOf(comment.body) !== null ? [textOf(comment.body)!] : [],
      ),
      starred: attributes.marked === true,
      files: { folder: place, paths: guildFiles(place) },
      variables: isObject(env) ? Object.fromEntries(Object.entries(env).map(([name, value]) => [name, String(value)])) : {},
      warnings: tree.damaged,
    };
  },
});

function keyOf(id: string): string {
  return `guild:${id}`;
}

/** One file an attribute, YAML in each; what is no YAML, and what is not wanted, is left out. */
function readAttributes(folder: string, wanted: readonly string[] | null = null): Record<string, unknown> {
  const attributes: Record<string, unknown> = {};
  for (const { name } of entriesOf(folder)) {
    if (wanted !== null && !wanted.includes(name)) continue;
    try {
      attributes[name] = parseYaml(readFileSync(join(folder, name), "utf8"));
    } catch {
      // one attribute that cannot be read costs itself
    }
  }
  return attributes;
}

/** Guild writes what it reads off the output without a time: it is that of the line in which the name stood, counted from the first. */
function timed<L extends Pick<Imported, "scalars">>(lines: L, output: Imported["output"]): L {
  const times = new Map<string, number[]>();
  const met = new Map<string, number>();
  const scalars = lines.scalars.map((line) => {
    if (line.t > 0) return line;
    const known = times.get(line.k) ?? timesInOutput(output, line.k);
    times.set(line.k, known);
    const at = met.get(line.k) ?? 0;
    met.set(line.k, at + 1);
    return { ...line, t: known[at] ?? known.at(-1) ?? 0 };
  });
  return { ...lines, scalars };
}

/** `guildfile:/abs/guild.yml <digest> model op`, `script:/abs/dir '' '' train.py`. */
function readOpref(path: string): { operation: string; model: string | null } {
  const [, , model = "", name = ""] = shellWords(readFileSync(path, "utf8").trim());
  if (name === "") throw new ToolError("invalid-run-file", `${path} does not say which operation it was`);
  return { operation: name.replace(/\.(?:py|ipynb|r|sh)$/i, ""), model: model === "" ? null : model };
}

/** Ids of runs that it required are no flags of its own. */
function flagsOf(raw: unknown): Flags {
  if (!isObject(raw)) return {};
  return Object.fromEntries(
    Object.entries(raw)
      .filter(([name]) => !name.startsWith("operation:"))
      .map(([name, value]) => [name, flagOf(value)]),
  );
}

/** Guild labels every run with its flags where nobody has: flags stand in the record anyway, and a label is a person's word. */
function labelOf({ label, flags }: Record<string, unknown>): string | null {
  const text = textOf(label);
  if (text === null) return null;
  const names = new Set(Object.keys(isObject(flags) ? flags : {}));
  const words = shellWords(text);
  return words.every((word) => names.has(word.split("=")[0] ?? "")) ? null : text;
}

function flagOf(value: unknown): FlagValue {
  if (value === null || value === undefined) return null;
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  return Array.isArray(value) ? value.map(flagOf) : JSON.stringify(value);
}

/** `deps: {operation:prep: {operation:prep: {config: <run id>}}}`, and the flag that says the same; of runs that lie beside it. */
function parentsOf(place: string, attributes: Record<string, unknown>): Imported["parents"] {
  const parents: Imported["parents"] = {};
  const note = (name: string, id: unknown) => {
    if (!name.startsWith("operation:") || typeof id !== "string" || !/^[0-9a-f]{32}$/.test(id)) return;
    const parent = madeOf(join(dirname(place), id));
    if (parent !== null) parents[name.slice("operation:".length)] = parent;
  };
  const deps = isObject(attributes.deps) ? attributes.deps : {};
  for (const sources of Object.values(deps)) {
    if (!isObject(sources)) continue;
    for (const [name, source] of Object.entries(sources)) note(name, isObject(source) ? source.config : null);
  }
  for (const [name, value] of Object.entries(isObject(attributes.flags) ? attributes.flags : {})) note(name, value);
  return parents;
}

/** Another run beside this one; null when it is not there. */
function madeOf(place: string): Made | null {
  const folder = join(place, ".guild", "attrs");
  if (!existsSync(folder)) return null;
  const { initialized, started } = readAttributes(folder, ["initialized", "started"]);
  const made = numberOf(initialized) ?? numberOf(started);
  return made === null ? null : { key: keyOf(basename(place)), made: new Date(made / 1000).toISOString() };
}

/** In Guild's order: remote lock, pending, staged, exit status, lock of a process that lives; else nobody saw the end. */
function endOf(place: string, attributes: Record<string, unknown>): Pick<Run, "status" | "exitCode" | "signal"> {
  const has = (name: string) => existsSync(join(place, ".guild", name));
  const exit = numberOf(attributes.exit_status);
  if (has("LOCK.remote")) return { status: "running", exitCode: null, signal: null };
  if (has("PENDING") || has("STAGED")) return { status: "pending", exitCode: null, signal: null };
  if (exit !== null && exit < 0) {
    const signal = signalName(-exit);
    return { status: "terminated", exitCode: signal === null ? 128 - exit : null, signal };
  }
  if (exit !== null) return { status: exit === 0 ? "completed" : endStatus(exit, null), exitCode: exit, signal: null };
  return { status: stillRuns(join(place, ".guild", "LOCK")) === null ? "error" : "running", exitCode: null, signal: null };
}

/** The parent of a batch holds a prototype and links to its trials: it is no run of the program. */
function isBatch(place: string): boolean {
  return existsSync(join(place, ".guild", "proto"));
}

function sweepOf(place: string): Imported["sweep"] {
  for (const { name } of entriesOf(dirname(place))) {
    const batch = join(dirname(place), name);
    if (!isBatch(batch) || lstatSync(join(batch, basename(place)), { throwIfNoEntry: false }) === undefined) continue;
    return madeOf(batch);
  }
  return null;
}

function numberOf(raw: unknown): number | null {
  return typeof raw === "number" && Number.isFinite(raw) ? raw : null;
}

function textOf(raw: unknown): string | null {
  return typeof raw === "string" && raw !== "" ? raw : typeof raw === "number" ? String(raw) : null;
}

function listOf(raw: unknown): unknown[] {
  return Array.isArray(raw) ? raw : [];
}
