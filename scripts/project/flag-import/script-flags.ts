/** What the flag reader says of a script. Its answer comes from another program and is unknown until it was looked at here. */
import { type FlagType, flagTypes } from "../../../src/load/flag-spec.ts";
import { isObject } from "../../../src/run/shape.ts";
import type { FlagValue } from "../../../src/run/types.ts";

export interface ScriptFlag {
  name: string;
  line: number;
  type: FlagType;
  /** Null where the script has none, or only computes it. */
  default: FlagValue;
  /** The expression of a default that only the program itself can compute. */
  computed: string | null;
  description: string | null;
  choices: FlagValue[] | null;
  required: boolean;
  min: number | null;
  max: number | null;
  /** The option when it is not `--name`: without dashes, or with its one dash. */
  arg: string | null;
  /** A positional argument. */
  position: boolean;
  /** The bare options that mean yes and no; undefined where it takes a value. */
  bare: { on: string | null; off: string | null } | undefined;
  /** Takes several values; each behind an option of its own when `repeat`. */
  split: boolean;
  repeat: boolean;
  /** Switches are the words true and false. */
  words: boolean;
}

export interface ParserFlags {
  /** In the order of the script. */
  flags: ScriptFlag[];
  commands: Record<string, ParserFlags>;
  /** Takes flags that could not be read. */
  open: boolean;
}

export interface ScriptFlags {
  /** Which interface the script has: `args`, `args:click`, `globals`, … */
  dest: string;
  args: ParserFlags;
  globals: ScriptFlag[];
  /** Dicts, namespaces and classes at the top level, by name; nested names are dotted. */
  groups: Record<string, ScriptFlag[]>;
  /** It looks at `sys.argv` itself. */
  readsArgv: boolean;
  /** All files that the answer depends on, absolute. */
  files: string[];
  /** Why nothing could be read. */
  error: { message: string; line: number } | null;
}

/** Reads the answer. Null when it is none of ours; flags of a wrong shape are passed over. */
export function parseScriptFlags(raw: unknown): ScriptFlags | null {
  if (!isObject(raw)) return null;
  const files = texts(raw.files);
  const none = { dest: "args", args: { flags: [], commands: {}, open: true }, globals: [], groups: {}, readsArgv: false, files };
  if (isObject(raw.error)) return { ...none, error: { message: String(raw.error.message), line: Number(raw.error.line) || 0 } };
  if (typeof raw.dest !== "string") return null;
  const groups = isObject(raw.groups) ? raw.groups : {};
  return {
    dest: raw.dest,
    args: parseParser(raw.args),
    globals: parseFlags(raw.globals),
    groups: Object.fromEntries(Object.entries(groups).map(([name, flags]) => [name, parseFlags(flags)])),
    readsArgv: raw.readsArgv === true,
    files,
    error: null,
  };
}

function parseParser(raw: unknown): ParserFlags {
  const parser = isObject(raw) ? raw : {};
  const commands = isObject(parser.commands) ? Object.entries(parser.commands) : [];
  return {
    flags: parseFlags(parser.flags),
    commands: Object.fromEntries(commands.map(([name, below]) => [name, parseParser(below)])),
    open: parser.open === true,
  };
}

function parseFlags(raw: unknown): ScriptFlag[] {
  return Array.isArray(raw) ? raw.flatMap(parseFlag) : [];
}

function parseFlag(raw: unknown): ScriptFlag[] {
  if (!isObject(raw) || typeof raw.name !== "string" || !/^[\w][\w.-]*$/.test(raw.name)) return [];
  const type = flagTypes.find((known) => known === raw.type) ?? "auto";
  const choices = Array.isArray(raw.choices) ? raw.choices.map(flagValue) : null;
  return [
    {
      name: raw.name,
      line: typeof raw.line === "number" ? raw.line : 0,
      type,
      default: flagValue(raw.default),
      computed: textOrNull(raw.computed),
      description: textOrNull(raw.description),
      choices,
      required: raw.required === true,
      min: typeof raw.min === "number" ? raw.min : null,
      max: typeof raw.max === "number" ? raw.max : null,
      arg: textOrNull(raw.arg),
      position: raw.position === true,
      bare: "on" in raw || "off" in raw ? { on: textOrNull(raw.on), off: textOrNull(raw.off) } : undefined,
      split: raw.split === true,
      repeat: raw.repeat === true,
      words: raw.words === true,
    },
  ];
}

function flagValue(raw: unknown): FlagValue {
  if (typeof raw === "string" || typeof raw === "number" || typeof raw === "boolean") return raw;
  return Array.isArray(raw) ? raw.map(flagValue) : null;
}

function textOrNull(raw: unknown): string | null {
  return typeof raw === "string" ? raw : null;
}

function texts(raw: unknown): string[] {
  return Array.isArray(raw) ? raw.filter((item) => typeof item === "string") : [];
}
