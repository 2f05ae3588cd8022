/** One operation of `guild.yml`: what it starts, with which flags, and what must be there first. */
import { NO_RULES, type OutputRules } from "../run/output-rules.ts";
import type { SourceRules } from "../run/source-rules.ts";
import type { Flags } from "../run/types.ts";
import type { FlagSpec } from "./flag-spec.ts";
import { parseOutputs } from "./guild-block.ts";
import { parseFlagSpecs, parseProfiles } from "./guild-flag.ts";
import { parseOutputScalars } from "./guild-output-scalars.ts";
import { parseSourcecode } from "./guild-sourcecode.ts";
import { asList, asMap, asText, checkKeys, field, isNull, type Later } from "./yaml-read.ts";
import { describe, failure, type Place, type YamlMap, type YamlTree } from "./yaml-tree.ts";

export interface Requirement {
  /** A file or folder, relative to the project, as written. */
  file: string;
  place: Place;
}

export interface Operation {
  name: string;
  /** Null in the unnamed model. */
  model: string | null;
  description: string | null;
  /** A Python module or a script, with fixed arguments. Null when `exec` is set, or when it has only `steps`. */
  main: string | null;
  /** A command line with `${flag}` and `${flag_args}`. */
  exec: string | null;
  flags: Record<string, FlagSpec>;
  profiles: Record<string, Flags>;
  /** How flags reach the program: `args` (the default), `none`, or one that is not supported yet, kept for the error. */
  flagsDest: string;
  /** Flags that the file does not name are passed on (`flags-import: all`). */
  allowsOtherFlags: boolean;
  env: Record<string, string>;
  requires: Requirement[];
  label: string | null;
  tags: string[];
  /** Which printed numbers are scalars. */
  outputScalars: OutputRules;
  /** Globs of files that its runs keep, beside those of the whole project. */
  outputs: string[];
  /** Which files are its source; null is what git tracks, or a walk finds. */
  sourcecode: SourceRules | null;
  place: Place;
}

const KEYS = [
  "main",
  "exec",
  "description",
  "flags",
  "flags-dest",
  "flags-import",
  "profiles",
  "env",
  "requires",
  "label",
  "tags",
  "output-scalars",
  "default-flag-arg-skip",
  "sourcecode",
  "guildhall",
];
const LATER_KEYS = [
  "compare",
  "default",
  "default-max-trials",
  "delete-on-success",
  "env-secrets",
  "flags-import-skip",
  "handle-keyboard-interrupt",
  "objective",
  "optimizer",
  "optimizers",
  "output-attrs",
  "pip-freeze",
  "plugins",
  "publish",
  "python-path",
  "python-requires",
  "run-attrs",
  "steps",
  "stoppable",
];

/** Every key that Guild knows of an operation. */
export const operationKeys: readonly string[] = [...KEYS, ...LATER_KEYS];

interface Surroundings {
  model: string | null;
  /** The model's `operation-defaults`, laid below the operation. */
  defaults: YamlMap | null;
  say: Later;
}

/** Reads one operation. A string is its `main`; nothing at all means that `main` is the operation's name. */
export function parseOperation(name: string, place: Place, tree: YamlTree, { model, defaults, say }: Surroundings): Operation {
  if (!/^[\w][\w.-]*$/.test(name))
    throw failure(place, `expected an operation's name of letters, digits, "-", "_" and ".", found ${JSON.stringify(name)}`);
  const own = operationMap(tree, name);
  const map = defaults === null ? own : withDefaults(own, defaults);
  checkKeys(map, { what: `operation ${name}`, known: KEYS, later: LATER_KEYS, say });
  const flags = parseFlags(map, say);
  const profiles = field(map, "profiles");
  const scalars = field(map, "output-scalars");
  const exec = text(map, "exec", name);
  const main = text(map, "main", name);
  if (exec !== null && main !== null) {
    throw failure(field(map, "exec")?.place ?? place, `expected either "main" or "exec" in operation ${name}, found both`);
  }
  const onlySteps = field(map, "steps") !== null && main === null && exec === null;
  return {
    name,
    model,
    description: text(map, "description", name),
    main: exec !== null || onlySteps ? null : (main ?? name),
    exec,
    flags,
    profiles: profiles === null ? {} : parseProfiles(profiles, Object.keys(flags)),
    flagsDest: text(map, "flags-dest", name) ?? "args",
    allowsOtherFlags: ["all", "yes", "true"].includes((text(map, "flags-import", name) ?? "").toLowerCase()),
    env: parseEnv(map, name),
    requires: parseRequires(map, say),
    label: text(map, "label", name),
    tags: asList(field(map, "tags") ?? { kind: "list", place, items: [] }).map((tag) => asText(tag, "a tag")),
    outputs: operationOutputs(map, name, say),
    sourcecode: parseSourcecode(field(map, "sourcecode"), say),
    outputScalars: scalars === null ? NO_RULES : parseOutputScalars(scalars),
    place,
  };
}

