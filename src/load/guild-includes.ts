/** `$include`: flags, operations or resources that a config or another operation has. */
import type { Item } from "./guild-items.ts";
import { type Merge, mergeFlag, mergeMaps, operationMap, withValue } from "./guild-merge.ts";
import { asList, asMap, asText, didYouMean, field, isNull } from "./yaml-read.ts";
import { describe, failure, type YamlMap, type YamlTree } from "./yaml-tree.ts";

const KEY = "$include";
type Section = "flags" | "operations" | "resources";

/** Own values lie over included ones: a flag's keys over the flag's, an operation's keys over the operation's. */
const MERGES: Record<Section, Merge> = {
  flags: mergeFlag,
  operations: (own, below) => mergeMaps(operationMap(own), operationMap(below), (mine) => mine),
  resources: (own) => own,
};

/**
 * Replaces every `$include` in the operations, flags, steps and resources of a model. A reference is `CONFIG`, `CONFIG#a,b` for
 * these names only, or `MODEL:OPERATION`; of several the later wins. `maps` are the items as `extends` left them.
 *
 * Throws ToolError `invalid-guild-file` for a reference to nothing, and for parts that include each other.
 */
export function includeParts(map: YamlMap, items: readonly Item[]): YamlMap {
  const expand = (section: Section) => (tree: YamlTree) => expanded(tree, section, items, []);
  const steps = (tree: YamlTree): YamlTree =>
    tree.kind !== "list"
      ? tree
      : { ...tree, items: tree.items.map((step) => (step.kind === "map" ? withValue(step, "flags", expand("flags")) : step)) };
  const operation = (tree: YamlTree): YamlTree =>
    tree.kind === "map" ? withValue(withValue(tree, "flags", expand("flags")), "steps", steps) : tree;
  const operations = (tree: YamlTree): YamlTree => {
    const all = expand("operations")(tree);
    if (all.kind !== "map") return all;
    return { ...all, entries: all.entries.map((entry) => ({ ...entry, value: operation(entry.value) })) };
  };
  const withOperations = withValue(withValue(map, "operations", operations), "operation-defaults", operation);
  return withValue(withValue(withOperations, "flags", expand("flags")), "resources", expand("resources"));
}

function expanded(tree: YamlTree, section: Section, items: readonly Item[], path: readonly string[]): YamlTree {
  if (tree.kind !== "map") return tree;
  const include = field(tree, KEY);
  if (include === null) return tree;
  const own: YamlTree = { ...tree, entries: tree.entries.filter(({ key }) => key !== KEY) };
  let below: YamlTree = { kind: "map", place: include.place, entries: [] };
  for (const one of referencesOf(include)) {
    const written = one.text;
    if (path.includes(written)) {
      const names = [...path.slice(path.indexOf(written)), written].join(" → ");
      throw failure(one.place, `expected parts that do not include each other, found the circle ${names}`);
    }
    const { found, names } = target(one, section, items);
    const whole = expanded(found, section, items, [...path, written]);
    below = mergeMaps(only(whole, names), below, MERGES[section]);
  }
  return mergeMaps(own, below, MERGES[section]);
}

function referencesOf(include: YamlTree) {
  return asList(include).map((one) => ({ place: one.place, text: asText(one, "a config to include"), tree: one }));
}

/** What a reference points to; a config without such a section has an empty one. */
function target(
  { text, tree }: { text: string; tree: YamlTree },
  section: Section,
  items: readonly Item[],
): { found: YamlTree; names: string[] | null } {
  const [, model = "", operation, names] = /^([^:#]*)(?::([^#]+))?(?:#(.*))?$/.exec(text) ?? [];
  const empty: YamlTree = { kind: "map", place: tree.place, entries: [] };
  const wanted = items.filter((item) => item.kind !== "block" && (item.name ?? "") === model);
  for (const { map } of wanted) {
    const part = operation === undefined ? map : operationIn(map, operation);
    if (part === null) continue;
    const found = field(part, section);
    return {
      found: found === null || isNull(found) ? empty : found,
      names: names?.split(",").map((name) => name.trim()) ?? null,
    };
  }
  const known = items.flatMap(({ name }) => name ?? []);
  throw failure(
    tree.place,
    `expected a config, or a model:operation, to include, found ${describe(tree)}`,
    didYouMean(model, known) ?? (known.length === 0 ? "The file has no configs." : `There are: ${known.join(", ")}.`),
  );
}

function operationIn(map: YamlMap, name: string): YamlMap | null {
  const operations = field(map, "operations");
  const found = operations?.kind === "map" ? field(operations, name) : null;
  return found === null ? null : asMap(operationMap(found), `a map for operation ${name}`);
}

function only(tree: YamlTree, names: readonly string[] | null): YamlTree {
  if (names === null || tree.kind !== "map") return tree;
  return { ...tree, entries: tree.entries.filter(({ key }) => names.includes(key)) };
}
