/** The words that are started for an operation: its `main` or `exec` with the flags as arguments. */
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import type { Encoding, FlagSpec } from "../../src/load/flag-spec.ts";
import type { Operation } from "../../src/load/guild-operation.ts";
import { ToolError } from "../../src/run/error.ts";
import { formatFlag } from "../../src/run/flags.ts";
import { nearest } from "../../src/run/nearest.ts";
import type { FlagValue } from "../../src/run/types.ts";
import { splitValue } from "./flag-import/config-flags.ts";
import { globalsProgramPath } from "./flag-import/globals-program.ts";
import type { FlagSetting, FlagSettings } from "./flag-values.ts";
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
 * Flags that become global variables go through a program of ours, which lies at `globalsProgram`. Flags for a `config:` file are no words.
 *
 * Throws ToolError `missing-command` (an operation with steps only), `unsupported-flags-dest`, `unknown-flags-dest`, `unknown-reference`.
 */
export function commandWords(
  operation: Operation,
  settings: FlagSettings,
  scope: Scope = commandScope(settings),
  { find = findProgram, globalsProgram = globalsProgramPath }: { find?: FindProgram; globalsProgram?: string } = {},
): Words {
  const warnings: string[] = [];
  if (operation.exec !== null) {
    if (checkedDest(operation) === "globals") throw noGlobals(operation, "exec");
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
  const dest = checkedDest(operation);
  if (dest === "globals") {
    const target = starter(program, find);
    if (!/^(?:\S*\/)?python[\d.]*$/.test(target[0] ?? "")) throw noGlobals(operation, program);
    return { command: globalsWords(operation, settings, target, fixed, globalsProgram), warnings };
  }
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
export function python(find: FindProgram = findProgram): string {
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

/** The flags as arguments: positional ones in the order of the script, then named ones sorted by name. An option may take many words. */
function flagWords(operation: Operation, settings: FlagSettings, fixed: readonly string[], warnings: string[]): string[] {
  if (!/^args(?::|$)/.test(operation.flagsDest ?? "args")) return [];
  const passed = Object.keys(settings).filter((name) => settings[name]?.spec.argSkip === false);
  const named = passed.filter((name) => settings[name]?.spec.imported?.position !== true).sort();
  const positional = passed.filter((name) => settings[name]?.spec.imported?.position === true);
  return [...positional, ...named].flatMap((name) => {
    const setting = settings[name];
    if (setting === undefined) return [];
    if (operation.flagsDest === "args:hydra") return hydraWord(setting.spec.argName ?? name, setting.value);
    if (setting.spec.imported?.position === true) return argumentOf([], setting);
    const argument = optionOf(setting.spec.argName ?? name);
    if (fixed.some((word) => word === argument || word.startsWith(`${argument}=`))) {
      warnings.push(`${argument} already stands in the command of operation ${operation.name}: flag ${name} was not added`);
      return [];
    }
    return argumentOf([argument], setting);
  });
}

/** Hydra's own manner: `opt.lr=0.1` and lists in brackets. Null is not passed: the configuration has a value. */
function hydraWord(name: string, value: FlagValue): string[] {
  return value === null ? [] : [`${name}=${typeof value === "string" ? value : formatFlag(value)}`];
}

/** A name that begins with a dash is an option as it is: `-x`. */
function optionOf(name: string): string {
  return name.startsWith("-") ? name : `--${name}`;
}

/** Null is not passed. A switch is bare or not there. True is `1` and false the empty word, as Guild passes them. */
function argumentOf(option: string[], { value, spec }: FlagSetting): string[] {
  if (spec.argSwitch !== undefined) return formatFlag(value) === formatFlag(spec.argSwitch) ? option : [];
  if (value === null) return [];
  const both = spec.imported?.bothWays ?? null;
  if (both !== null && typeof value === "boolean") {
    const said = value ? both.on : both.off;
    return said === null ? [] : [optionOf(said)];
  }
  if (spec.argSplit === null) return [...option, encoded(value, spec.argEncoding, spec)];
  const parts = Array.isArray(value)
    ? value.map((item) => encoded(item, spec.argEncoding, spec))
    : spec.argSplit === "shlex"
      ? splitWords(argumentText(value))
      : argumentText(value)
          .split(spec.argSplit)
          .filter((part) => part !== "");
  if (spec.imported?.repeat === true) return parts.flatMap((part) => [...option, part]);
  return parts.length === 0 ? [] : [...option, ...parts];
}

/** The words that the flag has for a value, or the usual ones. A float is one also where its value is a whole number. */
function encoded(value: FlagValue, encoding: readonly Encoding[], { type }: Pick<FlagSpec, "type">): string {
  const own = encoding.find((known) => formatFlag(known.value) === formatFlag(value));
  if (own !== undefined) return own.text;
  return type === "float" && Number.isInteger(value) ? floatText(Number(value)) : argumentText(value);
}

/** As a variable of the environment, and inside of commands: in the flag's own words for it, or in those of its argument. */
export function variableText(value: FlagValue, spec: FlagSpec): string {
  return value === null ? "" : encoded(value, [...spec.envEncoding, ...spec.argEncoding], spec);
}

/** What `${flag}` stands for in commands and in the environment, by flag. */
export function commandScope(settings: FlagSettings): Scope {
  return Object.fromEntries(Object.entries(settings).map(([name, { value, spec }]) => [name, variableText(value, spec)]));
}

/** JSON that Python reads as the same type: a whole number stays a float where the script has one. */
function pythonJson(value: FlagValue, isFloat: boolean): string {
  if (Array.isArray(value)) return `[${value.map((item) => pythonJson(item, isFloat)).join(", ")}]`;
  if (typeof value === "number") return isFloat || !Number.isSafeInteger(value) ? floatText(value) : String(value);
  const outside = typeof value === "string" && isFloat ? /^([-+]?)(?:(inf(?:inity)?)|nan)$/i.exec(value) : null;
  if (outside === null) return JSON.stringify(value);
  return outside[2] === undefined ? "NaN" : outside[1] === "-" ? "-Infinity" : "Infinity";
}

/** Which of the kinds of `flags-dest` it is. Throws ToolError `unknown-flags-dest` with the nearest. */
function checkedDest({ name, flagsDest, place }: Operation): "args" | "globals" | "elsewhere" {
  const dest = flagsDest ?? "args";
  if (/^args(?::|$)/.test(dest)) return "args";
  if (dest === "globals" || /^(?:global|dict|namespace):[A-Za-z_][\w.]*$/.test(dest)) return "globals";
  if (dest === "none" || /^config:./.test(dest)) return "elsewhere";
  const near = nearest(dest, ["args", "globals", "global:NAME", "dict:NAME", "namespace:NAME", "config:FILE", "none"]);
  const known = "it is args, globals, global:NAME, namespace:NAME, config:FILE or none";
  throw new ToolError("unknown-flags-dest", `Operation ${name} passes flags by "${dest}", which is not known`, {
    hint: `${place.file}:${place.line}: ${near === null ? known : `did you mean "${near}"?`}`,
    exitCode: 2,
  });
}

function noGlobals({ name, flagsDest, place }: Operation, program: string): ToolError {
  return new ToolError(
    "unsupported-flags-dest",
    `Operation ${name} passes flags by "${flagsDest}", and ${program} is no Python`,
    {
      hint: `${place.file}:${place.line}: use "flags-dest: args" (as --name value) or "none" (only as FLAG_<NAME> in the environment).`,
      exitCode: 2,
    },
  );
}

/**
 * The words that start Python with flags as its script's global variables, dict or namespace: each as `name=JSON`. Of a name with dots
 * the script gets nested entries. Null flags, and those that have the script's own value, are left to the script.
 */
function globalsWords(operation: Operation, settings: FlagSettings, target: string[], fixed: string[], place: string): string[] {
  const flags = Object.entries(settings).flatMap(([name, { value, spec, from }]) => {
    if (value === null || spec.argSkip || from === spec.imported?.from) return [];
    const given = spec.argSplit === null ? value : splitValue(value, spec.argSplit);
    return [
      `${spec.argName ?? name}=${pythonJson(given, spec.type === "float" || (spec.type === "number" && typeof given === "string"))}`,
    ];
  });
  const [python = "python", ...rest] = target;
  const words = rest.filter((word) => word !== "-u");
  const behind = fixed.length === 0 ? [] : ["--", ...fixed];
  return [python, "-u", place, operation.flagsDest ?? "globals", ...words, ...flags.sort(), ...behind];
}

/** As a word of a command and as `FLAG_<NAME>`: lists are joined by blanks. */
export function argumentText(value: FlagValue): string {
  if (Array.isArray(value)) return value.map(argumentText).join(" ");
  if (value === null || value === false) return "";
  if (typeof value === "number") return Number.isSafeInteger(value) ? String(value) : floatText(value);
  return value === true ? "1" : value;
}

/** As Python prints a float: `1.0`, `1e-05`, `1e+20`. */
function floatText(value: number): string {
  const size = Math.abs(value);
  if (value === 0 || (size >= 1e-4 && size < 1e16)) return Number.isInteger(value) ? `${value}.0` : String(value);
  return value.toExponential().replace(/e([+-])(\d)$/, "e$10$2");
}
