/** The options of a batch, and whether what was typed is one. */
import type { Operation } from "../../src/load/operation-spec.ts";
import { type FlagWord, formatFlag, parseFlagWords } from "../../src/run/flags.ts";
import { domainOf } from "../project/batch/domain.ts";
import type { OptionSpec, OptionValues } from "./_contract.ts";

export const batchOptions: Record<string, OptionSpec> = {
  jobs: { type: "number", short: "j", value: "n", description: "trials of a batch beside each other (1)" },
  "max-trials": { type: "number", short: "m", value: "n", description: "at most so many trials, chosen by chance (20)" },
  "random-seed": { type: "number", value: "n", description: "the same seed draws the same trials" },
  optimizer: { type: "string", short: "o", value: "name", description: "how trials are found: grid, random or optuna" },
  minimize: { type: "string", short: "N", value: "scalar", description: "less of it is better" },
  maximize: { type: "string", short: "X", value: "scalar", description: "more of it is better" },
  needed: { type: "boolean", description: "leave out what has completed with these flags and this code" },
  resume: { type: "string", value: "batch", description: "go on with a batch that was stopped" },
  verbose: { type: "boolean", description: "what trials print, each line with the trial's number" },
};

/** The flags of an operation or a script, and the batch files behind it. */
export interface BatchWords {
  flags: FlagWord[];
  /** Paths behind `@`. */
  files: string[];
  others: string[];
}

/** Sorts `name=value`, `@file` and the rest. */
export function batchWords(words: readonly string[]): BatchWords {
  const { flags, words: others } = parseFlagWords(words);
  const isFile = (word: string) => word.startsWith("@") && word.length > 1;
  return { flags, files: others.filter(isFile).map((word) => word.slice(1)), others: others.filter((word) => !isFile(word)) };
}

/**
 * Values of guild.yml that make a batch of themselves: lists and spaces, of the profile or else as default. A list of a flag that is
 * passed in several words is one value.
 */
export function listDefaults(operation: Operation, profile: string | null, typed: readonly FlagWord[]): FlagWord[] {
  const chosen = profile === null ? {} : (operation.profiles[profile] ?? {});
  return Object.entries(operation.flags).flatMap(([name, spec]) => {
    if (typed.some((flag) => flag.name === name) || spec.argSplit !== null) return [];
    const value = Object.hasOwn(chosen, name) ? (chosen[name] ?? null) : spec.default;
    const text = typeof value === "string" ? value : formatFlag(value);
    return domainOf(name, text).kind === "one" ? [] : [{ name, text }];
  });
}

/** Is this more than one run, or one that may not be needed? */
export function asksForBatch({ flags, files }: Pick<BatchWords, "flags" | "files">, options: OptionValues): boolean {
  if (files.length > 0 || options.optimizer !== undefined || options.resume !== undefined || options.needed === true) return true;
  return flags.some(({ name, text }) => domainOf(name, text).kind !== "one");
}
