import { defineCommand } from "./_contract.ts";
import { flagsAreWords, runOperation, splitModel } from "./_operation.ts";
import { operationOptions } from "./_record.ts";

export default defineCommand({
  group: "record",
  summary: "Record a run of the operation train of guild.yml",
  usage: ["train [MODEL] [FLAG=VALUE…] [-p PROFILE] [options]"],
  examples: [
    "guild train",
    "guild train lr=0.1 epochs=5",
    "guild train -p quick --label 'first try'",
    "guild train lr=0.1 --preview",
  ],
  options: operationOptions,
  unknownOptionHint: flagsAreWords,
  run: async ({ options, words, rest }, shell) =>
    runOperation({ operation: "train", ...splitModel([...words, ...(rest ?? [])]) }, options, shell),
});
