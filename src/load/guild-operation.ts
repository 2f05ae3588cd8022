/** One operation of `guild.yml`: what it starts, with which flags, and what must be there first. */
import { NO_RULES, type OutputRules } from "../run/output-rules.ts";
import { isNoSource, type SourceRules } from "../run/source-rules.ts";
import type { FlagSpec } from "./flag-spec.ts";
import { parseOutputs } from "./guild-block.ts";
import { parseFlagSpecs, parseProfiles } from "./guild-flag.ts";
import { parseObjective, parseOptimizers } from "./guild-optimizer.ts";
import { parseOutputScalars } from "./guild-output-scalars.ts";
import { parseRequires, type Resources } from "./guild-requires.ts";
import { parseSourcecode } from "./guild-sourcecode.ts";
import { parseSteps } from "./guild-steps.ts";
import { operationBlockKeys, operationKeys } from "./keys/operation.ts";
import { type Operation, plainOperation } from "./operation-spec.ts";
import { asBoolean, asData, asList, asMap, asNumber, asOneOf, asText, checkKeys, field, isNull, type Say } from "./yaml-read.ts";
import { describe, failure, type Place, type YamlMap, type YamlTree } from "./yaml-tree.ts";

export type { Operation } from "./operation-spec.ts";

interface Surroundings {
  model: string | null;
  /** The model's `operation-defaults`, laid below the operation. */
  defaults: YamlMap | null;
  /** The model's `resources`, by name. */
  resources: Resources;
  /** The model's own, below the operation's. */
  sourcecode: SourceRules | null;
  say: Say;
}

/** Reads one operation. A string is its `main`; nothing at all means that `main` is the operation's name. */
export function parseOperation(
  name: string,
  place: Place,
  tree: YamlTree,
  { model, defaults, resources, sourcecode, say }: Surroundings,
): Operation {
  if (!/^[\w][\w.-]*$/.test(name))
    throw failure(place, `expected an operation's name of letters, digits, "-", "_" and ".", found ${JSON.stringify(name)}`);
  const own = operationMap(tree, name);
  const map = defaults === null ? own : withDefaults(own, defaults);
  checkKeys(map, { what: `operation ${name}`, keys: operationKeys, say });
  const flags = parseFlags(map, say);
  const profiles = field(map, "profiles");
  const exec = text(map, "exec", name);
  const main = text(map, "main", name);
  if (exec !== null && main !== null) {
    throw failure(field(map, "exec")?.place ?? place, `expected either "main" or "exec" in operation ${name}, found both`);
  }
  const steps = parseSteps(field(map, "steps"), say);
  const starts =
    exec !== null ? { exec, main: null } : { exec: null, main: steps !== null && main === null ? null : (main ?? name) };
  return {
    ...plainOperation(name, place),
    ...starts,
    ...parseImports(map, name),
    model,
    description: text(map, "description", name),
    isDefault: switchOf(map, "default", name),
    steps,
    cwd: parseCwd(map, name),
    pythonPath: texts(map, "python-path", "a folder for python-path"),
    pythonRequires: text(map, "python-requires", name),
    flags,
    profiles:
      profiles === null
        ? {}
        : parseProfiles(profiles, parseImports(map, name).flagsImport === "named" ? Object.keys(flags) : null),
    flagsDest: text(map, "flags-dest", name),
    env: parseEnv(map, name),
    envSecrets: texts(map, "env-secrets", "the name of a variable"),
    requires: parseRequires(field(map, "requires"), resources, say),
    label: text(map, "label", name),
    tags: texts(map, "tags", "a tag"),
    runAttrs: parseRunAttrs(field(map, "run-attrs")),
    compare: field(map, "compare") === null ? null : texts(map, "compare", "a column such as =lr or max val/acc"),
    maxTrials: parseMaxTrials(field(map, "default-max-trials")),
    objective: parseObjective(field(map, "objective")),
    optimizers: parseOptimizers(map),
    outputScalars: rules(map, "output-scalars"),
    outputAttrs: rules(map, "output-attrs"),
    outputs: operationOutputs(map, name, say),
    sourcecode: sourceBelow(parseSourcecode(field(map, "sourcecode"), say), sourcecode),
    deleteOnSuccess: switchOf(map, "delete-on-success", name),
  };
}

