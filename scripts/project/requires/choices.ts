/** `prepare=7f3a`, `data=other.csv`: what was typed for a requirement instead of a flag. */
import type { Operation } from "../../../src/load/operation-spec.ts";
import type { Requirement } from "../../../src/load/requirement-spec.ts";
import { decodeFlag, type FlagWord, formatFlag } from "../../../src/run/flags.ts";
import type { FlagValue } from "../../../src/run/types.ts";

/** Requirement → what was chosen for it; several for `multi-run`. */
export type Choices = ReadonlyMap<Requirement, string[]>;

/**
 * Parts what was typed for requirements from what was typed for flags. A flag of the operation that has the name of a
 * requirement stays a flag, and chooses as well (`settledChoices`).
 */
export function takeChoices(
  operation: Operation,
  typed: readonly FlagWord[],
): { choices: Map<Requirement, string[]>; flags: FlagWord[] } {
  const choices = new Map<Requirement, string[]>();
  const flags: FlagWord[] = [];
  for (const word of typed) {
    const meant = operation.requires.filter((requirement) => namesOf(requirement).includes(word.name));
    if (meant.length === 0 || Object.hasOwn(operation.flags, word.name)) flags.push(word);
    else for (const requirement of meant) choices.set(requirement, chosen(decodeFlag(word.text), word.text, requirement));
  }
  return { choices, flags };
}

/** The choices that were typed, and those that flags of the operation make: their defaults count too. */
export function settledChoices(operation: Operation, choices: Choices, flags: Record<string, { value: FlagValue }>): Choices {
  const settled = new Map(choices);
  for (const requirement of operation.requires) {
    if (settled.has(requirement)) continue;
    const value = namesOf(requirement).map((name) => (Object.hasOwn(flags, name) ? flags[name]?.value : null) ?? null);
    const first = value.find((one) => one !== null && one !== "");
    if (first !== undefined && first !== null) settled.set(requirement, chosen(first, formatFlag(first), requirement));
  }
  return settled;
}

/** Names under which a requirement is chosen: its own, or else `prepare` and `operation:prepare`. */
export function namesOf({ kind, target, name, flagName }: Requirement): string[] {
  const own = flagName ?? name;
  return own === null ? [target, `${kind}:${target}`] : [own];
}

/** An id may look like a number, so the text counts. Of several runs each is named: `prepare=7f3a,9b1c`. */
function chosen(value: FlagValue, text: string, { multiRun }: Requirement): string[] {
  if (Array.isArray(value)) return value.map((item) => (typeof item === "string" ? item : formatFlag(item)));
  return multiRun ? text.split(",").map((part) => part.trim()) : [text];
}
