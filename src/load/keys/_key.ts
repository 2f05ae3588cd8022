/** What is known of a key of `guild.yml`: for reading it, for saying what is near, and for the schema that editors use. */

/** A part of a JSON schema, draft 7. */
export type Shape = boolean | { readonly [key: string]: unknown };

export interface Key {
  /** One sentence, shown by editors. */
  about: string;
  shape: Shape;
  /** Guild has this key and we pass it over; the reason is said once. */
  unused?: string;
}

export type Keys = Readonly<Record<string, Key>>;

export const text: Shape = { type: ["string", "number", "boolean"] };
export const texts: Shape = { anyOf: [text, { type: "array", items: text }, { type: "null" }] };
export const textOrNothing: Shape = { type: ["string", "number", "boolean", "null"] };
/** Editors read YAML 1.2, where yes and no are text. */
export const yesOrNo: Shape = { enum: [true, false, "yes", "no"] };
export const anything: Shape = true;
export const value: Shape = { $ref: "#/definitions/value" };
export const values: Shape = { type: "object", additionalProperties: value };

/** What is defined once and pointed to from many places. */
export function defined(name: string): Shape {
  return { $ref: `#/definitions/${name}` };
}

export function oneOf(words: readonly string[]): Shape {
  return { enum: words };
}

/** `{name: …}` with any names. */
export function named(shape: Shape): Shape {
  return { type: "object", additionalProperties: shape };
}

/** One, or a list of them. */
export function oneOrMore(shape: Shape): Shape {
  return { anyOf: [shape, { type: "array", items: shape }, { type: "null" }] };
}
