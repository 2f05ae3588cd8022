/** As much of a JSON schema validator (draft 7) as the schema of `guild.yml` needs; a word that it does not know throws. */

export type Schema = boolean | { [word: string]: unknown };

/** What is wrong with `value`, one line with its path each; empty when it fits. */
export function faults(value: unknown, schema: Schema, root: Schema = schema, path = "$"): string[] {
  if (schema === true) return [];
  if (schema === false) return [`${path}: nothing may stand here`];
  return Object.entries(schema).flatMap(([word, rule]) => {
    const check = Object.hasOwn(words, word) ? words[word] : undefined;
    if (check === undefined) throw new Error(`the schema says ${word} at ${path}`);
    return check(value, rule, { schema, root, path });
  });
}

interface Context {
  schema: { [word: string]: unknown };
  root: Schema;
  path: string;
}

const annotations = ["$schema", "title", "description", "definitions", "deprecated", "deprecationMessage"];
const passes = () => [];
const fits = (value: unknown, schema: unknown, { root, path }: Context) => faults(value, schema as Schema, root, path);
const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const words: Record<string, (value: unknown, rule: unknown, context: Context) => string[]> = {
  ...Object.fromEntries(annotations.map((word) => [word, passes])),
  $ref(value, rule, context) {
    const name = /^#\/definitions\/(.+)$/.exec(String(rule))?.[1] ?? "";
    const definitions = (context.root as { definitions: Record<string, Schema> }).definitions;
    const target = definitions[name];
    if (target === undefined) throw new Error(`the schema points to ${rule}`);
    return fits(value, target, context);
  },
  type(value, rule, { path }) {
    const kind = value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
    const kinds = [kind, ...(Number.isInteger(value) ? ["integer"] : [])];
    return [rule].flat().some((type) => kinds.includes(String(type))) ? [] : [`${path}: ${kind} is not ${rule}`];
  },
  enum: (value, rule, { path }) =>
    (rule as unknown[]).includes(value) ? [] : [`${path}: ${JSON.stringify(value)} is none of ${JSON.stringify(rule)}`],
  anyOf(value, rule, context) {
    const found = (rule as Schema[]).map((schema) => fits(value, schema, context));
    return found.some((list) => list.length === 0) ? [] : [`${context.path}: fits none of ${found.length}`, ...found.flat()];
  },
  allOf: (value, rule, context) => (rule as Schema[]).flatMap((schema) => fits(value, schema, context)),
  required: (value, rule, { path }) =>
    isMap(value) ? (rule as string[]).filter((key) => !(key in value)).map((key) => `${path}: no ${key}`) : [],
  minProperties: (value, rule, { path }) =>
    isMap(value) && Object.keys(value).length < Number(rule) ? [`${path}: is empty`] : [],
  properties: (value, rule, context) =>
    isMap(value)
      ? Object.entries(rule as Record<string, Schema>).flatMap(([key, schema]) =>
          key in value ? fits(value[key], schema, { ...context, path: `${context.path}.${key}` }) : [],
        )
      : [],
  additionalProperties(value, rule, context) {
    const known = Object.keys((context.schema.properties ?? {}) as object);
    const others = isMap(value) ? Object.entries(value).filter(([key]) => !known.includes(key)) : [];
    return others.flatMap(([key, item]) => fits(item, rule, { ...context, path: `${context.path}.${key}` }));
  },
  items: (value, rule, context) =>
    Array.isArray(value) ? value.flatMap((item, at) => fits(item, rule, { ...context, path: `${context.path}[${at}]` })) : [],
  pattern: (value, rule, { path }) =>
    typeof value === "string" && !new RegExp(String(rule)).test(value) ? [`${path}: ${value} is not ${rule}`] : [],
  minimum: (value, rule, { path }) => (typeof value === "number" && value < Number(rule) ? [`${path}: below ${rule}`] : []),
};
