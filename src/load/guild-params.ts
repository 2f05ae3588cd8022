/** `params` of a model: values that stand for `{{name}}` in its texts. */
import { asMap, didYouMean, field, isNull, type Say } from "./yaml-read.ts";
import { failure, type YamlMap, type YamlTree } from "./yaml-tree.ts";

const REFERENCE = /\{\{\s*([^{}]*?)\s*\}\}/g;
const MOST_ROUNDS = 100;

/**
 * Puts values for `{{name}}` in every text of the map but not in its keys. A text that is nothing but one reference becomes the
 * value itself, be it a number or a list; what is no param stays as it is, and what is nearly one is said.
 *
 * Throws ToolError `invalid-guild-file` for params that stand for each other without end.
 */
export function fillParams(map: YamlMap, say: Say): YamlMap {
  const tree = field(map, "params");
  if (tree === null || isNull(tree)) return map;
  const params = new Map(asMap(tree, "a map of params").entries.map(({ key, value }) => [key, value]));
  const settled = new Map([...params].map(([name, value]) => [name, settle(name, value, params)]));
  const near = (name: string, at: YamlTree) => {
    const hint = didYouMean(name, params.keys());
    if (hint !== undefined) say(at.place, `there is no param "${name}" for {{${name}}}. ${hint}`);
  };
  const entries = map.entries.map((entry) =>
    entry.key === "params" ? entry : { ...entry, value: fill(entry.value, settled, near) },
  );
  return { ...map, entries };
}

type Missing = (name: string, at: YamlTree) => void;

function settle(name: string, value: YamlTree, params: Map<string, YamlTree>): YamlTree {
  let settled = value;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    // Only texts refer to others, as in Guild: a list is taken as it is.
    if (settled.kind !== "scalar") return settled;
    const next = fill(settled, params, () => undefined);
    if (next.kind === "scalar" && next.text === settled.text) return next;
    settled = next;
  }
  throw failure(value.place, `expected a value for param ${name}, found params that stand for each other without end`);
}

function fill(tree: YamlTree, params: Map<string, YamlTree>, missing: Missing): YamlTree {
  if (tree.kind === "list") return { ...tree, items: tree.items.map((item) => fill(item, params, missing)) };
  if (tree.kind === "map") {
    return { ...tree, entries: tree.entries.map((entry) => ({ ...entry, value: fill(entry.value, params, missing) })) };
  }
  if (!tree.text.includes("{{")) return tree;
  const whole = /^\{\{\s*([^{}]*?)\s*\}\}$/.exec(tree.text)?.[1];
  const value = whole === undefined ? undefined : params.get(whole);
  // The place is that of the reference: there the value is wrong, if it is.
  if (value !== undefined) return { ...value, place: tree.place };
  const text = tree.text.replace(REFERENCE, (written, name: string) => {
    const found = params.get(name);
    if (found === undefined) missing(name, tree);
    return found?.kind === "scalar" ? found.text : written;
  });
  return { ...tree, text, value: text };
}
