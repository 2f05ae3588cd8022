/** Lays the flags of an operation's own script below those of guild.yml, and finds out how they reach it. */
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import type { FlagSpec } from "../../../src/load/flag-spec.ts";
import type { Operation } from "../../../src/load/operation-spec.ts";
import { python } from "../command-words.ts";
import { splitWords } from "../shell-words.ts";
import { configFlags } from "./config-flags.ts";
import { importedSpec, overImported } from "./imported-spec.ts";
import { readScript } from "./read-script.ts";
import { runScript } from "./run-script.ts";
import type { ParserFlags, ScriptFlag, ScriptFlags } from "./script-flags.ts";
import { scriptPlace } from "./script-place.ts";

export interface ImportedOperation {
  /** With all its flags, and `flagsDest` set. */
  operation: Operation;
  /** What could not be read, one sentence each. */
  warnings: string[];
}

/**
 * The operation with the flags of its script: those that guild.yml names get the script's defaults, types, choices and descriptions where
 * it says nothing of its own; `flags-import` adds others. Without `flags-dest` the interface is the one that the script imports, and
 * arguments where nothing is to be imported.
 *
 * `cwd` (absolute) is where the operation starts. Operations with `exec` are read only where `flags-import` asks for it. The script is
 * read and never run, unless `byRunning` says so: then it is said. Throws ToolError `invalid-config-file`, `missing-config-file` for `config:` (exit code 2).
 */
export function importFlags(
  operation: Operation,
  { root, cwd, byRunning = false }: { root: string; cwd: string; byRunning?: boolean },
): ImportedOperation {
  const dest = operation.flagsDest;
  if (dest?.startsWith("config:") === true) {
    const { file, flags } = configFlags(dest.slice("config:".length), { operation, cwd });
    const known = merged(operation, chosen(operation, flags), file, dest);
    return { operation: { ...known, allowsOtherFlags: false }, warnings: [] };
  }
  const words = pythonWords(operation);
  const place = words === null ? null : scriptPlace(words[0] ?? "", searched(operation, cwd));
  const plain = { operation: { ...operation, flagsDest: dest ?? "args" }, warnings: [] };
  if (words === null || place === null || operation.flagsImport === "none") return plain;
  const file = shown(place, cwd);
  const read = readScript(place, { root, python: python() });
  const target = /\.py$/.test(words[0] ?? "") ? words : ["-m", (words[0] ?? "").replaceAll("/", "."), ...words.slice(1)];
  const ran = byRunning ? runScript(target, { cwd, python: python() }) : null;
  const said = byRunning ? [ranText(file, ran !== null)] : [];
  const script = ran ?? read;
  if (script === null) return { ...plain, warnings: said };
  if (script.error !== null) {
    const at = script.error.line > 0 ? `${file}:${script.error.line}` : file;
    const open = { ...plain.operation, allowsOtherFlags: true };
    return { operation: open, warnings: [...said, `the flags of ${at} cannot be read: ${script.error.message}`] };
  }
  const found = dest ?? guessed(script, operation);
  const { flags, open } = flagsFor(found, script, words.slice(1));
  const result = merged(operation, chosen(operation, flags), file, found);
  // A script all of whose flags are known refuses others here, with the nearest name, rather than by itself later.
  const others = operation.flagsImport === "all" ? open : operation.allowsOtherFlags;
  return { operation: { ...result, allowsOtherFlags: others }, warnings: said };
}

function ranText(file: string, told: boolean): string {
  return told
    ? `${file} was run up to its arguments, to read its flags (--import-by-running)`
    : `${file} was run to read its flags (--import-by-running), and ended before it looked at its arguments: they are read from its text`;
}

/** Globals only where some of the flags are: a script that looks at its arguments by itself, and has none of these names, gets arguments. */
function guessed({ dest, readsArgv, globals }: ScriptFlags, operation: Operation): string {
  if (dest !== "globals" || !readsArgv) return dest;
  const isGlobal = globals.some(({ name }) => operation.flagsImport === "all" || Object.hasOwn(operation.flags, name));
  return isGlobal ? "globals" : "args";
}

