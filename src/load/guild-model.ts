/** One model of `guild.yml` with its operations. */
import type { SourceRules } from "../run/source-rules.ts";
import type { Model } from "./guild-file.ts";
import { parseFlagSpecs, parseProfiles } from "./guild-flag.ts";
import { parseOperation } from "./guild-operation.ts";
import { parseResource, type Resources } from "./guild-requires.ts";
import { parseSourcecode } from "./guild-sourcecode.ts";
import { modelKeys } from "./keys/model.ts";
import type { Operation } from "./operation-spec.ts";
import { asBoolean, asMap, asText, checkKeys, field, isNull, type Say } from "./yaml-read.ts";
import type { YamlMap, YamlTree } from "./yaml-tree.ts";

/** Keys of a model that stand for all its operations that have none. */
const FOR_ALL = ["output-scalars", "output-attrs", "python-requires"];

/**
 * Reads a model whose `extends`, `$include` and `params` are settled. `others` are resources of other models, as `model:name`.
 * Throws ToolError `invalid-guild-file`.
 */
export function parseModel(map: YamlMap, { others, say }: { others: Resources; say: Say }): Model {
  checkKeys(map, { what: "a model", keys: modelKeys, say });
  const name = textOf(map, "model");
  const part = (key: string): YamlTree | null => {
    const tree = field(map, key);
    return tree === null || isNull(tree) ? null : tree;
  };
  const defaultsTree = part("operation-defaults");
  const defaults = withModelKeys(defaultsTree === null ? null : asMap(defaultsTree, "a map of operation keys"), map);
  const own = resourcesOf(map);
  for (const [key, tree] of Object.entries(own)) parseResource(key, tree, say);
  const sourcecode: SourceRules | null = parseSourcecode(part("sourcecode"), say);
  const surroundings = { model: name, defaults, resources: { ...others, ...own }, sourcecode, say };
  const operations: Record<string, Operation> = {};
  const operationsTree = part("operations");
  if (operationsTree !== null) {
    for (const { key, keyPlace, value } of asMap(operationsTree, "a map of operations").entries) {
      operations[key] = parseOperation(key, keyPlace, value, surroundings);
    }
  }
  const isDefault = part("default");
  const flags = part("flags");
  const profiles = part("profiles");
  return {
    name,
    description: textOf(map, "description"),
    isDefault: isDefault !== null && asBoolean(isDefault, '"default" of a model'),
    operations,
    flags: flags === null ? {} : parseFlagSpecs(flags, say),
    profiles: profiles === null ? {} : parseProfiles(profiles, null),
  };
}

/** Name → tree of a model's `resources`. */
export function resourcesOf(map: YamlMap): Resources {
  const tree = field(map, "resources");
  if (tree === null || isNull(tree)) return {};
  const { entries } = asMap(tree, "a map of resources");
  return Object.fromEntries(entries.map(({ key, value }) => [key, value]));
}

function withModelKeys(defaults: YamlMap | null, model: YamlMap): YamlMap | null {
  const own = model.entries.filter(({ key }) => FOR_ALL.includes(key));
  const [first] = own;
  if (first === undefined) return defaults;
  const known = defaults?.entries ?? [];
  const added = own.filter(({ key }) => !known.some((entry) => entry.key === key));
  return { kind: "map", place: first.keyPlace, entries: [...known, ...added] };
}

function textOf(map: YamlMap, key: string): string | null {
  const tree = field(map, key);
  return tree === null || isNull(tree) ? null : asText(tree, `text for "${key}"`);
}
