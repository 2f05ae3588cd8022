import { defineCommand } from "./_contract.ts";
import { flagsAreWords, runOperation, splitModel } from "./_operation.ts";
import { operationOptions } from "./_record.ts";

export default defineCommand({
  group: "record",
  summary: "Record a run of evaluate on what the latest run of train left",
  usage: ["evaluate [MODEL] [FLAG=VALUE…] [--run RUN] [options]"],
  examples: ["guild evaluate", "guild evaluate --run 20261123T190119-7f3a"],
  options: {
    run: {
      type: "string",
      short: "r",
      value: "run",
      description: "the run to evaluate; its id, the beginning or the short name",
    },
    ...operationOptions,
  },
  unknownOptionHint: flagsAreWords,
  run: async ({ options, words, rest }, shell) =>
    runOperation({ operation: "evaluate", ...splitModel([...words, ...(rest ?? [])]) }, options, shell),
});