/** The words behind `python`: of `main`, and of an `exec` that starts Python and wants its flags imported. */
function pythonWords(operation: Operation): string[] | null {
  if (operation.main !== null) return splitWords(operation.main);
  if (operation.exec === null || operation.flagsImport === "named") return null;
  const [program = "", ...words] = splitWords(operation.exec).filter((word) => word !== "${flag_args}");
  if (!/(?:^|\/)python[\d.]*$/.test(program) && program !== "${python_exe}") return null;
  const at = words.findIndex((word) =>
    word === "-m" || word.endsWith("m") === false ? !word.startsWith("-") || word === "-m" : true,
  );
  return at < 0 ? null : words.slice(words[at]?.startsWith("-") ? at + 1 : at);
}

function searched(operation: Operation, cwd: string): string[] {
  return [cwd, ...operation.pythonPath.map((folder) => resolve(cwd, folder))];
}

function shown(path: string, cwd: string): string {
  const below = relative(cwd, path);
  return below.startsWith("..") || isAbsolute(below) ? path : below.split(sep).join("/");
}

/** Of a script with commands the flags of the one that stands in its fixed words: `main: train.py fit`. */
function flagsFor(dest: string, script: ScriptFlags, fixed: readonly string[]): { flags: ScriptFlag[]; open: boolean } {
  if (dest === "globals") return { flags: script.globals, open: false };
  const group = /^(?:global|dict|namespace):(.+)$/.exec(dest)?.[1];
  if (group !== undefined) {
    const [top = "", ...below] = group.split(".");
    const prefix = below.length === 0 ? "" : `${below.join(".")}.`;
    const flags = (script.groups[top] ?? []).filter(({ name }) => name.startsWith(prefix));
    return {
      flags: flags.map((flag) => ({ ...flag, name: flag.name.slice(prefix.length) })),
      open: script.groups[top] === undefined,
    };
  }
  if (!/^args(?::|$)/.test(dest)) return { flags: [], open: true };
  let parser: ParserFlags = script.args;
  for (const word of fixed) parser = Object.hasOwn(parser.commands, word) ? (parser.commands[word] ?? parser) : parser;
  // Fixed words that are no command fill the places of the positional arguments.
  const filled = fixed.some((word) => !word.startsWith("-") && !Object.hasOwn(script.args.commands, word));
  // Where none could be read, it is not known what there is.
  const open = parser.open || parser.flags.length === 0;
  return { flags: parser.flags.filter(({ position }) => !(position && filled)), open };
}

function chosen(operation: Operation, flags: readonly ScriptFlag[]): ScriptFlag[] {
  const { flagsImport } = operation;
  const wanted = (name: string) =>
    flagsImport === "all" ||
    (flagsImport !== "none" && (Array.isArray(flagsImport) ? flagsImport.includes(name) : Object.hasOwn(operation.flags, name)));
  return flags.filter(({ name }) => wanted(name) && !operation.flagsImportSkip.includes(name));
}

/** Flags of guild.yml first, in its order; imported ones follow in the script's. */
function merged(operation: Operation, found: readonly ScriptFlag[], file: string, flagsDest: string): Operation {
  const flags: Record<string, FlagSpec> = { ...operation.flags };
  for (const flag of found) {
    const own = flags[flag.name];
    const imported = importedSpec(flag, file);
    flags[flag.name] = own === undefined ? imported : overImported(own, imported);
  }
  return { ...operation, flags, flagsDest };
}

/** For tests and the starter: all flags of a script by themselves. */
export function flagsOfScript(path: string, root: string): Record<string, FlagSpec> | null {
  const script = readScript(isAbsolute(path) ? path : join(root, path), { root, python: python() });
  if (script === null || script.error !== null) return null;
  const { flags } = flagsFor(script.dest, script, []);
  return Object.fromEntries(flags.map((flag) => [flag.name, importedSpec(flag, shown(path, root))]));
}
