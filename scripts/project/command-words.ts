/** The words that are started for an operation: its `main` or `exec` with the flags as arguments. */
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import type { FlagSpec } from "../../src/load/flag-spec.ts";
import type { Operation } from "../../src/load/guild-operation.ts";
import { ToolError } from "../../src/run/error.ts";
import { formatFlag } from "../../src/run/flags.ts";
import type { FlagValue } from "../../src/run/types.ts";
import { type FlagSettings, flagScope } from "./flag-values.ts";
import { expandReferences, type Scope } from "./references.ts";
import { quoteWords, splitWords } from "./shell-words.ts";

export interface Words {
  command: string[];
  /** What the operation does not say right and still works, one sentence each. */
  warnings: string[];
}

/** Where an executable is looked for; the real PATH unless a test says otherwise. */
export type FindProgram = (name: string) => string | null;

/**
 * Makes the command of an operation.
 *
 * `main: pkg.mod` runs `python -u -m pkg.mod`, `main: train.py` the script, with the interpreter that fits its extension;
 * fixed words follow, then flags as `--name value`, sorted by name. `exec:` is split like a shell does, without a shell:
 * `${flag_args}` becomes all flags, `${name}` one value of `scope` (the flags, unless it holds more). `${RUN_DIR}` stays for
 * the recorder.
 *
 * Throws ToolError `missing-command` (an operation with steps only), `unsupported-flags-dest`, `unknown-reference`.
 */
export function commandWords(
  operation: Operation,
  settings: FlagSettings,
  scope: Scope = flagScope(settings),
  find: FindProgram = findProgram,
): Words {
  const warnings: string[] = [];
  if (operation.exec !== null) {
    return { command: execWords(operation, operation.exec, scope, flagWords(operation, settings, [], warnings)), warnings };
  }
  if (operation.main === null) {
    throw new ToolError("missing-command", `Operation ${operation.name} has only steps, which are not run yet`, {
      hint: `${operation.place.file}:${operation.place.line}: give it "main" or "exec", or run its steps one by one.`,
      exitCode: 2,
    });
  }
  const [program = operation.name, ...words] = splitWords(operation.main);
  const fixed = words.map((word) => expandReferences(word, scope, `main of operation ${operation.name}`));
  return { command: [...starter(program, find), ...fixed, ...flagWords(operation, settings, fixed, warnings)], warnings };
}

function execWords(operation: Operation, line: string, scope: Scope, flagArgs: string[]): string[] {
  const whole = { ...scope, flag_args: quoteWords(flagArgs) };
  const where = `exec of operation ${operation.name}`;
  const isAll = (word: string) => word === "${flag_args}";
  const words = splitWords(line).flatMap((word) => (isAll(word) ? flagArgs : [expandReferences(word, whole, where)]));
  if (words.length > 0) return words;
  throw new ToolError("missing-command", `Operation ${operation.name} has an empty exec`, {
    hint: `${operation.place.file}:${operation.place.line}`,
    exitCode: 2,
  });
}

/** Interpreters by extension; anything else with a folder in it is started itself, and a bare word is a Python module. */
export function starter(program: string, find: FindProgram = findProgram): string[] {
  if (/\.py$/.test(program)) return [python(find), "-u", program];
  if (/\.(?:mjs|cjs|js|mts|cts|ts)$/.test(program)) return ["node", program];
  if (/\.(?:sh|bash)$/.test(program)) return [program.endsWith(".bash") ? "bash" : "sh", program];
  if (/\.R$/i.test(program)) return ["Rscript", program];
  if (/\.jl$/.test(program)) return ["julia", program];
  return [python(find), "-u", "-m", program.replaceAll("/", ".").replace(/^\.+/, "")];
}

/** An activated environment comes first on the PATH as `python`; Debian has only `python3` without one. */
function python(find: FindProgram): string {
  return find("python") === null && find("python3") !== null ? "python3" : "python";
}

function findProgram(name: string): string | null {
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    try {
      const path = join(folder, name);
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Not in this folder: the next one may have it.
    }
  }
  return null;
}

function flagWords(operation: Operation, settings: FlagSettings, fixed: readonly string[], warnings: string[]): string[] {
  if (operation.flagsDest === "none") return [];
  if (operation.flagsDest !== null && !/^args(?::|$)/.test(operation.flagsDest)) {
    throw new ToolError(
      "unsupported-flags-dest",
      `Operation ${operation.name} passes flags by "${operation.flagsDest}", which is not possible yet`,
      {
        hint: `${operation.place.file}:${operation.place.line}: use "flags-dest: args" (as --name value) or "none" (only as FLAG_<NAME> in the environment).`,
        exitCode: 2,
      },
    );
  }
  const names = Object.keys(settings).sort();
  return names.flatMap((name) => {
    const setting = settings[name];
    if (setting === undefined || setting.spec.argSkip) return [];
    const argument = `--${setting.spec.argName ?? name}`;
    if (fixed.some((word) => word === argument || word.startsWith(`${argument}=`))) {
      warnings.push(`${argument} already stands in the command of operation ${operation.name}: flag ${name} was not added`);
      return [];
    }
    return argumentOf(argument, setting.value, setting.spec);
  });
}

/** Null is not passed. A switch is bare or not there. True is `1` and false the empty word, as Guild passes them. */
function argumentOf(argument: string, value: FlagValue, spec: FlagSpec): string[] {
  if (spec.argSwitch !== undefined) return formatFlag(value) === formatFlag(spec.argSwitch) ? [argument] : [];
  if (value === null) return [];
  const text = argumentText(value);
  if (spec.argSplit === null) return [argument, text];
  const parts = Array.isArray(value)
    ? value.map(argumentText)
    : spec.argSplit === "shlex"
      ? splitWords(text)
      : text.split(spec.argSplit);
  return [argument, ...parts];
}

/** As a word of a command and as `FLAG_<NAME>`: lists are joined by blanks. */
export function argumentText(value: FlagValue): string {
  if (Array.isArray(value)) return value.map(argumentText).join(" ");
  if (value === null || value === false) return "";
  return value === true ? "1" : String(value);
}