function parseImports(map: YamlMap, name: string): Pick<Operation, "flagsImport" | "flagsImportSkip" | "allowsOtherFlags"> {
  const flagsImport = importsOf(field(map, "flags-import"), name);
  return {
    flagsImport,
    flagsImportSkip: texts(map, "flags-import-skip", "the name of a flag"),
    allowsOtherFlags: flagsImport === "all",
  };
}

/** `all` and `yes` are all; `no` and an empty list are none; nothing is those that the file names. */
function importsOf(tree: YamlTree | null, name: string): Operation["flagsImport"] {
  if (tree === null || isNull(tree)) return "named";
  if (tree.kind === "list") {
    const names = tree.items.map((item) => asText(item, "the name of a flag to import"));
    return names.length === 0 ? "none" : names;
  }
  const word = asText(tree, `all, no or a list of flags for "flags-import" of operation ${name}`).toLowerCase();
  if (/^(?:all|yes|true|on)$/.test(word)) return "all";
  if (/^(?:no|false|off|none)$/.test(word)) return "none";
  throw failure(
    tree.place,
    `expected all, no or a list of flags for "flags-import" of operation ${name}, found ${describe(tree)}`,
  );
}

function parseCwd(map: YamlMap, name: string): Operation["cwd"] {
  const tree = field(map, "cwd");
  return tree === null || isNull(tree) ? null : asOneOf(tree, ["project", "run"] as const, `"cwd" of operation ${name}`);
}

function parseRunAttrs(tree: YamlTree | null): Record<string, unknown> {
  if (tree === null || isNull(tree)) return {};
  const { entries } = asMap(tree, "a map of attributes for run-attrs");
  return Object.fromEntries(entries.map(({ key, value }) => [key, asData(value)]));
}

function parseMaxTrials(tree: YamlTree | null): number | null {
  if (tree === null || isNull(tree)) return null;
  const count = asNumber(tree, '"default-max-trials"');
  if (Number.isInteger(count) && count > 0) return count;
  throw failure(tree.place, `expected a whole number above 0 for "default-max-trials", found ${describe(tree)}`);
}

function rules(map: YamlMap, key: string): OutputRules {
  const tree = field(map, key);
  return tree === null ? NO_RULES : parseOutputScalars(tree);
}

/** What Guildhall alone knows of an operation: `guildhall: {outputs: [checkpoints/**]}`. */
function operationOutputs(map: YamlMap, name: string, say: Say): string[] {
  const tree = field(map, "guildhall");
  if (tree === null || isNull(tree)) return [];
  const block = asMap(tree, `a map under "guildhall" of operation ${name}`);
  checkKeys(block, { what: `"guildhall" of operation ${name}`, keys: operationBlockKeys, say });
  return parseOutputs(field(block, "outputs"));
}

/** Rules of the operation come after the model's, so that they win; patterns alone, and `no`, stand for themselves. */
function sourceBelow(own: SourceRules | null, model: SourceRules | null): SourceRules | null {
  if (own === null || model === null) return own ?? model;
  if (own.onlyRules || isNoSource(model)) return own;
  return { root: own.root ?? model.root, onlyRules: model.onlyRules, rules: [...model.rules, ...own.rules] };
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

function parseFlags(map: YamlMap, say: Say): Record<string, FlagSpec> {
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
  return asText(tree, `text for "${key}" of operation ${operation}`);
}

function texts(map: YamlMap, key: string, what: string): string[] {
  const tree = field(map, key);
  return tree === null ? [] : asList(tree).map((item) => asText(item, what));
}

function switchOf(map: YamlMap, key: string, operation: string): boolean {
  const tree = field(map, key);
  return tree !== null && !isNull(tree) && asBoolean(tree, `"${key}" of operation ${operation}`);
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
