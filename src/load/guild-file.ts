/** What can stand in `guild.yml`. Free of the YAML parser: a command in a project without the file does not wait for it. */
import type { Flags, MetricSpec, Warning } from "../run/types.ts";
import type { FlagSpec } from "./flag-spec.ts";
import type { Operation } from "./operation-spec.ts";

export interface Model {
  /** Null for the unnamed model of a file that only maps operations. */
  name: string | null;
  description: string | null;
  /** Looked in first where no model is named; at most one has it. */
  isDefault: boolean;
  /** In the order of the file. */
  operations: Record<string, Operation>;
  /** Flag values that hold for every operation of the model that has the flag. */
  flags: Record<string, FlagSpec>;
  profiles: Record<string, Flags>;
}

export interface GuildFile {
  /** Relative to the project root; null when the project has no file. */
  path: string | null;
  /** In the order of the file; the first is the default. */
  models: Model[];
  guildhall: GuildhallBlock;
  /** Keys that later versions will use, one warning each. */
  warnings: Warning[];
}

/** A project without a file: no operations, all defaults. */
export function noGuildFile(): GuildFile {
  return { path: null, models: [], guildhall: emptyBlock(), warnings: [] };
}

export interface GuildhallBlock {
  name: string | null;
  /** Absolute address without a slash at its end. */
  site: string | null;
  metrics: Record<string, MetricSpec>;
  nuisance: string[] | null;
  /** Group key or label → `#rrggbb`, lower case. */
  colors: Record<string, string>;
  /** Further names or patterns for the environment allow-list. */
  env: string[];
  /** Globs of data files, relative to the project, whose content names the data of a run. */
  data: string[];
  /** Globs of files in the project that a run keeps a copy of when its command has changed them. */
  outputs: string[];
  /** Kept as written; the pages that use them read them. */
  fields: unknown[];
  series: unknown[];
  compare: unknown[];
}

/** Everything by default. */
export function emptyBlock(): GuildhallBlock {
  return {
    name: null,
    site: null,
    metrics: {},
    nuisance: null,
    colors: {},
    env: [],
    data: [],
    outputs: [],
    fields: [],
    series: [],
    compare: [],
  };
}
