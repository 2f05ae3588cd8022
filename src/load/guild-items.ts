/** A project file as a list of items: its shape made one, and the files that it includes in their place. */
import { dirname, isAbsolute, posix } from "node:path";
import { includeKeys } from "./keys/model.ts";
import { asList, asMap, asText, checkKeys, field, isNull, type Say } from "./yaml-read.ts";
import { describe, failure, parseYamlTree, type YamlMap, type YamlTree } from "./yaml-tree.ts";

/** The text of a file by its path relative to the project; null where it is not there. */
export type ReadText = (path: string) => string | null;

const TYPES = ["model", "config", "include", "package"] as const;

export interface Item {
  kind: "model" | "config" | "block";
  /** Null for the unnamed model, and for what only holds the `guildhall` block. */
  name: string | null;
  map: YamlMap;
}

/**
 * Reads the text of a project file. A map of operations is one model without a name; items of a list are models, configs,
 * `include` of other files, and the `guildhall` block. Each file is included once. An empty file has no items.
 *
 * Throws ToolError `invalid-guild-file` for what is none of these, a file that is not there, and files that include each other.
 */
export function readItems(text: string, path: string, { read, say }: { read: ReadText; say: Say }): Item[] {
  return itemsOf(parseYamlTree(text, path), { read, say, files: [path], done: new Set([path]) });
}

interface Surroundings {
  read: ReadText;
  say: Say;
  /** The file that is read, and those that include it, outermost first. */
  files: readonly string[];
  done: Set<string>;
}

function itemsOf(tree: YamlTree, surroundings: Surroundings): Item[] {
  if (isNull(tree)) return [];
  if (tree.kind === "scalar") throw failure(tree.place, `expected a map of operations, found ${describe(tree)}`);
  if (tree.kind === "list") return tree.items.flatMap((item) => itemOf(item, surroundings));
  return [isModelItem(tree) ? { kind: "model", name: null, map: tree } : withoutName(tree)];
}

/** `{operations: {…}}` at the top is a model; an operation called `operations` would be a string or have keys of one. */
function isModelItem(map: YamlMap): boolean {
  const operations = field(map, "operations");
  const keys = ["main", "exec", "steps", "flags"];
  return operations?.kind === "map" && !operations.entries.some(({ key }) => keys.includes(key));
}

function withoutName(map: YamlMap): Item {
  const operations: YamlMap = { ...map, entries: map.entries.filter(({ key }) => key !== "guildhall") };
  const entries = map.entries.filter(({ key }) => key === "guildhall");
  const all = [...entries, { key: "operations", keyPlace: map.place, value: operations }];
  return { kind: "model", name: null, map: { ...map, entries: all } };
}

function itemOf(tree: YamlTree, surroundings: Surroundings): Item[] {
  const map = asMap(tree, "a map with model, operations or guildhall");
  const types = map.entries.filter(({ key }) => TYPES.some((type) => type === key));
  const [first, second] = types;
  if (second !== undefined)
    throw failure(second.keyPlace, `expected one of ${TYPES.join(", ")} in an item, found "${second.key}" too`);
  if (first === undefined) {
    if (field(map, "operations") !== null) return [{ kind: "model", name: null, map }];
    if (field(map, "guildhall") !== null && map.entries.length === 1) return [{ kind: "block", name: null, map }];
    const keys = map.entries.map(({ key }) => key).join(", ");
    throw failure(map.place, `expected an item with "model" or "operations", found ${keys === "" ? "an empty map" : keys}`);
  }
  if (first.key === "include") {
    checkKeys(map, { what: '"include"', keys: includeKeys, say: surroundings.say });
    return asList(first.value).flatMap((item) => included(item, surroundings));
  }
  if (first.key === "package") {
    surroundings.say(first.keyPlace, '"package" was passed over: this project is run where it is and is not packed for Python');
    return [];
  }
  if (first.key === "model")
    return [{ kind: "model", name: isNull(first.value) ? null : asText(first.value, "a model's name"), map }];
  return [{ kind: "config", name: asText(first.value, "a config's name"), map }];
}

function included(tree: YamlTree, surroundings: Surroundings): Item[] {
  const written = asText(tree, "a file to include");
  const { files, done, read } = surroundings;
  const from = files.at(-1) ?? "";
  const path = isAbsolute(written) ? written : posix.normalize(posix.join(dirname(from), written.replaceAll("\\", "/")));
  if (files.includes(path)) {
    const circle = [...files.slice(files.indexOf(path)), path].join(" → ");
    throw failure(tree.place, `expected files that do not include each other, found the circle ${circle}`);
  }
  if (done.has(path)) return [];
  const text = read(path);
  if (text === null) throw missingInclude(tree, path);
  done.add(path);
  return itemsOf(parseYamlTree(text.replace(/^\uFEFF/, ""), path), { ...surroundings, files: [...files, path] });
}

function missingInclude(tree: YamlTree, path: string) {
  return failure(
    tree.place,
    `expected a file to include, there is no ${path}`,
    "Files are looked for beside the file that includes them; Guild's packages are not.",
  );
}
