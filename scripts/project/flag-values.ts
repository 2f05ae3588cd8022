/** Which value each flag of an operation has, and who said so. */

import { type FlagSpec, plainSpec } from "../../src/load/flag-spec.ts";
import type { Model } from "../../src/load/guild-file.ts";
import type { Operation } from "../../src/load/guild-operation.ts";
import { ToolError } from "../../src/run/error.ts";
import { type FlagWord, formatFlag } from "../../src/run/flags.ts";
import { nearest } from "../../src/run/nearest.ts";
import type { Flags, FlagValue } from "../../src/run/types.ts";
import { checkFlag, decodeTyped } from "./flag-check.ts";
import { textOf } from "./flag-text.ts";
import { expandReferences, type Scope } from "./references.ts";

export interface FlagSetting {
  value: FlagValue;
  spec: FlagSpec;
  /** `the command line`, `profile quick`, `guild.yml:7`. */
  from: string;
}

/** By flag name, in the order of the file; flags that only the command line names come last. */
export type FlagSettings = Record<string, FlagSetting>;

/**
 * Settles every flag: command line before profile before operation before model. `${other}` in a text value becomes the
 * other flag's value.
 *
 * Throws ToolError `unknown-flag`, `unknown-profile`, `invalid-flag`, `missing-flag`, `unknown-reference`, all exit code 2.
 */
export function settleFlags(
  { model, operation }: { model: Model; operation: Operation },
  { typed, profile, root }: { typed: readonly FlagWord[]; profile: string | null; root: string },
): FlagSettings {
  const settings: FlagSettings = {};
  for (const [name, spec] of Object.entries(operation.flags)) {
    const fromModel = spec.default === null ? model.flags[name] : undefined;
    const source = fromModel ?? spec;
    const from = source.imported?.from ?? `${source.place.file}:${source.place.line}`;
    settings[name] = { value: source.default, spec, from };
  }
  if (profile !== null) {
    for (const [name, value] of Object.entries(profileOf(model, operation, profile))) {
      const setting = settings[name];
      if (setting !== undefined) settings[name] = { ...setting, value, from: `profile ${profile}` };
      // A profile of the model may name flags that only some of its operations have.
      else if (Object.hasOwn(operation.profiles[profile] ?? {}, name)) throw unknownFlag(name, operation, settings);
    }
  }
  const said = new Set<string>();
  for (const word of typed) {
    const name = nameOf(word.name, settings);
    const spec = settings[name]?.spec ?? (operation.allowsOtherFlags ? plainSpec(operation.place) : null);
    if (spec === null) throw unknownFlag(name, operation, settings);
    settings[name] = { value: decodeTyped(spec, word.text), spec, from: "the command line" };
    said.add(name);
  }
  return checkAll(withChoices(settings, said, operation), root);
}

/** A flag may be typed by its alias, and with `_` where its name has `-` or the other way round, as scripts do. */
function nameOf(typed: string, settings: FlagSettings): string {
  if (settings[typed] !== undefined) return typed;
  const plain = (name: string) => name.replaceAll("-", "_");
  const fits = ([name, { spec }]: [string, FlagSetting]) => spec.alias === typed || plain(name) === plain(typed);
  return Object.entries(settings).find(fits)?.[0] ?? typed;
}

/** A choice may be typed by its alias, and may give values to flags of which the command line has said nothing. */
function withChoices(settings: FlagSettings, said: ReadonlySet<string>, operation: Operation): FlagSettings {
  const done: FlagSettings = { ...settings };
  for (const [name, { spec }] of Object.entries(settings)) {
    const setting = done[name];
    if (setting === undefined || spec.choices === null) continue;
    const value = formatFlag(setting.value);
    const choice = spec.choices.find((known) => known.alias === value || formatFlag(known.value) === value);
    if (choice === undefined) continue;
    done[name] = { ...setting, value: choice.value };
    for (const [other, given] of Object.entries(choice.flags)) {
      if (said.has(other)) continue;
      done[other] = { value: given, spec: done[other]?.spec ?? plainSpec(operation.place), from: `choice ${value} of ${name}` };
    }
  }
  return done;
}

/** The values alone, for the record and the child's environment. */
export function valuesOf(settings: FlagSettings): Flags {
  return Object.fromEntries(Object.entries(settings).map(([name, { value }]) => [name, value]));
}

function profileOf(model: Model, operation: Operation, name: string): Flags {
  const known = [...new Set([...Object.keys(operation.profiles), ...Object.keys(model.profiles)])];
  if (known.includes(name)) return { ...model.profiles[name], ...operation.profiles[name] };
  const near = nearest(name, known);
  const list = known.length === 0 ? `Operation ${operation.name} has no profiles.` : `Profiles: ${known.join(", ")}.`;
  throw new ToolError("unknown-profile", `Operation ${operation.name} has no profile "${name}"`, {
    hint: near === null ? list : `Did you mean "${near}"?`,
    exitCode: 2,
  });
}

function unknownFlag(name: string, operation: Operation, settings: FlagSettings): ToolError {
  const known = Object.keys(settings);
  const near = nearest(name, known);
  const shown = known.length > 30 ? `${known.slice(0, 30).join(", ")} … (${known.length} in all)` : known.join(", ");
  const list =
    known.length === 0 ? `${operation.name} has no flags, neither in guild.yml nor in its script.` : `Flags: ${shown}.`;
  return new ToolError("unknown-flag", `Operation ${operation.name} has no flag "${name}"`, {
    hint: near === null ? list : `Did you mean "${near}"?`,
    exitCode: 2,
  });
}

function checkAll(settings: FlagSettings, root: string): FlagSettings {
  const scope = flagScope(settings);
  const checked: FlagSettings = {};
  for (const [name, setting] of Object.entries(settings)) {
    // A flag that refers to itself would never end.
    const { [name]: _itself, ...others } = scope;
    const expand = (value: FlagValue): FlagValue => {
      if (Array.isArray(value)) return value.map(expand);
      return typeof value === "string" ? expandReferences(value, others, `flag ${name}`) : value;
    };
    checked[name] = { ...setting, value: checkFlag(setting.spec, expand(setting.value), { name, from: setting.from }, root) };
  }
  return checked;
}

/** What `${flag}` stands for, by flag. */
export function flagScope(settings: FlagSettings): Scope {
  return Object.fromEntries(Object.entries(settings).map(([name, { value }]) => [name, textOf(value)]));
}
