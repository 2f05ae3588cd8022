/** One part of a project file laid over another, as trees: every value keeps its own place. */
import { isNull } from "./yaml-read.ts";
import type { YamlMap, YamlTree } from "./yaml-tree.ts";

/** How two values of one key become one. */
export type Merge = (own: YamlTree, below: YamlTree) => YamlTree;

/** Keys of `own` win; below them maps are merged, and anything else is taken from `own` whole. */
export const mergeDeep: Merge = (own, below) => mergeMaps(own, below, mergeDeep);

/** All keys of two maps, `own` first; those of both through `merge`. `own` itself where one is no map. */
export function mergeMaps(own: YamlTree, below: YamlTree, merge: Merge): YamlTree {
  if (isNull(own) && below.kind === "map") return below;
  if (own.kind !== "map" || below.kind !== "map") return own;
  const under = new Map(below.entries.map((entry) => [entry.key, entry]));
  const names = new Set(own.entries.map(({ key }) => key));
  const entries = own.entries.map((entry) => {
    const other = under.get(entry.key);
    return other === undefined ? entry : { ...entry, value: merge(entry.value, other.value) };
  });
  return { ...own, entries: [...entries, ...below.entries.filter(({ key }) => !names.has(key))] };
}

/** `lr: 0.1` is `lr: {default: 0.1}`; so a new default keeps what else is known of the flag. */
export const mergeFlag: Merge = (own, below) => mergeMaps(flagMap(own), flagMap(below), (mine) => mine);

function flagMap(tree: YamlTree): YamlTree {
  if (tree.kind === "map") return tree;
  return { kind: "map", place: tree.place, entries: [{ key: "default", keyPlace: tree.place, value: tree }] };
}

/** An operation over one that it was taken over from: deep, flags as flags. Text is its `main`. */
export const mergeOperation: Merge = (own, below) => mergeMaps(operationMap(own), operationMap(below), mergeOperationKey);

const mergeOperationKey: Merge = (own, below) => mergeMaps(own, below, mergeFlag);

/** Text is an operation's `main`, nothing is an operation without keys; what is neither stays and is refused where it is read. */
export function operationMap(tree: YamlTree): YamlTree {
  if (isNull(tree)) return { kind: "map", place: tree.place, entries: [] };
  if (tree.kind !== "scalar" || typeof tree.value !== "string") return tree;
  return { kind: "map", place: tree.place, entries: [{ key: "main", keyPlace: tree.place, value: tree }] };
}

/** The map with another value under a key that it has; without the key the map itself. */
export function withValue(map: YamlMap, key: string, change: (value: YamlTree) => YamlTree): YamlMap {
  if (!map.entries.some((entry) => entry.key === key)) return map;
  return { ...map, entries: map.entries.map((entry) => (entry.key === key ? { ...entry, value: change(entry.value) } : entry)) };
}
