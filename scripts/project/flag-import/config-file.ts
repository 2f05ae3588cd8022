/** Configuration files as flags: their values by dotted name, and the same text with other values. */
import { createRequire } from "node:module";
import { isObject } from "../../../src/run/shape.ts";
import type { FlagValue } from "../../../src/run/types.ts";
import { iniEntries, withIniValue } from "./ini-text.ts";

export type ConfigFormat = "yaml" | "json" | "ini";

export interface ConfigEntry {
  /** Nested keys are joined by dots. */
  name: string;
  value: FlagValue;
  /** Counted from 1. */
  line: number;
}

/** By extension, `.in` behind it aside; null for what is none of them. */
export function configFormat(path: string): ConfigFormat | null {
  const name = path.replace(/\.in$/i, "");
  if (/\.ya?ml$/i.test(name)) return "yaml";
  if (/\.json$/i.test(name)) return "json";
  return /\.(?:ini|cfg)$/i.test(name) ? "ini" : null;
}

/** All values that a flag can have, in the order of the file: scalars, nothing, and lists of such. Throws what the parsers throw. */
export function configEntries(text: string, format: ConfigFormat): ConfigEntry[] {
  if (format === "ini") return iniEntries(text);
  const at = format === "yaml" ? yamlLines(text) : () => 1;
  return flattened(format === "yaml" ? parseYaml(text).toJS() : JSON.parse(text), []).map(({ path, value }) => ({
    name: path.join("."),
    value,
    line: at(path),
  }));
}

/**
 * The text with these values. YAML and INI keep their comments, order and everything that was not set; JSON keeps its order and
 * indentation. A name that is not there is added, nested where its beginning is. Throws what the parsers throw, and Error where a name
 * leads through something that is no map.
 */
export function withConfigValues(text: string, format: ConfigFormat, values: Record<string, FlagValue>): string {
  const entries = Object.entries(values);
  if (format === "ini") return entries.reduce((done, [name, value]) => withIniValue(done, name, value), text);
  if (format === "json") return withJsonValues(text, entries);
  return withYamlValues(text, entries);
}

/** Values that stand in the text are replaced where they stand, new names are added behind their neighbours: every other letter stays. */
function withYamlValues(text: string, entries: [string, FlagValue][]): string {
  const known = new Map(flattened(parseYaml(text).toJS(), []).map(({ path }) => [path.join("."), path]));
  return entries.reduce((done, [name, value]) => {
    const path = known.get(name);
    return path === undefined ? withAdded(done, name.split("."), value) : withReplaced(done, path, value);
  }, text);
}

