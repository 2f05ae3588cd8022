/** The schema for editors and the reader of the file agree. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { parse } from "yaml";
import { parseGuildFile } from "../../../src/load/guild-parse.ts";
import { guildSchema } from "../../../src/load/guild-schema.ts";
import type { Keys } from "../../../src/load/keys/_key.ts";
import { choiceKeys, flagKeys } from "../../../src/load/keys/flag.ts";
import { guildhallKeys, metricKeys } from "../../../src/load/keys/guildhall.ts";
import { configKeys, includeKeys, modelKeys } from "../../../src/load/keys/model.ts";
import { objectiveKeys, operationBlockKeys, operationKeys } from "../../../src/load/keys/operation.ts";
import { pointerKeys, renameKeys, requirementKeys, resourceKeys } from "../../../src/load/keys/requirement.ts";
import { sourcecodeKeys, sourcePatternKeys, sourceRuleKeys } from "../../../src/load/keys/sourcecode.ts";
import { stepCheckKeys, stepKeys } from "../../../src/load/keys/step.ts";
import { ToolError } from "../../../src/run/error.ts";
import { read } from "../../meta/_tree.ts";
import { faults, type Schema } from "./_schema.ts";

const schema = guildSchema() as Schema;
const faultsOf = (text: string) => faults(parse(text), schema);

/** Every key of the file's language once, as somebody would write it. */
const everything = read("tests/fixtures/guild-files/everything.yml");

test("the schema is JSON, and every reference in it leads somewhere", () => {
  const text = JSON.stringify(schema);
  assert.equal(JSON.parse(text), schema);
  const defined = Object.keys((schema as { definitions: object }).definitions);
  for (const [, name = ""] of text.matchAll(/"#\/definitions\/([^"]+)"/g)) assert.ok(defined.includes(name), name);
});

test("every key that the reader knows stands in the schema, described", () => {
  const known: [string, Keys][] = Object.entries({
    operationKeys,
    flagKeys,
    choiceKeys,
    requirementKeys,
    renameKeys,
    resourceKeys,
    pointerKeys,
    stepKeys,
    stepCheckKeys,
    modelKeys,
    configKeys,
    includeKeys,
    guildhallKeys,
    metricKeys,
    sourcecodeKeys,
    sourceRuleKeys,
    sourcePatternKeys,
    objectiveKeys,
    operationBlockKeys,
  });
  const maps = mapsIn(schema);
  for (const [table, keys] of known) {
    const names = Object.keys(keys);
    const map = maps.find(
      (properties) => names.every((name) => name in properties) && Object.keys(properties).length === names.length,
    );
    assert.ok(map !== undefined, `${table} as one map`);
    for (const name of names) assert.ok(map[name]?.description, `${table}: ${name} is described`);
  }
});

test("a file with every key is read, and fits", () => {
  assert.equal(faultsOf(everything), []);
  const file = parseGuildFile(everything, "guild.yml", (path) => (path === "more.yml" ? "- config: more\n" : null));
  assert.is(file.models.length, 1);
  const written = new Set([...everything.matchAll(/([a-z$][\w-]*):(?=[\s\]}]|$)/gm)].map(([, key]) => key));
  const tables = [operationKeys, flagKeys, choiceKeys, requirementKeys, resourceKeys, stepKeys, stepCheckKeys, modelKeys];
  const more = [configKeys, includeKeys, guildhallKeys, metricKeys, sourcecodeKeys, sourceRuleKeys, sourcePatternKeys];
  for (const keys of [...tables, ...more])
    for (const key of Object.keys(keys)) assert.ok(written.has(key), `${key} is in the fixture`);
});

test("the examples of the documentation and this repository's own file fit", () => {
  const page = read("content/docs/guild-file.md");
  const examples = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map((match) => match[1] ?? "");
  for (const text of [...examples, read("guild.yml")]) assert.equal(faultsOf(text), [], text.slice(0, 80));
});

test("all shapes fit", () => {
  const shapes = [
    "",
    "train: train.py\nlint: \n",
    "operations: {train: t}\ndescription: One\n",
    "- operations: {train: t}\n- guildhall: {name: x}\n- include: [a.yml]\n- package: p\n  version: 1\n",
    "- {config: base, flags: {lr: 0.1}}\n- {model: m, extends: base, operations: {$include: base}}\n",
  ];
  for (const text of shapes) assert.equal(faultsOf(text), [], text);
});

/** What the reader refuses because of its shape, the schema marks in an editor. */
const refused = [
  "train: {mian: x}",
  "train: 3",
  "train: {flags: [a]}",
  "train: {flags: {lr: {requird: yes}}}",
  "train: {flags: {lr: {type: flaot}}}",
  "train: {requires: [{select: x}]}",
  "train: {requires: {file: x, target-type: lnik}}",
  "train: {steps: train}",
  "train: {steps: [{name: x}]}",
  "train: {cwd: here}",
  "train: {flags-import: some}",
  "train: {default-max-trials: 0}",
  "guildhall: {nam: x}",
  "guildhall: {metrics: {acc: {goal: up}}}",
  "- {oprations: {}}",
  "- {model: a, extend: b}",
];

for (const text of refused) {
  test(`reader and schema both refuse: ${text}`, () => {
    assert.throws(
      () => parseGuildFile(text, "guild.yml"),
      (error: unknown) => error instanceof ToolError,
    );
    assert.ok(faultsOf(text).length > 0);
  });
}

type Properties = Record<string, { description?: string }>;

function mapsIn(part: unknown): Properties[] {
  if (typeof part !== "object" || part === null) return [];
  const own = "properties" in part ? [part.properties as Properties] : [];
  return [...own, ...Object.values(part).flatMap(mapsIn)];
}

test.run();
