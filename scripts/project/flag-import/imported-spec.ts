/** From a flag of a script to one of an operation, alone or below what guild.yml says of it. */
import { type FlagSpec, plainSpec } from "../../../src/load/flag-spec.ts";
import { formatFlag } from "../../../src/run/flags.ts";
import type { FlagValue } from "../../../src/run/types.ts";
import { quoteWords } from "../shell-words.ts";
import type { ScriptFlag } from "./script-flags.ts";

/** The flag as if guild.yml had declared it. `file` is the script as shown. */
export function importedSpec(flag: ScriptFlag, file: string): FlagSpec {
  const place = { file, line: flag.line, column: 1, source: "" };
  const { on, off } = flag.bare ?? { on: null, off: null };
  // A switch that is on by itself is only ever turned off, and the other way round.
  const turnsOff = flag.bare !== undefined && off !== null && (on === null || flag.default === true);
  const known = flag.bare !== undefined && (on === null || off === null || flag.default !== null);
  return {
    ...plainSpec(place),
    default: flag.split ? joined(flag.default) : flag.default,
    description: flag.description,
    type: flag.type,
    required: flag.required && flag.default === null,
    choices: flag.choices?.map((value) => ({ value, description: null, alias: null, flags: {} })) ?? null,
    min: flag.min,
    max: flag.max,
    argName: known ? renamed(turnsOff ? off : on, flag.name) : flag.arg,
    argSwitch: known ? !turnsOff : undefined,
    argSplit: flag.split ? "shlex" : null,
    argEncoding: flag.words
      ? [
          { value: true, text: "true" },
          { value: false, text: "false" },
        ]
      : [],
    imported: {
      from: flag.line > 0 ? `${file}:${flag.line}` : file,
      computed: flag.computed,
      position: flag.position,
      repeat: flag.repeat,
      bothWays: flag.bare !== undefined && !known ? flag.bare : null,
    },
  };
}

/** What guild.yml says of a flag goes before what the script says; what it leaves open is the script's. */
export function overImported(own: FlagSpec, imported: FlagSpec): FlagSpec {
  const saysArgument = own.argName !== null || own.argSwitch !== undefined || own.argSplit !== null || own.argEncoding.length > 0;
  return {
    ...own,
    default: own.default ?? imported.default,
    description: own.description ?? imported.description,
    type: own.type === "auto" && own.choices === null ? imported.type : own.type,
    required: own.required || (imported.required && own.default === null),
    choices: own.choices ?? imported.choices,
    min: own.min ?? imported.min,
    max: own.max ?? imported.max,
    argName: saysArgument ? own.argName : imported.argName,
    argSwitch: saysArgument ? own.argSwitch : imported.argSwitch,
    argSplit: saysArgument ? own.argSplit : imported.argSplit,
    argEncoding: saysArgument ? own.argEncoding : imported.argEncoding,
    imported: own.default === null ? imported.imported : imported.imported && { ...imported.imported, from: null },
  };
}

/** `[64, 32]` → `64 32`: a list as one text that is split again on its way to the program. */
function joined(value: FlagValue): FlagValue {
  return Array.isArray(value) ? quoteWords(value.map((item) => (typeof item === "string" ? item : formatFlag(item)))) : value;
}

function renamed(option: string | null, name: string): string | null {
  return option === name ? null : option;
}
