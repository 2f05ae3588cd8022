/** Labels out of templates: `${lr}`, `${lr|%.3f}`, `${default_label}`. */
import { formatFlag } from "../../src/run/flags.ts";
import type { FlagValue } from "../../src/run/types.ts";
import { textOf } from "./flag-text.ts";
import { expandReferences } from "./references.ts";

/** Values by flag, each with what a label says where it is null. */
export type Labelled = Record<string, { value: FlagValue; spec: { nullLabel: string | null } | null }>;

/** The label. A flag without value is its `null-label`, or nothing. Throws ToolError `unknown-reference`. */
export function fillLabel(template: string, flags: Labelled): string {
  const texts = Object.entries(flags).map(([name, { value, spec }]) => [
    name,
    value === null ? (spec?.nullLabel ?? "") : textOf(value),
  ]);
  return expandReferences(template, { ...Object.fromEntries(texts), default_label: defaultLabel(flags) }, "the label");
}

/** All flags that have a value, sorted by name: `batch=32 lr=0.1`. */
function defaultLabel(flags: Labelled): string {
  const shown = Object.entries(flags).flatMap(([name, { value, spec }]) => {
    const text = value === null ? (spec?.nullLabel ?? null) : formatFlag(value);
    return text === null ? [] : [`${name}=${text}`];
  });
  return shown.sort().join(" ");
}
