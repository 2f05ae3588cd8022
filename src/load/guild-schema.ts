/** The JSON schema of `guild.yml` for editors, made from the tables of keys that the file is read with. */
import { type Key, type Keys, type Shape, text, yesOrNo } from "./keys/_key.ts";
import { choiceKeys, flagKeys } from "./keys/flag.ts";
import { guildhallKeys, metricKeys } from "./keys/guildhall.ts";
import { configKeys, includeKeys, modelKeys } from "./keys/model.ts";
import { objectiveKeys, operationBlockKeys, operationKeys } from "./keys/operation.ts";
import { pointerKeys, renameKeys, requirementKeys, resourceKeys } from "./keys/requirement.ts";
import { sourcecodeKeys, sourcePatternKeys, sourceRuleKeys } from "./keys/sourcecode.ts";
import { stepCheckKeys, stepKeys } from "./keys/step.ts";

/** Draft 7, which editors read. Keys that mean nothing here are in it and marked as deprecated. */
export function guildSchema(): Record<string, unknown> {
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "guild.yml",
    description: "What a project can run, and what its site says about it.",
    anyOf: [
      { type: "null" },
      { type: "array", items: point("item") },
      point("model-map"),
      {
        type: "object",
        properties: { guildhall: point("guildhall") },
        additionalProperties: point("operation"),
      },
    ],
    definitions,
  };
}

const point = (name: string): Shape => ({ $ref: `#/definitions/${name}` });
const include: Keys = {
  $include: {
    about: "Takes over what a config, or a model:operation, has.",
    shape: { anyOf: [text, { type: "array", items: text }] },
  },
};

/** A map with these keys and no others. */
function mapOf(keys: Keys, more: { required?: string[]; others?: Shape } = {}): Shape {
  return {
    type: "object",
    properties: Object.fromEntries(Object.entries(keys).map(([name, key]) => [name, shapeOf(key)])),
    additionalProperties: more.others ?? false,
    ...(more.required === undefined ? {} : { required: more.required }),
  };
}

/** Beside a `$ref` draft 7 reads nothing else: so the shape is one of all. */
function shapeOf({ about, shape, unused }: Key): Shape {
  const description = unused === undefined ? about : `${about} Passed over: ${unused}.`;
  const deprecated = unused === undefined ? {} : { deprecated: true, deprecationMessage: unused };
  if (typeof shape === "boolean") return { description, ...deprecated };
  return "$ref" in shape ? { description, allOf: [shape], ...deprecated } : { ...shape, description, ...deprecated };
}

const requirementKinds = ["file", "url", "config", "module", "operation"].map((kind) => ({ required: [kind] }));
const nothing = { type: "null" };

const definitions: Record<string, Shape> = {
  value: {
    anyOf: [{ type: ["string", "number", "boolean", "null"] }, { type: "array", items: point("value") }],
  },
  item: {
    anyOf: [
      mapOf(modelKeys, { required: ["model"] }),
      mapOf(configKeys, { required: ["config"] }),
      mapOf(includeKeys, { required: ["include"] }),
      point("model-map"),
      mapOf({ guildhall: modelKeys.guildhall! }, { required: ["guildhall"] }),
      { type: "object", required: ["package"] },
    ],
  },
  "model-map": mapOf(modelKeys, { required: ["operations"] }),
  operations: {
    anyOf: [
      { type: "object", properties: { $include: shapeOf(include.$include!) }, additionalProperties: point("operation") },
      nothing,
    ],
  },
  operation: { anyOf: [{ type: ["string", "null"] }, point("operation-map")] },
  "operation-map": { anyOf: [mapOf(operationKeys), nothing] },
  "operation-block": { anyOf: [mapOf(operationBlockKeys), nothing] },
  objective: mapOf(objectiveKeys),
  optimizer: {
    type: "object",
    properties: { algorithm: text, default: yesOrNo },
    additionalProperties: point("value"),
  },
  flags: {
    anyOf: [
      { type: "object", properties: { $include: shapeOf(include.$include!) }, additionalProperties: point("flag") },
      nothing,
    ],
  },
  flag: { anyOf: [point("value"), mapOf(flagKeys)] },
  choice: { anyOf: [point("value"), mapOf(choiceKeys, { required: ["value"] })] },
  step: { anyOf: [{ type: "string" }, mapOf(stepKeys, { required: ["run"] })] },
  check: { ...object(mapOf(stepCheckKeys)), anyOf: [{ required: ["output"] }, { required: ["file"] }] },
  requirement: {
    anyOf: [{ type: "string" }, mapOf(pointerKeys, { required: ["resource"] }), point("source-map"), point("resource-map")],
  },
  "source-map": { ...object(mapOf(requirementKeys)), anyOf: requirementKinds },
  source: { anyOf: [{ type: "string" }, point("source-map")] },
  "resource-map": mapOf(resourceKeys, { required: ["sources"] }),
  resources: {
    anyOf: [
      {
        type: "object",
        properties: { $include: shapeOf(include.$include!) },
        additionalProperties: { anyOf: [{ type: "array", items: point("source") }, point("resource-map")] },
      },
      nothing,
    ],
  },
  rename: { anyOf: [{ type: "string" }, mapOf(renameKeys)] },
  rules: {
    anyOf: [
      { type: ["string", "null"] },
      { enum: [false] },
      point("rule-map"),
      { type: "array", items: { anyOf: [{ type: "string" }, point("rule-map")] } },
    ],
  },
  "rule-map": { type: "object", additionalProperties: { type: "string" } },
  sourcecode: { anyOf: [point("source-rules"), mapOf(sourcecodeKeys)] },
  "source-rules": {
    anyOf: [
      { type: ["string", "null"] },
      { enum: [false] },
      point("source-rule"),
      { type: "array", items: { anyOf: [{ type: "string" }, point("source-rule")] } },
    ],
  },
  "source-rule": { ...object(mapOf(sourceRuleKeys)), minProperties: 1 },
  "source-patterns": {
    anyOf: [
      { type: "string" },
      mapOf(sourcePatternKeys),
      { type: "array", items: { anyOf: [{ type: "string" }, mapOf(sourcePatternKeys)] } },
    ],
  },
  guildhall: { anyOf: [mapOf(guildhallKeys), nothing] },
  metric: { anyOf: [{ enum: ["max", "min"] }, mapOf(metricKeys), nothing] },
};

function object(shape: Shape): Record<string, unknown> {
  return typeof shape === "boolean" ? {} : { ...shape };
}
