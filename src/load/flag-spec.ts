/** What is known of one flag of an operation. Free of the YAML parser: a recorded command does not wait for it. */
import type { Flags, FlagValue } from "../run/types.ts";
import type { Place } from "./yaml-tree.ts";

export const flagTypes = ["string", "int", "float", "number", "boolean", "path", "existing-path", "auto"] as const;
export type FlagType = (typeof flagTypes)[number];

export interface Choice {
  value: FlagValue;
  description: string | null;
  /** Typed instead of the value. */
  alias: string | null;
  /** Other flags get these values where this choice is taken and nobody has said otherwise. */
  flags: Flags;
}

export interface Encoding {
  value: FlagValue;
  text: string;
}

/** What only the script itself knows of a flag that was read from it. */
export interface Imported {
  /** Where the default stands, as `train.py:12`; null where guild.yml says another. */
  from: string | null;
  /** The expression of a default that only the program can compute. */
  computed: string | null;
  /** Passed as a bare word, in the script's order. */
  position: boolean;
  /** Several values are passed each behind an option of its own. */
  repeat: boolean;
  /** Bare options for yes and no, where nothing is passed unless it is said. */
  bothWays: { on: string | null; off: string | null } | null;
}

export interface FlagSpec {
  /** Null means: not passed unless given. */
  default: FlagValue;
  description: string | null;
  type: FlagType;
  required: boolean;
  choices: Choice[] | null;
  /** Other values than the choices are taken too. */
  allowOther: boolean;
  min: number | null;
  max: number | null;
  /** The argument's name, when it is not the flag's. */
  argName: string | null;
  argSkip: boolean;
  /** The bare `--name` is passed if and only if the flag has this value. Undefined: not a switch. */
  argSwitch: FlagValue | undefined;
  /** Splits a text value into several words: `shlex`, or at this text. Null: one word. */
  argSplit: string | null;
  /** Another name under which it may be typed. */
  alias: string | null;
  /** Other words for values when they become an argument: `[{value: true, text: on}]`. */
  argEncoding: Encoding[];
  /** Name of the environment variable; null for `FLAG_<NAME>`. */
  envName: string | null;
  /** Other words for values when they become a variable. */
  envEncoding: Encoding[];
  /** What a label says where the flag is null. */
  nullLabel: string | null;
  /** How a search draws values between min and max: `uniform` (null), `loguniform`. */
  distribution: string | null;
  /** Left out for a flag that was not read from a script. */
  imported?: Imported | undefined;
  place: Place;
}

/** A flag of which nothing is known but its name. */
export function plainSpec(place: Place): FlagSpec {
  return {
    default: null,
    description: null,
    type: "auto",
    required: false,
    choices: null,
    allowOther: false,
    min: null,
    max: null,
    argName: null,
    argSkip: false,
    argSwitch: undefined,
    argSplit: null,
    alias: null,
    argEncoding: [],
    envName: null,
    envEncoding: [],
    nullLabel: null,
    distribution: null,
    place,
  };
}
