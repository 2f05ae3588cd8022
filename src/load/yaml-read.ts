/** Typed reading of a YAML tree: each function gives the value or throws, pointing at the place. */
import type { ToolError } from "../run/error.ts";
import { nearest } from "../run/nearest.ts";
import type { FlagValue } from "../run/types.ts";
import type { Keys } from "./keys/_key.ts";
import { describe, failure, type Place, type YamlMap, type YamlTree } from "./yaml-tree.ts";

/** `what` is named in the error: `expected a map of flags, found …`. */
export function asMap(tree: YamlTree, what: string): YamlMap {
  if (tree.kind !== "map") throw failure(tree.place, `expected ${what}, found ${describe(tree)}`);
  return tree;
}

/** A list as it is; a single value as a list of one; nothing as an empty list. */
export function asList(tree: YamlTree): YamlTree[] {
  if (tree.kind === "list") return tree.items;
  return isNull(tree) ? [] : [tree];
}

export function isNull(tree: YamlTree): boolean {
  return tree.kind === "scalar" && tree.value === null;
}

/** Numbers and switches count as text, as they were written; nothing does not. */
export function asText(tree: YamlTree, what: string): string {
  if (tree.kind !== "scalar" || tree.value === null) throw failure(tree.place, `expected ${what}, found ${describe(tree)}`);
  return tree.text;
}

export function asNumber(tree: YamlTree, what: string): number {
  if (tree.kind !== "scalar" || typeof tree.value !== "number") {
    throw failure(tree.place, `expected a number for ${what}, found ${describe(tree)}`);
  }
  return tree.value;
}

export function asBoolean(tree: YamlTree, what: string): boolean {
  if (tree.kind !== "scalar" || typeof tree.value !== "boolean") {
    throw failure(tree.place, `expected yes or no for ${what}, found ${describe(tree)}`);
  }
  return tree.value;
}

export function asOneOf<T extends string>(tree: YamlTree, allowed: readonly T[], what: string): T {
  const text = tree.kind === "scalar" ? tree.text : "";
  const found = allowed.find((word) => word === text);
  if (found !== undefined) return found;
  throw failure(tree.place, `expected ${orList(allowed)} for ${what}, found ${describe(tree)}`, didYouMean(text, allowed));
}

/** `a`, `a or b`, `a, b or c`. */
function orList(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}

/** A value that a flag can have: a scalar, or a list of such. */
export function asFlagValue(tree: YamlTree, what: string): FlagValue {
  if (tree.kind === "scalar") return tree.value;
  if (tree.kind === "list") return tree.items.map((item) => asFlagValue(item, what));
  throw failure(tree.place, `expected a value or a list for ${what}, found a map`);
}

/** The tree as plain data, for parts that are kept and not looked at yet. */
export function asData(tree: YamlTree): unknown {
  if (tree.kind === "scalar") return tree.value;
  if (tree.kind === "list") return tree.items.map(asData);
  return Object.fromEntries(tree.entries.map(({ key, value }) => [key, asData(value)]));
}

/** The value under a key, or null when it is not there. */
export function field(map: YamlMap, key: string): YamlTree | null {
  return map.entries.find((entry) => entry.key === key)?.value ?? null;
}

/** What works and has to be said: keys of Guild's that mean nothing here. */
export type Say = (place: Place, message: string) => void;

/**
 * Looks at every key of a map: those of the table pass, those that it calls unused are said once each through `say`, and any
 * other throws with the key that is nearest to it.
 */
export function checkKeys(map: YamlMap, { what, keys, say }: { what: string; keys: Keys; say: Say }): void {
  for (const { key, keyPlace } of map.entries) {
    const known = Object.hasOwn(keys, key) ? keys[key] : undefined;
    if (known?.unused !== undefined) say(keyPlace, `"${key}" of ${what} was passed over: ${known.unused}`);
    if (known === undefined) throw unknownKey(key, keyPlace, what, keys);
  }
}

function unknownKey(key: string, place: Place, what: string, keys: Keys): ToolError {
  const used = Object.keys(keys).filter((name) => keys[name]?.unused === undefined);
  const hint = didYouMean(key, Object.keys(keys)) ?? `Keys of ${what}: ${used.join(", ")}.`;
  return failure(place, `expected a key of ${what}, found ${JSON.stringify(key)}`, hint);
}

/** `Did you mean "min"?`, or undefined when nothing is near. */
export function didYouMean(typed: string, candidates: Iterable<string>): string | undefined {
  const near = nearest(typed, candidates);
  return near === null ? undefined : `Did you mean "${near}"?`;
}
