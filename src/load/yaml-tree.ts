/** A YAML file as a small tree whose every value knows its line and column, so that an error can point at it. */
import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type YAMLError } from "yaml";
import { ToolError } from "../run/error.ts";
import { decodeFlag } from "../run/flags.ts";
import type { FlagValue } from "../run/types.ts";

/** Line and column count from 1. */
export interface Place {
  file: string;
  line: number;
  column: number;
  /** The source line, for showing. */
  source: string;
}

export interface YamlMap {
  kind: "map";
  place: Place;
  /** In the order of the file; keys are text, each once. Merged keys (`<<`) stand after the map's own. */
  entries: { key: string; keyPlace: Place; value: YamlTree }[];
}

export interface YamlList {
  kind: "list";
  place: Place;
  items: YamlTree[];
}

export interface YamlScalar {
  kind: "scalar";
  place: Place;
  /** Plain words are decoded as on the command line (`yes`, `1e-4`, `007`); quoted and block text is text; nothing is null. */
  value: FlagValue;
  /** As written, without quotes. */
  text: string;
}

export type YamlTree = YamlMap | YamlList | YamlScalar;

/** Aliases may be nested, but not in themselves, and not so that a few lines unfold into a flood. */
const MOST_VALUES = 30_000;
const MOST_DEPTH = 100;

/**
 * Reads YAML 1.2 text. An empty file is a null scalar. Aliases and merge keys are resolved.
 *
 * Throws ToolError `invalid-guild-file` with `file:line:column`, what was expected, and the line with a caret as hint.
 */
export function parseYamlTree(text: string, file: string): YamlTree {
  const lines = text.split(/\r?\n/);
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false, uniqueKeys: true, merge: true });
  const placeAt = (offset: number): Place => {
    const { line, col } = counter.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col), source: lines[Math.max(0, line - 1)] ?? "" };
  };
  const error = document.errors[0];
  if (error !== undefined) throw failure(placeAt(error.pos[0]), explain(error));
  return grow(document, placeAt);
}

/** The one form of every complaint about the file: where, what was expected, and the line itself with a caret. */
export function failure(place: Place, expected: string, hint?: string): ToolError {
  const margin = String(place.line);
  const shown = `  ${margin} | ${place.source}\n  ${" ".repeat(margin.length)} | ${" ".repeat(place.column - 1)}^`;
  return new ToolError("invalid-guild-file", `${place.file}:${place.line}:${place.column}: ${expected}`, {
    hint: hint === undefined ? shown : `${shown}\n${hint}`,
    exitCode: 2,
  });
}

/** What stands there, for `expected …, found …`: `the number 3`, `"adam"`, `a list`, `nothing`. */
export function describe(tree: YamlTree): string {
  if (tree.kind === "map") return "a map";
  if (tree.kind === "list") return "a list";
  if (tree.value === null) return "nothing";
  if (typeof tree.value === "string") return JSON.stringify(tree.value.length > 40 ? `${tree.value.slice(0, 39)}…` : tree.value);
  return typeof tree.value === "boolean" ? `the switch ${tree.text}` : `the number ${tree.text}`;
}

function grow(document: Document, placeAt: (offset: number) => Place): YamlTree {
  let values = 0;
  const from = (node: Node | null | undefined, fallback: Place, depth: number): YamlTree => {
    const place = node?.range ? placeAt(node.range[0]) : fallback;
    if (++values > MOST_VALUES || depth > MOST_DEPTH) throw failure(place, "expected a smaller file: aliases unfold without end");
    if (isAlias(node)) {
      const target = node.resolve(document);
      if (target === undefined) throw failure(place, `expected an anchor "&${node.source}" above, found none`);
      return { ...from(target, place, depth + 1), place };
    }
    if (isMap(node)) return { kind: "map", place, entries: entriesOf(node.items, place, depth) };
    // The library types items as unknown; what parseDocument makes are nodes.
    if (isSeq(node)) return { kind: "list", place, items: node.items.map((item) => from(item as Node, place, depth + 1)) };
    if (isScalar(node)) {
      const plain = node.type === "PLAIN";
      const text = plain ? (node.source ?? "") : String(node.value);
      return { kind: "scalar", place, text, value: plain ? (text === "" ? null : decodeFlag(text)) : text };
    }
    return { kind: "scalar", place, text: "", value: null };
  };
  const entriesOf = (items: { key: unknown; value: unknown }[], place: Place, depth: number): YamlMap["entries"] => {
    const own: YamlMap["entries"] = [];
    const merged: YamlMap["entries"] = [];
    for (const pair of items) {
      const key = from(pair.key as Node, place, depth + 1);
      const value = from(pair.value as Node | null, key.place, depth + 1);
      if (key.kind !== "scalar") throw failure(key.place, `expected a name before ":", found ${describe(key)}`);
      if (key.text === "<<") merged.push(...mergedEntries(value));
      else own.push({ key: key.text, keyPlace: key.place, value });
    }
    const known = new Set(own.map((entry) => entry.key));
    return [...own, ...merged.filter((entry) => !known.has(entry.key) && known.add(entry.key))];
  };
  const start: Place = placeAt(0);
  return from(document.contents as Node | null, start, 0);
}

function mergedEntries(tree: YamlTree): YamlMap["entries"] {
  if (tree.kind === "map") return tree.entries;
  if (tree.kind === "list") return tree.items.flatMap(mergedEntries);
  throw failure(tree.place, `expected a map to merge after "<<", found ${describe(tree)}`);
}

/** The parser's message in our words where it is a common slip. */
function explain(error: YAMLError): string {
  switch (error.code) {
    case "TAB_AS_INDENT":
      return "expected spaces before the first word, found a tab";
    case "DUPLICATE_KEY":
      return "expected each key once in a map, found it again";
    case "BLOCK_AS_IMPLICIT_KEY":
      return 'expected one ": " in a line (put text that holds a colon in quotes)';
    default:
      if (/Implicit (?:map )?keys need/.test(error.message)) return 'expected "key: value", found no ":" after the key';
      if (/All mapping items must start/.test(error.message)) return "expected the same indentation as the keys above";
      if (/Missing closing/.test(error.message)) return "expected a closing quote";
      if (/must end with a|Expected .* to end with|end with a [}\]]/.test(error.message)) {
        return `expected a closing ${/\]/.test(error.message) ? "]" : "}"}`;
      }
      return `expected valid YAML: ${error.message.charAt(0).toLowerCase()}${error.message.slice(1)}`;
  }
}
