/** What is known of one operation of `guild.yml`. Free of the YAML parser: a bare script is an operation without a file. */
import { NO_RULES, type OutputRules } from "../run/output-rules.ts";
import type { SourceRules } from "../run/source-rules.ts";
import type { Flags, FlagValue } from "../run/types.ts";
import type { FlagSpec } from "./flag-spec.ts";
import type { Requirement } from "./requirement-spec.ts";
import type { Step } from "./step-spec.ts";
import type { Place } from "./yaml-tree.ts";

export interface Operation {
  name: string;
  /** Null in the unnamed model. */
  model: string | null;
  description: string | null;
  /** What `guild run` starts without a name. */
  isDefault: boolean;
  /** A Python module or a script, with fixed arguments. Null when `exec` is set, or when it has only `steps`. */
  main: string | null;
  /** A command line with `${flag}` and `${flag_args}`. */
  exec: string | null;
  /** Other operations, one after the other; null where it has none. */
  steps: Step[] | null;
  /** In which directory it starts; null: in the project's, unless files are rewritten or put in place for the run. */
  cwd: "project" | "run" | null;
  /** Further folders for the program's modules, relative to the project: `PYTHONPATH`. */
  pythonPath: string[];
  /** In the order of the file. */
  flags: Record<string, FlagSpec>;
  profiles: Record<string, Flags>;
  /** How flags reach the program, as written: `args`, `args:click`, `globals`, `global:NAME`, `namespace:NAME`, `config:FILE`, `none`. Null: guessed from the script. */
  flagsDest: string | null;
  /** Which of the script's own flags become the operation's: those that the file names, all, none, or these. */
  flagsImport: "named" | "all" | "none" | string[];
  flagsImportSkip: string[];
  /** Flags that neither the file nor the script names are passed on (`flags-import: all`). */
  allowsOtherFlags: boolean;
  env: Record<string, string>;
  /** Names or patterns of variables whose values never leave the machine. */
  envSecrets: string[];
  requires: Requirement[];
  label: string | null;
  tags: string[];
  /** Attributes that each run keeps, with `${flag}` in texts. */
  runAttrs: Record<string, unknown>;
  /** Columns of `guild compare`, as written; null where the file says nothing. */
  compare: string[] | null;
  maxTrials: number | null;
  objective: Objective | null;
  /** In the order of the file; one from `optimizer` alone is the default. */
  optimizers: Optimizer[];
  /** Which printed numbers are scalars. */
  outputScalars: OutputRules;
  /** Which printed words are attributes of the run. */
  outputAttrs: OutputRules;
  /** Globs of files that its runs keep, beside those of the whole project. */
  outputs: string[];
  /** Which files are its source; null is what git tracks, or a walk finds. */
  sourcecode: SourceRules | null;
  /** Goes away by itself once it has completed. */
  deleteOnSuccess: boolean;
  /** `>=3.9`, as written. */
  pythonRequires: string | null;
  place: Place;
}

export interface Objective {
  tag: string;
  goal: "min" | "max";
}

export interface Optimizer {
  /** The name under which `--optimizer` finds it. */
  name: string;
  /** `random`, `grid`, `optuna`, … */
  algorithm: string;
  flags: Record<string, FlagValue>;
  isDefault: boolean;
}

/** An operation of which only the name and the place are known; it starts nothing. */
export function plainOperation(name: string, place: Place): Operation {
  return {
    name,
    model: null,
    description: null,
    isDefault: false,
    main: null,
    exec: null,
    steps: null,
    cwd: null,
    pythonPath: [],
    flags: {},
    profiles: {},
    flagsDest: null,
    flagsImport: "named",
    flagsImportSkip: [],
    allowsOtherFlags: false,
    env: {},
    envSecrets: [],
    requires: [],
    label: null,
    tags: [],
    runAttrs: {},
    compare: null,
    maxTrials: null,
    objective: null,
    optimizers: [],
    outputScalars: NO_RULES,
    outputAttrs: NO_RULES,
    outputs: [],
    sourcecode: null,
    deleteOnSuccess: false,
    pythonRequires: null,
    place,
  };
}
