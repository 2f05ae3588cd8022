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
  const document = parseYaml(text);
  const known = new Map(flattened(document.toJS(), []).map(({ path }) => [path.join("."), path]));
  for (const [name, value] of entries) {
    const path = known.get(name) ?? name.split(".");
    for (let depth = 1; depth < path.length; depth++) {
      const above = document.getIn(path.slice(0, depth));
      if (above !== undefined && above !== null && typeof above !== "object") {
        throw new Error(`${name} cannot be set: ${path.slice(0, depth).join(".")} is no map`);
      }
    }
    document.setIn(path, value);
  }
  return document.toString({ lineWidth: 0 });
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
