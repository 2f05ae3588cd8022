/** `requires` of an operation, and the named resources of a model that it may point to. */

import { splitWords } from "../run/shell-words.ts";
import type { FlagValue } from "../run/types.ts";
import { pointerKeys, renameKeys, requirementKeys, resourceKeys } from "./keys/requirement.ts";
import { plainRequirement, type Rename, type Requirement, type RequirementKind, requirementKinds } from "./requirement-spec.ts";
import {
  asBoolean,
  asFlagValue,
  asList,
  asMap,
  asOneOf,
  asText,
  checkKeys,
  didYouMean,
  field,
  isNull,
  type Say,
} from "./yaml-read.ts";
import { describe, failure, type YamlMap, type YamlTree } from "./yaml-tree.ts";

/** Name → tree, as `resources` of a model gives them. */
export type Resources = Record<string, YamlTree>;

/**
 * Reads `file: data`, a list of such, an inline resource with `sources`, or the name of a resource of the model. Text is the
 * name of a resource, or `kind:target`. Null and nothing give an empty list. Throws ToolError `invalid-guild-file`.
 */
export function parseRequires(tree: YamlTree | null, resources: Resources, say: Say): Requirement[] {
  if (tree === null || isNull(tree)) return [];
  return asList(tree).flatMap((item): Requirement[] => {
    if (item.kind === "map") {
      const named = field(item, "resource");
      if (named !== null) {
        checkKeys(item, { what: "a requirement", keys: pointerKeys, say });
        return resourceNamed(asText(named, "the name of a resource"), named, resources, say);
      }
      return field(item, "sources") === null ? [parseRequirement(item, say)] : parseResource(null, item, say);
    }
    const written = asText(item, "a requirement such as {file: data}");
    return ofText(written, item) ?? resourceNamed(written, item, resources, say);
  });
}

