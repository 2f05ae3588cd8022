/** Flags of an operation as `guild.yml` declares them, and profiles that give them other values. */
import { decodeFlag } from "../run/flags.ts";
import type { Flags, FlagValue } from "../run/types.ts";
import { type Choice, type Encoding, type FlagSpec, type FlagType, flagTypes, plainSpec } from "./flag-spec.ts";
import { choiceKeys, flagKeys } from "./keys/flag.ts";
import {
  asBoolean,
  asFlagValue,
  asList,
  asMap,
  asNumber,
  asOneOf,
  asText,
  checkKeys,
  didYouMean,
  field,
  isNull,
  type Say,
} from "./yaml-read.ts";
import { failure, type Place, type YamlMap, type YamlTree } from "./yaml-tree.ts";

/** A map of flags: `lr: 0.1` is a default, `lr: {default: 0.1, min: 0}` a full description. Order of the file. */
export function parseFlagSpecs(tree: YamlTree, say: Say): Record<string, FlagSpec> {
  const specs: Record<string, FlagSpec> = {};
  if (tree.kind === "scalar" && tree.value === null) return specs;
  for (const { key, keyPlace, value } of asMap(tree, "a map of flags").entries)
    specs[key] = parseFlagSpec(key, keyPlace, value, say);
  return specs;
}

function parseFlagSpec(name: string, place: Place, tree: YamlTree, say: Say): FlagSpec {
  if (tree.kind !== "map") return { ...plainSpec(place), default: asFlagValue(tree, `flag ${name}`) };
  checkKeys(tree, { what: `flag ${name}`, keys: flagKeys, say });
  const read = <T>(key: string, reader: (tree: YamlTree, what: string) => T, fallback: T): T => {
    const value = field(tree, key);
    return value === null ? fallback : reader(value, `"${key}" of flag ${name}`);
  };
  const spec: FlagSpec = {
    default: read<FlagValue>("default", asFlagValue, null),
    description: read<string | null>("description", asText, null),
    type: read<FlagType>("type", (value, what) => asOneOf(value, flagTypes, what), "auto"),
    required: read("required", asBoolean, false),
    choices: read<Choice[] | null>("choices", (value) => asList(value).map((choice) => parseChoice(choice, name, say)), null),
    allowOther: read("allow-other", asBoolean, false),
    min: read<number | null>("min", asNumber, null),
    max: read<number | null>("max", asNumber, null),
    argName: read<string | null>("arg-name", asText, null),
    argSkip: read("arg-skip", asBoolean, false),
    argSwitch: read<FlagValue | undefined>("arg-switch", asFlagValue, undefined),
    argSplit: read<string | null>("arg-split", parseSplit, null),
    alias: read<string | null>("alias", asText, null),
    argEncoding: read<Encoding[]>("arg-encoding", parseEncoding, []),
    envName: read<string | null>("env-name", asText, null),
    envEncoding: read<Encoding[]>("env-encoding", parseEncoding, []),
    nullLabel: read<string | null>("null-label", asText, null),
    distribution: read<string | null>("distribution", asText, null),
    place,
  };
  if (spec.min !== null && spec.max !== null && spec.min > spec.max) {
    throw failure(
      field(tree, "min")?.place ?? place,
      `expected "min" of flag ${name} to be at most "max" (${spec.max}), found ${spec.min}`,
    );
  }
  return spec;
}

function parseChoice(tree: YamlTree, flag: string, say: Say): Choice {
  const what = `a choice of flag ${flag}`;
  if (tree.kind !== "map") return { value: asFlagValue(tree, what), description: null, alias: null, flags: {} };
  checkKeys(tree, { what, keys: choiceKeys, say });
  const value = field(tree, "value");
  if (value === null) throw failure(tree.place, `expected "value" in ${what}, found none`);
  const description = field(tree, "description");
  const alias = field(tree, "alias");
  const flags = field(tree, "flags");
  return {
    value: asFlagValue(value, what),
    description: description && asText(description, "a description"),
    alias: alias && asText(alias, `another name for ${what}`),
    flags: flags === null || isNull(flags) ? {} : flagValues(asMap(flags, `a map of flag values for ${what}`)),
  };
}

function flagValues(map: YamlMap): Flags {
  return Object.fromEntries(map.entries.map(({ key, value }) => [key, asFlagValue(value, `flag ${key}`)]));
}

/** `{yes: 'on', no: 'off'}`: keys are decoded as values are. */
function parseEncoding(tree: YamlTree, what: string): Encoding[] {
  return asMap(tree, `a map of values and words for ${what}`).entries.map(({ key, value }) => ({
    value: decodeFlag(key),
    text: isNull(value) ? "" : asText(value, `a word for ${key}`),
  }));
}

/** `yes` and `shlex` split like a shell, any other text splits at itself, `no` does not split. */
function parseSplit(tree: YamlTree, what: string): string | null {
  if (tree.kind === "scalar" && typeof tree.value === "boolean") return tree.value ? "shlex" : null;
  return asText(tree, `yes, no, shlex or a separator for ${what}`);
}

/**
 * A map of profiles, each a map of flag values. With `flags` (the operation's own) every flag must be one of them; a
 * model's profiles (`null`) may name flags that only some of its operations have.
 */
export function parseProfiles(tree: YamlTree, flags: readonly string[] | null): Record<string, Flags> {
  const profiles: Record<string, Flags> = {};
  for (const { key: name, value } of asMap(tree, "a map of profiles").entries) {
    const profile = asMap(value, `a map of flag values for profile ${name}`);
    profiles[name] = parseProfile(name, profile, flags);
  }
  return profiles;
}

function parseProfile(name: string, map: YamlMap, flags: readonly string[] | null): Flags {
  const values: Flags = {};
  for (const { key, keyPlace, value } of map.entries) {
    if (flags !== null && !flags.includes(key)) {
      const hint =
        didYouMean(key, flags) ?? (flags.length === 0 ? "The operation declares no flags." : `Flags: ${flags.join(", ")}.`);
      throw failure(keyPlace, `expected a flag of the operation in profile ${name}, found ${JSON.stringify(key)}`, hint);
    }
    values[key] = asFlagValue(value, `flag ${key} of profile ${name}`);
  }
  return values;
}
