/** The flags of the demo's programs, as `--name value`. guild.yml declares the same ones with the same defaults. */
import { type ParseArgsOptionsConfig, parseArgs } from "node:util";
import { type Model, models } from "./network.ts";

export interface TrainFlags {
  model: Model;
  lr: number;
  /** Hidden units; without effect for softmax. */
  hidden: number;
  epochs: number;
  /** Images in a mini-batch. */
  batch: number;
  seed: number;
}

const trainOptions = {
  model: { type: "string", default: "mlp" },
  lr: { type: "string", default: "0.05" },
  hidden: { type: "string", default: "128" },
  epochs: { type: "string", default: "80" },
  batch: { type: "string", default: "32" },
  seed: { type: "string", default: "1" },
} as const;

/** Reads train's flags. Throws an Error with the flag and its value where it cannot be that. */
export function parseTrainFlags(argv: string[]): TrainFlags {
  const values = valuesOf(argv, trainOptions);
  const model = models.find((known) => known === values.model);
  if (model === undefined) throw new Error(`invalid --model ${values.model}: expected ${models.join(" or ")}`);
  return {
    model,
    lr: positive("lr", values.lr),
    hidden: whole("hidden", values.hidden, 1),
    epochs: whole("epochs", values.epochs, 1),
    batch: whole("batch", values.batch, 1),
    seed: whole("seed", values.seed, 0),
  };
}

/** Reads prepare's only flag, the seed that decides who lands in which part. */
export function parsePrepareFlags(argv: string[]): { seed: number } {
  const values = valuesOf(argv, { seed: { type: "string", default: "0" } });
  return { seed: whole("seed", values.seed, 0) };
}

/** Reads evaluate's only flag: how often each image is timed. */
export function parseEvaluateFlags(argv: string[]): { repeats: number } {
  const values = valuesOf(argv, { repeats: { type: "string", default: "100" } });
  return { repeats: whole("repeats", values.repeats, 1) };
}

/** What Node says of flags that it does not know is meant for people: it becomes an Error of ours. */
function valuesOf<T extends ParseArgsOptionsConfig>(args: string[], options: T) {
  try {
    return parseArgs({ args, options }).values;
  } catch (cause) {
    throw new Error(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (text === "" || !Number.isFinite(value) || value <= 0)
    throw new Error(`invalid --${name} ${text}: expected a number above 0`);
  return value;
}

function whole(name: string, text: string, least: number): number {
  const value = Number(text);
  if (text === "" || !Number.isSafeInteger(value) || value < least) {
    throw new Error(`invalid --${name} ${text}: expected a whole number of at least ${least}`);
  }
  return value;
}
