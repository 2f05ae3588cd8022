import { defineCommand } from "./_contract.ts";
import { flagsAreWords, runOperation, splitModel } from "./_operation.ts";
import { operationOptions } from "./_record.ts";

export default defineCommand({
  group: "record",
  summary: "Record a run of the operation prepare of guild.yml",
  usage: ["prepare [MODEL] [FLAG=VALUE…] [options]"],
  examples: ["guild prepare", "guild prepare seed=1 --preview"],
  options: operationOptions,
  unknownOptionHint: flagsAreWords,
  run: async ({ options, words, rest }, shell) =>
    runOperation({ operation: "prepare", ...splitModel([...words, ...(rest ?? [])]) }, options, shell),
});
