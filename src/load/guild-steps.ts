/** `steps` of an operation: other operations, one after the other. */
import { formatFlag } from "../run/flags.ts";
import { pythonPattern } from "../run/python-pattern.ts";
import { splitWords } from "../run/shell-words.ts";
import { stepCheckKeys, stepKeys, stepOptionKeys } from "./keys/step.ts";
import type { Step, StepCheck } from "./step-spec.ts";
import { asBoolean, asFlagValue, asList, asMap, asText, checkKeys, field, isNull, type Say } from "./yaml-read.ts";
import { describe, failure, type Place, type YamlMap, type YamlTree } from "./yaml-tree.ts";

/** Several values become the option several times. */
const REPEATED: Record<string, string> = { tags: "tag", "batch-tags": "batch-tag", "opt-flags": "opt-flag" };

/** Reads the list; null for no `steps` at all. Throws ToolError `invalid-guild-file`. */
export function parseSteps(tree: YamlTree | null, say: Say): Step[] | null {
  if (tree === null || isNull(tree)) return null;
  if (tree.kind !== "list") throw failure(tree.place, `expected a list of steps, found ${describe(tree)}`);
  return tree.items.map((item) => parseStep(item, say));
}

function parseStep(tree: YamlTree, say: Say): Step {
  if (tree.kind !== "map") {
    const line = asText(tree, "a step such as: train lr=0.1");
    return { ...ofLine(line, tree.place), name: null, expect: [], isolateRuns: true, place: tree.place };
  }
  checkKeys(tree, { what: "a step", keys: stepKeys, say });
  const run = field(tree, "run");
  if (run === null)
    throw failure(tree.place, 'expected "run" in a step, found none', "For example: {run: train, flags: {lr: 0.1}}");
  const line = ofLine(asText(run, 'an operation for "run" of a step'), run.place);
  const name = field(tree, "name");
  const needed = switchAt(tree, "needed");
  const written = flagsOf(field(tree, "flags"));
  return {
    ...line,
    name: name === null || isNull(name) ? null : asText(name, "a step's name"),
    flags: { ...written.flags, ...line.flags },
    words: [...line.words, ...written.words, ...Object.keys(stepOptionKeys).flatMap((key) => optionWords(tree, key))],
    needed: line.needed || (needed ?? false),
    expect: checks(field(tree, "expect"), say),
    isolateRuns: switchAt(tree, "isolate-runs") ?? true,
    place: tree.place,
  };
}

/** `train lr=0.1 --needed --label x` → its parts. */
function ofLine(line: string, place: Place): Pick<Step, "run" | "flags" | "words" | "needed"> {
  const [run, ...others] = splitWords(line);
  if (run === undefined) throw failure(place, "expected an operation in a step, found nothing");
  const { flags, words } = sorted(others);
  return { run, flags, words: words.filter((word) => word !== "--needed"), needed: words.includes("--needed") };
}

/** Options without a value: what follows them may be a flag. */
const SWITCHES = /^-(?:-(?:needed|optimize|no-gpus|force-flags|fail-on-trial-error|yes|quiet|no-\S+)|[yoqf])$/;

/** Words with `=` are flags, unless they belong to an option before them. `@file` is a file of trials. */
function sorted(typed: readonly string[]): { flags: Record<string, string>; words: string[] } {
  const flags: Record<string, string> = {};
  const words: string[] = [];
  let isValue = false;
  for (const word of typed) {
    const at = word.indexOf("=");
    if (at > 0 && !isValue && !/^[-@]/.test(word)) flags[word.slice(0, at)] = word.slice(at + 1);
    else words.push(word);
    isValue = !isValue && word.startsWith("-") && at < 0 && !SWITCHES.test(word);
  }
  return { flags, words };
}

/** A map of values, or a list of `name=value` and `@file`. */
function flagsOf(tree: YamlTree | null): { flags: Record<string, string>; words: string[] } {
  if (tree === null || isNull(tree)) return { flags: {}, words: [] };
  if (tree.kind === "list") return sorted(tree.items.map((item) => asText(item, "a flag such as lr=0.1 of a step")));
  const { entries } = asMap(tree, "a map of flag values for a step");
  // Null says that the step leaves the flag alone. A map is a declared flag that was included: its default counts.
  const values = entries.map(({ key, value }) => ({ key, value: value.kind === "map" ? field(value, "default") : value }));
  const given = values.flatMap(({ key, value }) => (value === null || isNull(value) ? [] : [{ key, value }]));
  return {
    flags: Object.fromEntries(given.map(({ key, value }) => [key, formatFlag(asFlagValue(value, `flag ${key} of a step`))])),
    words: [],
  };
}

/** `max-trials: 5` → `--max-trials 5`; a switch that is on is bare, one that is off is nothing. */
function optionWords(map: YamlMap, key: string): string[] {
  const tree = field(map, key);
  if (tree === null || isNull(tree)) return [];
  const option = `--${REPEATED[key] ?? key}`;
  if (tree.kind === "scalar" && typeof tree.value === "boolean") return tree.value ? [option] : [];
  if (tree.kind === "map")
    return tree.entries.flatMap(({ key: name, value }) => [option, `${name}=${asText(value, `a value for ${name}`)}`]);
  return asList(tree).flatMap((item) => [option, asText(item, `a value for "${key}" of a step`)]);
}

function checks(tree: YamlTree | null, say: Say): StepCheck[] {
  if (tree === null || isNull(tree)) return [];
  return asList(tree).map((item) => parseCheck(item, say));
}

function parseCheck(tree: YamlTree, say: Say): StepCheck {
  const map = asMap(tree, "a check such as {output: PATTERN} or {file: PATH, contains: PATTERN}");
  checkKeys(map, { what: '"expect"', keys: stepCheckKeys, say });
  const output = field(map, "output");
  if (output !== null) return { kind: "output", pattern: patternOf(output), place: map.place };
  const file = field(map, "file");
  if (file === null) throw failure(map.place, 'expected "output" or "file" in a check of a step, found neither');
  const other = field(map, "compare-to");
  const contains = field(map, "contains");
  return {
    kind: "file",
    path: asText(file, "a path of a file in the run's directory"),
    compareTo: other === null || isNull(other) ? null : asText(other, "a path to compare with"),
    contains: contains === null || isNull(contains) ? null : patternOf(contains),
    place: map.place,
  };
}

function patternOf(tree: YamlTree): string {
  const pattern = asText(tree, "a regular expression");
  try {
    pythonPattern(pattern);
    return pattern;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw failure(tree.place, `expected a regular expression, found ${describe(tree)}: ${error.message}`);
  }
}

function switchAt(map: YamlMap, key: string): boolean | null {
  const tree = field(map, key);
  return tree === null || isNull(tree) ? null : asBoolean(tree, `"${key}" of a step`);
}
