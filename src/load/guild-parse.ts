/** The text of `guild.yml` → models, their operations with flags and profiles, and the `guildhall:` block. */
import type { Warning } from "../run/types.ts";
import { parseGuildhallBlock } from "./guild-block.ts";
import { emptyBlock, type GuildFile, type Model } from "./guild-file.ts";
import { parseFlagSpecs, parseProfiles } from "./guild-flag.ts";
import type { Operation } from "./guild-operation.ts";
import { operationKeys, parseOperation } from "./guild-operation.ts";
import type { Resources } from "./guild-requires.ts";
import { asBoolean, asMap, asText, checkKeys, field, isNull, type Later } from "./yaml-read.ts";
import { describe, failure, parseYamlTree, type YamlMap, type YamlTree } from "./yaml-tree.ts";

const LATER_ITEMS = ["config", "include", "package"];
const MODEL_KEYS = [
  "model",
  "description",
  "operations",
  "operation-defaults",
  "output-scalars",
  "sourcecode",
  "flags",
  "profiles",
  "default",
  "resources",
  "guildhall",
];
const LATER_MODEL_KEYS = ["extends", "params", "plugins", "python-requires", "references"];

/**
 * Parses the text of a `guild.yml`.
 *
 * Three shapes: a map of operations; a list of items with `model:` or only `operations:`; one such item as a map. Keys of
 * Guild that are not used yet become warnings. Throws ToolError `invalid-guild-file` (exit code 2) naming file, line,
 * column and what was expected. An empty file is a project without operations.
 */
export function parseGuildFile(text: string, path: string): GuildFile {
  const warnings: Warning[] = [];
  const say: Later = (place, message) => warnings.push({ file: place.file, line: place.line, message });
  const tree = parseYamlTree(text, path);
  const file: GuildFile = { path, models: [], guildhall: emptyBlock(), warnings };
  if (isNull(tree)) return file;
  if (tree.kind === "scalar") throw failure(tree.place, `expected a map of operations, found ${describe(tree)}`);
  if (tree.kind === "map") {
    const block = field(tree, "guildhall");
    if (block !== null) file.guildhall = parseGuildhallBlock(block, say);
    file.models.push(isModelItem(tree) ? parseModel(tree, say) : parseAnonymous(tree, say));
    return file;
  }
  for (const item of tree.items) {
    const map = asMap(item, "a map with model, operations or guildhall");
    const block = field(map, "guildhall");
    if (block !== null) file.guildhall = parseGuildhallBlock(block, say);
    const later = map.entries.find(({ key }) => LATER_ITEMS.includes(key));
    if (later !== undefined) say(later.keyPlace, `"${later.key}" items are not used yet and were passed over`);
    else if (field(map, "model") !== null || field(map, "operations") !== null) file.models.push(parseModel(map, say));
    else if (block === null) {
      throw failure(
        map.place,
        `expected an item with "model" or "operations", found ${map.entries.map(({ key }) => key).join(", ")}`,
      );
    }
  }
  refuseTwins(file.models, tree);
  return file;
}

/** `{operations: {…}}` at the top is a model; an operation called `operations` would be a string or have operation keys. */
function isModelItem(map: YamlMap): boolean {
  const operations = field(map, "operations");
  return operations?.kind === "map" && !operations.entries.some(({ key }) => operationKeys.includes(key));
}

function parseAnonymous(map: YamlMap, say: Later): Model {
  const operations: Record<string, Operation> = {};
  for (const { key, keyPlace, value } of map.entries) {
    if (key !== "guildhall")
      operations[key] = parseOperation(key, keyPlace, value, { model: null, defaults: null, resources: {}, say });
  }
  return { name: null, description: null, isDefault: false, operations, flags: {}, profiles: {} };
}

function parseModel(map: YamlMap, say: Later): Model {
  checkKeys(map, { what: "a model", known: MODEL_KEYS, later: LATER_MODEL_KEYS, say });
  const nameTree = field(map, "model");
  const name = nameTree === null || isNull(nameTree) ? null : asText(nameTree, "a model's name");
  const defaultsTree = field(map, "operation-defaults");
  const defaults = withModelKeys(defaultsTree === null ? null : asMap(defaultsTree, "a map of operation keys"), map);
  const operations: Record<string, Operation> = {};
  const operationsTree = field(map, "operations");
  if (operationsTree !== null && !isNull(operationsTree)) {
    for (const { key, keyPlace, value } of asMap(operationsTree, "a map of operations").entries) {
      operations[key] = parseOperation(key, keyPlace, value, { model: name, defaults, resources: resourcesOf(map), say });
    }
  }
  const isDefault = field(map, "default");
  return {
    name,
    description: textOf(map, "description"),
    isDefault: isDefault !== null && asBoolean(isDefault, `"default" of a model`),
    operations,
    ...flagsAndProfiles(map, say),
  };
}

/** `output-scalars` and `sourcecode` of a model stand for all its operations that have none. */
function withModelKeys(defaults: YamlMap | null, model: YamlMap): YamlMap | null {
  const own = model.entries.filter(({ key }) => key === "output-scalars" || key === "sourcecode");
  const [first] = own;
  if (first === undefined) return defaults;
  return { kind: "map", place: first.keyPlace, entries: [...(defaults?.entries ?? []), ...own] };
}

function resourcesOf(map: YamlMap): Resources {
  const tree = field(map, "resources");
  if (tree === null || isNull(tree)) return {};
  const { entries } = asMap(tree, "a map of resources");
  return Object.fromEntries(entries.map(({ key, value }) => [key, value]));
}

function flagsAndProfiles(map: YamlMap, say: Later): Pick<Model, "flags" | "profiles"> {
  const flags = field(map, "flags");
  const profiles = field(map, "profiles");
  return {
    flags: flags === null ? {} : parseFlagSpecs(flags, say),
    profiles: profiles === null ? {} : parseProfiles(profiles, null),
  };
}

function textOf(map: YamlMap, key: string): string | null {
  const tree = field(map, key);
  return tree === null || isNull(tree) ? null : asText(tree, `text for "${key}"`);
}

function refuseTwins(models: readonly Model[], tree: YamlTree): void {
  const names = models.map((model) => model.name);
  const twin = names.find((name, index) => names.indexOf(name) !== index);
  if (twin !== undefined)
    throw failure(tree.place, `expected each model once, found ${twin === null ? "two without a name" : `"${twin}" twice`}`);
}
