/** What an operation requires before it starts. Free of the YAML parser. */
import type { FlagValue } from "../run/types.ts";
import type { Place } from "./yaml-tree.ts";

export const requirementKinds = ["file", "url", "config", "module", "operation"] as const;
export type RequirementKind = (typeof requirementKinds)[number];

export interface Rename {
  /** A regular expression as Python writes them; `.*` where only the new name was given. */
  pattern: string;
  /** With `\1` for a group, as Python writes it. */
  replacement: string;
}

export interface Requirement {
  kind: RequirementKind;
  /** As written, with `${flag}`: a path relative to the project, an address, a module, an operation `[model:]name`. */
  target: string;
  /** Its own name, under which its flag chooses another target. */
  name: string | null;
  /** The named resource of the model that it stands in. */
  resource: string | null;
  flagName: string | null;
  /** Regular expressions for files inside of an archive, a folder or a run. Empty: all. */
  select: string[];
  /** Of what fits, the one whose first group is the smallest (or largest) number. */
  selectMin: string[];
  selectMax: string[];
  rename: Rename[];
  /** Lower-case hexadecimal digits. */
  sha256: string | null;
  /** Null: as the kind of file wants it, archives are unpacked. */
  unpack: boolean | null;
  /** A folder in the run's directory; null is its top. */
  targetPath: string | null;
  targetType: "copy" | "link" | null;
  preservePath: boolean;
  replaceExisting: boolean;
  optional: boolean;
  /** An operation: all runs that were named, not only one. */
  multiRun: boolean;
  warnIfEmpty: boolean;
  failIfEmpty: boolean;
  /** A config file: further values, by dotted key. */
  params: Record<string, FlagValue>;
  /** Said when it is missing. */
  help: string | null;
  place: Place;
}

/** A requirement of which only the kind and the target are known. */
export function plainRequirement(kind: RequirementKind, target: string, place: Place): Requirement {
  return {
    kind,
    target,
    name: null,
    resource: null,
    flagName: null,
    select: [],
    selectMin: [],
    selectMax: [],
    rename: [],
    sha256: null,
    unpack: null,
    targetPath: null,
    targetType: null,
    preservePath: false,
    replaceExisting: false,
    optional: false,
    multiRun: false,
    warnIfEmpty: true,
    failIfEmpty: false,
    params: {},
    help: null,
    place,
  };
}
