/** `flags-dest: config:FILE`: the values of a configuration file are flags, and each run gets its own copy of the file. */
import { existsSync, readFileSync } from "node:fs";
import { isAbsolute, join, normalize, posix, sep } from "node:path";
import type { Operation } from "../../../src/load/operation-spec.ts";
import { ToolError } from "../../../src/run/error.ts";
import type { FlagValue } from "../../../src/run/types.ts";
import { splitWords } from "../shell-words.ts";
import { configEntries, configFormat, withConfigValues } from "./config-file.ts";
import type { ScriptFlag } from "./script-flags.ts";

/** What the file says, as flags of their values' types. Throws ToolError `missing-config-file`, `invalid-config-file` (exit code 2). */
export function configFlags(file: string, where: { operation: Operation; cwd: string }): { file: string; flags: ScriptFlag[] } {
  const { text, format } = open(file, where);
  const entries = readable(file, () => configEntries(text, format));
  const flags = entries.map(({ name, value, line }): ScriptFlag => ({ ...plain, name, line, default: value, ...typeOf(value) }));
  return { file, flags };
}

/**
 * Where copies stand below the run's directory, and their text with these values; null ones keep what the file says. A copy stands at the
 * file's own path, without its `.in`, and at the top, where Guild puts it: the latter two where the project has no file of that name.
 */
export function configCopies(
  file: string,
  settings: Record<string, { value: FlagValue; argSplit: string | null; argName: string | null }>,
  where: { operation: Operation; cwd: string },
): { to: string; text: string }[] {
  const { text, format } = open(file, where);
  const values: Record<string, FlagValue> = {};
  for (const [name, { value, argSplit, argName }] of Object.entries(settings)) {
    if (value !== null) values[argName ?? name] = argSplit === null ? value : splitValue(value, argSplit);
  }
  const own = normalize(file).split(sep).join("/");
  const others = [own.replace(/\.in$/i, ""), posix.basename(own), posix.basename(own).replace(/\.in$/i, "")];
  const changed = readable(file, () => withConfigValues(text, format, values));
  const free = new Set(others.filter((to) => to !== own && !existsSync(join(where.cwd, to))));
  return [own, ...free].map((to) => ({ to, text: changed }));
}

/** `64 32` → the list that the program gets; each part is decoded as it would be alone. */
export function splitValue(value: FlagValue, argSplit: string): FlagValue {
  if (Array.isArray(value)) return value;
  const text = value === null ? "" : String(value);
  const parts = argSplit === "shlex" ? splitWords(text) : text.split(argSplit).filter((part) => part !== "");
  return parts.map((part) => decodePart(part));
}

function decodePart(part: string): FlagValue {
  if (/^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/.test(part)) return Number(part);
  if (/^(?:true|yes)$/i.test(part)) return true;
  return /^(?:false|no)$/i.test(part) ? false : part;
}

const plain: Omit<ScriptFlag, "name" | "line" | "default"> = {
  type: "auto",
  computed: null,
  description: null,
  choices: null,
  required: false,
  min: null,
  max: null,
  arg: null,
  position: false,
  bare: undefined,
  split: false,
  repeat: false,
  words: false,
};

function typeOf(value: FlagValue): Partial<ScriptFlag> {
  if (Array.isArray(value)) return { split: true };
  if (typeof value === "boolean") return { type: "boolean" };
  return typeof value === "number" ? { type: "number" } : typeof value === "string" ? { type: "string" } : {};
}

function open(file: string, { operation, cwd }: { operation: Operation; cwd: string }) {
  const place = `${operation.place.file}:${operation.place.line}`;
  const format = configFormat(file);
  if (format === null) {
    throw new ToolError("invalid-config-file", `Operation ${operation.name} passes flags by ${file}, whose kind is not known`, {
      hint: `${place}: flags can be written into .yml, .yaml, .json, .ini and .cfg files.`,
      exitCode: 2,
    });
  }
  if (isAbsolute(file) || normalize(file).startsWith("..")) {
    throw new ToolError(
      "invalid-config-file",
      `Operation ${operation.name} passes flags by ${file}, which is not below the project`,
      {
        hint: `${place}: name a file of the project; each run gets its own copy.`,
        exitCode: 2,
      },
    );
  }
  try {
    return { text: readFileSync(join(cwd, file), "utf8"), format };
  } catch (cause) {
    throw new ToolError("missing-config-file", `Operation ${operation.name} passes flags by ${file}, which cannot be read`, {
      hint: `${place}: it was looked for as ${join(cwd, file)}.`,
      exitCode: 2,
      cause,
    });
  }
}

function readable<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    const reason = cause instanceof Error ? (cause.message.split("\n")[0] ?? "") : String(cause);
    throw new ToolError("invalid-config-file", `${file}: ${reason}`, { exitCode: 2, cause });
  }
}