/** What Guildhall alone knows of an operation: `guildhall: {outputs: [checkpoints/**]}`. */
function operationOutputs(map: YamlMap, name: string, say: Later): string[] {
  const tree = field(map, "guildhall");
  if (tree === null || isNull(tree)) return [];
  const block = asMap(tree, `a map under "guildhall" of operation ${name}`);
  checkKeys(block, { what: `"guildhall" of operation ${name}`, known: ["outputs"], later: [], say });
  return parseOutputs(field(block, "outputs"));
}

function operationMap(tree: YamlTree, name: string): YamlMap {
  if (tree.kind === "map") return tree;
  if (isNull(tree)) return { kind: "map", place: tree.place, entries: [] };
  if (tree.kind === "scalar" && typeof tree.value === "string") {
    return { kind: "map", place: tree.place, entries: [{ key: "main", keyPlace: tree.place, value: tree }] };
  }
  throw failure(tree.place, `expected a map or the name of a script for operation ${name}, found ${describe(tree)}`);
}

/** Keys of the operation win; of `flags` and `env` the single names do. */
function withDefaults(own: YamlMap, defaults: YamlMap): YamlMap {
  const entries = [...own.entries];
  for (const entry of defaults.entries) {
    const at = entries.findIndex(({ key }) => key === entry.key);
    const before = entries[at];
    if (before === undefined) {
      // `main` of the defaults must not stand beside the operation's own `exec`.
      const rival = entry.key === "main" ? "exec" : entry.key === "exec" ? "main" : null;
      if (rival === null || !entries.some(({ key }) => key === rival)) entries.push(entry);
    } else if ((entry.key === "flags" || entry.key === "env") && before.value.kind === "map" && entry.value.kind === "map") {
      const names = new Set(before.value.entries.map(({ key }) => key));
      const added = entry.value.entries.filter(({ key }) => !names.has(key));
      entries[at] = { ...before, value: { ...before.value, entries: [...before.value.entries, ...added] } };
    }
  }
  return { ...own, entries };
}

function parseFlags(map: YamlMap, say: Later): Record<string, FlagSpec> {
  const tree = field(map, "flags");
  const specs = tree === null ? {} : parseFlagSpecs(tree, say);
  const skip = field(map, "default-flag-arg-skip");
  if (skip?.kind !== "scalar" || skip.value !== true) return specs;
  return Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, { ...spec, argSkip: true }]));
}

/** Lists and maps under a key that takes text are an error; nothing is null. */
function text(map: YamlMap, key: string, operation: string): string | null {
  const tree = field(map, key);
  if (tree === null || isNull(tree)) return null;
  // A list of flags to import is Guild's too; it imports nothing that we do not know already.
  if (key === "flags-import" && tree.kind === "list") return null;
  return asText(tree, `text for "${key}" of operation ${operation}`);
}

function parseEnv(map: YamlMap, operation: string): Record<string, string> {
  const tree = field(map, "env");
  if (tree === null || isNull(tree)) return {};
  const env: Record<string, string> = {};
  for (const { key, keyPlace, value } of asMap(tree, `a map of environment variables of operation ${operation}`).entries) {
    if (key === "" || /[=\0]/.test(key)) throw failure(keyPlace, "expected a variable's name without =");
    env[key] = isNull(value) ? "" : asText(value, `text for variable ${key}`);
  }
  return env;
}

const LATER_REQUIREMENTS = ["url", "config", "module", "operation", "resource"];
const LATER_REQUIREMENT_KEYS =
  "select rename sha256 unpack target-path target-type path name flag-name optional multi-run warn-if-empty fail-if-empty preserve-path".split(
    " ",
  );

/** `file: data`, a list of such, or the text `file:data`. Other kinds are said and passed over. */
function parseRequires(map: YamlMap, say: Later): Requirement[] {
  const tree = field(map, "requires");
  if (tree === null) return [];
  return asList(tree).flatMap((item): Requirement[] => {
    if (item.kind === "map") {
      const file = field(item, "file");
      checkKeys(item, { what: "a requirement", known: ["file"], later: [...LATER_REQUIREMENTS, ...LATER_REQUIREMENT_KEYS], say });
      return file === null ? [] : [{ file: asText(file, "a path for a required file"), place: file.place }];
    }
    const written = asText(item, "a requirement such as {file: data}");
    if (written.startsWith("file:")) return [{ file: written.slice("file:".length), place: item.place }];
    say(item.place, `requirement ${JSON.stringify(written)} is not checked yet: only files are`);
    return [];
  });
}