function withReplaced(text: string, path: string[], value: FlagValue): string {
  const node: unknown = parseYaml(text).getIn(path, true);
  if (!yaml().isNode(node) || !node.range) return withAdded(text, path, value);
  const [from, to] = node.range;
  const gap = /[\s,[]/.test(text[from - 1] ?? " ") ? "" : " ";
  // A block list ends behind its last line break, which stays.
  const kept = /\s*$/.exec(text.slice(from, to))?.[0] ?? "";
  return `${text.slice(0, from)}${gap}${yamlText(value)}${kept}${text.slice(to)}`;
}

function withAdded(text: string, path: string[], value: FlagValue): string {
  const document = parseYaml(text);
  for (let depth = path.length - 1; depth >= 0; depth--) {
    const above: unknown = depth === 0 ? document.contents : document.getIn(path.slice(0, depth), true);
    if (above === undefined || above === null || (yaml().isScalar(above) && above.value === null && depth === 0)) continue;
    if (!yaml().isMap(above)) throw new Error(`${path.join(".")} cannot be set: ${path.slice(0, depth).join(".")} is no map`);
    if (!above.range) continue;
    if (above.flow === true) {
      const end = above.range[1] - 1;
      const words = flowText(path.slice(depth), value);
      return `${text.slice(0, end).trimEnd()}${above.items.length === 0 ? "" : ", "}${words}${text.slice(end)}`;
    }
    const indent = above.range[0] - (text.lastIndexOf("\n", above.range[0] - 1) + 1);
    const end = text.slice(0, above.range[1]).trimEnd().length;
    const lineEnd = text.indexOf("\n", end);
    const at = lineEnd < 0 ? text.length : lineEnd;
    return `${text.slice(0, at)}\n${blockText(path.slice(depth), value, indent)}${text.slice(at)}`;
  }
  return `${text.trim() === "" ? "" : `${text.trimEnd()}\n`}${blockText(path, value, 0)}\n`;
}

/** `b: {c: 1}` for the rest of a path. */
function flowText([key = "", ...rest]: string[], value: FlagValue): string {
  return `${yamlText(key)}: ${rest.length === 0 ? yamlText(value) : `{${flowText(rest, value)}}`}`;
}

function blockText([key = "", ...rest]: string[], value: FlagValue, indent: number): string {
  const head = `${" ".repeat(indent)}${yamlText(key)}:`;
  return rest.length === 0 ? `${head} ${yamlText(value)}` : `${head}\n${blockText(rest, value, indent + 2)}`;
}

/** On one line, in the words of YAML 1.1: what Python's parser reads as the same value. */
function yamlText(value: FlagValue): string {
  if (Array.isArray(value)) return `[${value.map(yamlText).join(", ")}]`;
  if (typeof value === "number" && /e/.test(String(value)) && !/\./.test(String(value))) return String(value).replace("e", ".0e");
  if (typeof value !== "string") return value === null ? "null" : String(value);
  return yaml().stringify(value, { version: "1.1", lineWidth: 0, defaultStringType: "PLAIN", collectionStyle: "flow" }).trimEnd();
}

function withJsonValues(text: string, entries: [string, FlagValue][]): string {
  const whole: unknown = JSON.parse(text);
  const root: Record<string, unknown> = isObject(whole) ? whole : {};
  for (const [name, value] of entries) {
    const path = name.split(".");
    let at = root;
    for (const part of path.slice(0, -1)) {
      const below = at[part] ?? {};
      if (!isObject(below)) throw new Error(`${name} cannot be set: ${part} is no map`);
      at[part] = below;
      at = below;
    }
    at[path.at(-1) ?? ""] = value;
  }
  const indent = /^[{[]\r?\n([ \t]+)/.exec(text)?.[1] ?? 2;
  return `${JSON.stringify(root, null, indent)}\n`;
}

function flattened(node: unknown, path: string[]): { path: string[]; value: FlagValue }[] {
  if (isObject(node)) return Object.entries(node).flatMap(([key, below]) => flattened(below, [...path, key]));
  const value = flagValue(node);
  return path.length === 0 || value === undefined ? [] : [{ path, value }];
}

/** Undefined for what no flag can be. */
function flagValue(node: unknown): FlagValue | undefined {
  if (node === null || typeof node === "string" || typeof node === "boolean") return node;
  if (typeof node === "number") return Number.isFinite(node) ? node : String(node);
  if (!Array.isArray(node)) return undefined;
  const items = node.map(flagValue);
  return items.some((item) => item === undefined || Array.isArray(item)) ? undefined : items.filter((item) => item !== undefined);
}

// The parser is loaded when there is a file for it: a command without guild.yml does not wait for it.
function yaml(): typeof import("yaml") {
  return createRequire(import.meta.url)("yaml");
}

function parseYaml(text: string) {
  const document = yaml().parseDocument(text, { version: "1.1" });
  const [error] = document.errors;
  if (error !== undefined) throw error;
  return document;
}

/** Where a value stands, by its path. */
function yamlLines(text: string): (path: readonly string[]) => number {
  const { LineCounter, parseDocument, isNode } = yaml();
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, version: "1.1" });
  return (path) => {
    const node: unknown = document.getIn(path, true);
    return isNode(node) && node.range ? counter.linePos(node.range[0]).line : 1;
  };
}
