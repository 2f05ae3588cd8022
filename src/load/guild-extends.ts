/** `extends`: a model that takes over parts of other models and configs. */
import type { Item } from "./guild-items.ts";
import { type Merge, mergeDeep, mergeFlag, mergeMaps, mergeOperation } from "./guild-merge.ts";
import { asList, asText, didYouMean, field, isNull } from "./yaml-read.ts";
import { describe, failure, type YamlMap, type YamlTree } from "./yaml-tree.ts";

/** What is taken over, and how it lies below what the model has of its own. */
const INHERITED: Record<string, Merge> = {
  description: (own) => own,
  flags: (own, below) => mergeMaps(own, below, mergeFlag),
  operations: (own, below) => mergeMaps(own, below, mergeOperation),
  "operation-defaults": mergeOperation,
  "output-attrs": (own) => own,
  "output-scalars": (own) => own,
  params: mergeDeep,
  profiles: mergeDeep,
  "python-requires": (own) => own,
  resources: mergeDeep,
  sourcecode: mergeDeep,
};

/**
 * The item with all that its parents have and it has not; of several parents the first wins. Parents extend others likewise.
 * Throws ToolError `invalid-guild-file` for a name that is none, and for items that extend each other.
 */
export function extendItem(item: Item, items: readonly Item[], path: readonly Item[] = []): YamlMap {
  let map = item.map;
  for (const { parent, tree } of parentsOf(item, items)) {
    if (parent === item || path.includes(parent)) throw circle(tree, [...path, item, parent]);
    const below = extendItem(parent, items, [...path, item]);
    map = inherit(map, below);
  }
  return map;
}

function parentsOf(item: Item, items: readonly Item[]): { parent: Item; tree: YamlTree }[] {
  const tree = field(item.map, "extends");
  if (tree === null || isNull(tree)) return [];
  return asList(tree).map((one) => {
    const name = asText(one, "the name of a model or a config to extend");
    const parent = items.find((other) => other.name === name && other.kind !== "block");
    if (parent !== undefined) return { parent, tree: one };
    const known = items.flatMap((other) => other.name ?? []);
    const packaged = name.includes("/") ? "Guild's packages are not looked into: copy the config into this project." : null;
    const hint = packaged ?? didYouMean(name, known) ?? `There are: ${known.join(", ")}.`;
    throw failure(one.place, `expected the name of a model or a config to extend, found ${describe(one)}`, hint);
  });
}

function circle(tree: YamlTree, path: readonly Item[]) {
  const names = path.slice(path.indexOf(path.at(-1)!)).map(({ name }) => name ?? "the unnamed model");
  return failure(tree.place, `expected models that do not extend each other, found the circle ${names.join(" → ")}`);
}

function inherit(own: YamlMap, below: YamlMap): YamlMap {
  const entries = [...own.entries];
  for (const entry of below.entries) {
    const merge = Object.hasOwn(INHERITED, entry.key) ? INHERITED[entry.key] : undefined;
    if (merge === undefined) continue;
    const at = entries.findIndex(({ key }) => key === entry.key);
    const mine = entries[at];
    if (mine === undefined) entries.push(entry);
    else entries[at] = { ...mine, value: merge(mine.value, entry.value) };
  }
  return { ...own, entries };
}