/** `file:data`, `operation:train`, `https://…`; null for the name of a resource. */
function ofText(written: string, tree: YamlTree): Requirement[] | null {
  if (/^https?:\/\//i.test(written)) return [plainRequirement("url", written, tree.place)];
  const kind = requirementKinds.find((word) => written.startsWith(`${word}:`));
  return kind === undefined ? null : [plainRequirement(kind, written.slice(kind.length + 1), tree.place)];
}

function resourceNamed(name: string, tree: YamlTree, resources: Resources, say: Say): Requirement[] {
  const resource = Object.hasOwn(resources, name) ? resources[name] : undefined;
  if (resource !== undefined) return parseResource(name, resource, say);
  const known = Object.keys(resources);
  throw failure(
    tree.place,
    `expected a requirement such as {file: data} or the name of a resource, found ${describe(tree)}`,
    didYouMean(name, known) ??
      (known.length === 0 ? `A file is required with: {file: ${name}}` : `Resources: ${known.join(", ")}.`),
  );
}

/** A resource: a list of sources, or a map with `sources` and what holds for all of them. Checked whether or not it is used. */
export function parseResource(name: string | null, tree: YamlTree, say: Say): Requirement[] {
  const what = name === null ? "a resource" : `resource ${name}`;
  if (tree.kind === "list") return tree.items.map((item) => ({ ...parseSource(item, say), resource: name }));
  const map = asMap(tree, `a list of sources or a map for ${what}`);
  checkKeys(map, { what, keys: resourceKeys, say });
  const sources = field(map, "sources");
  const own = sources === null ? [] : asList(sources).map((item) => parseSource(item, say));
  const folder = textAt(map, "target-path") ?? textAt(map, "path");
  const type = targetType(map);
  const unpack = switchAt(map, "default-unpack");
  const preserve = switchAt(map, "preserve-path") ?? false;
  return own.map((source) => ({
    ...source,
    resource: name ?? textAt(map, "name"),
    targetPath: source.targetPath ?? folder,
    targetType: source.targetType ?? type,
    unpack: source.unpack ?? unpack,
    preservePath: source.preservePath || preserve,
  }));
}

/** In a resource, text is a file. */
function parseSource(tree: YamlTree, say: Say): Requirement {
  if (tree.kind === "map") return parseRequirement(tree, say);
  const written = asText(tree, "a source such as {file: data}");
  return ofText(written, tree)?.[0] ?? plainRequirement("file", written, tree.place);
}

function parseRequirement(map: YamlMap, say: Say): Requirement {
  checkKeys(map, { what: "a requirement", keys: requirementKeys, say });
  const { kind, tree } = kindOf(map);
  const requirement = plainRequirement(kind, asText(tree, TARGETS[kind]), tree.place);
  const hash = textAt(map, "sha256");
  if (hash !== null && !/^[0-9a-f]{64}$/i.test(hash)) {
    const place = field(map, "sha256")?.place ?? map.place;
    throw failure(place, `expected 64 hexadecimal digits for "sha256", found ${hash.length} characters`);
  }
  return {
    ...requirement,
    name: textAt(map, "name"),
    flagName: textAt(map, "flag-name"),
    select: textsAt(map, "select"),
    selectMin: textsAt(map, "select-min"),
    selectMax: textsAt(map, "select-max"),
    rename: renames(field(map, "rename")),
    sha256: hash?.toLowerCase() ?? null,
    unpack: switchAt(map, "unpack"),
    targetPath: textAt(map, "target-path") ?? textAt(map, "path"),
    targetType: targetType(map),
    preservePath: switchAt(map, "preserve-path") ?? false,
    replaceExisting: switchAt(map, "replace-existing") ?? false,
    optional: switchAt(map, "optional") ?? false,
    multiRun: switchAt(map, "multi-run") ?? false,
    warnIfEmpty: switchAt(map, "warn-if-empty") ?? true,
    failIfEmpty: switchAt(map, "fail-if-empty") ?? false,
    params: params(field(map, "params")),
    help: textAt(map, "help"),
  };
}

const TARGETS: Record<RequirementKind, string> = {
  file: "a path for a required file",
  url: "an address for a required file",
  config: "a path for a required config file",
  module: "the name of a required module",
  operation: "the name of a required operation",
};

function kindOf(map: YamlMap): { kind: RequirementKind; tree: YamlTree } {
  const found = requirementKinds.flatMap((kind) => {
    const tree = field(map, kind);
    return tree === null || isNull(tree) ? [] : [{ kind, tree }];
  });
  const [first, second] = found;
  if (first === undefined) {
    throw failure(map.place, `expected one of ${requirementKinds.join(", ")} in a requirement, found none`);
  }
  if (second !== undefined) {
    throw failure(second.tree.place, `expected one kind of requirement, found both "${first.kind}" and "${second.kind}"`);
  }
  return first;
}

function targetType(map: YamlMap): Requirement["targetType"] {
  const tree = field(map, "target-type");
  return tree === null || isNull(tree) ? null : asOneOf(tree, ["copy", "link"] as const, '"target-type" of a requirement');
}

/** `NAME`, `PATTERN NAME`, `{pattern, repl}`, or a list of such. */
function renames(tree: YamlTree | null): Rename[] {
  if (tree === null || isNull(tree)) return [];
  return asList(tree).map((item): Rename => {
    if (item.kind === "map") {
      checkKeys(item, { what: '"rename"', keys: renameKeys, say: () => undefined });
      return { pattern: textAt(item, "pattern") ?? "", replacement: textAt(item, "repl") ?? "" };
    }
    const [first, second, ...more] = splitWords(asText(item, 'a name or "PATTERN NAME" for rename'));
    if (first === undefined || more.length > 0) {
      throw failure(item.place, `expected a name or "PATTERN NAME" for rename, found ${describe(item)}`);
    }
    return second === undefined ? { pattern: ".*", replacement: first } : { pattern: first, replacement: second };
  });
}

function params(tree: YamlTree | null): Record<string, FlagValue> {
  if (tree === null || isNull(tree)) return {};
  const { entries } = asMap(tree, 'a map of values for "params"');
  return Object.fromEntries(entries.map(({ key, value }) => [key, asFlagValue(value, key)]));
}

function textAt(map: YamlMap, key: string): string | null {
  const tree = field(map, key);
  return tree === null || isNull(tree) ? null : asText(tree, `text for "${key}"`);
}

function textsAt(map: YamlMap, key: string): string[] {
  const tree = field(map, key);
  return tree === null ? [] : asList(tree).map((item) => asText(item, `text for "${key}"`));
}

function switchAt(map: YamlMap, key: string): boolean | null {
  const tree = field(map, key);
  return tree === null || isNull(tree) ? null : asBoolean(tree, `"${key}"`);
}
