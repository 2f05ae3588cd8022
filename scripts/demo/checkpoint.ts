/** A network on disk: JSON, with where it stood in its training. */
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Layer, Network } from "./network.ts";

export interface Checkpoint {
  epoch: number;
  step: number;
  network: Network;
}

const namePattern = /^checkpoint-(\d+)\.json$/;

/** Writes `checkpoint-<epoch>.json` into an existing directory, whole or not at all, and gives its name back. */
export function writeCheckpoint(directory: string, { epoch, step, network }: Checkpoint): string {
  const name = `checkpoint-${String(epoch).padStart(4, "0")}.json`;
  const layers = network.map((layer) => ({ ...layer, weights: [...layer.weights], biases: [...layer.biases] }));
  // JSON has no NaN: weights that have overflown become null, which `parseCheckpoint` refuses.
  writeFileSync(join(directory, `${name}.part`), `${JSON.stringify({ epoch, step, layers })}\n`);
  renameSync(join(directory, `${name}.part`), join(directory, name));
  return name;
}

/** Clears a directory of checkpoints: those of an earlier, longer training would be taken for the newest. */
export function removeCheckpoints(directory: string): void {
  for (const name of namesIn(directory)) if (namePattern.test(name)) rmSync(join(directory, name));
}

/** Reads the checkpoint of the highest epoch in a run's directory. Throws an Error when there is none or it is broken. */
export function readLastCheckpoint(directory: string): Checkpoint & { name: string } {
  const epochOf = (name: string) => Number(namePattern.exec(name)?.[1]);
  const names = namesIn(directory).filter((name) => namePattern.test(name));
  const name = names.sort((a, b) => epochOf(a) - epochOf(b)).at(-1);
  if (name === undefined) throw new Error("no checkpoint-….json in the run's directory: choose a run that has got that far");
  try {
    return { name, ...parseCheckpoint(JSON.parse(readFileSync(join(directory, name), "utf8"))) };
  } catch (cause) {
    throw new Error(`cannot use ${name}: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}

/** Looks at what came out of a file until it is a checkpoint, or throws an Error that says why it is not. */
export function parseCheckpoint(raw: unknown): Checkpoint {
  if (!isRecord(raw) || !Array.isArray(raw.layers)) throw new Error("it is not a checkpoint of this program");
  const network = raw.layers.map(parseLayer);
  network.forEach((layer, depth) => {
    const below = network[depth - 1];
    if (below !== undefined && below.outputs !== layer.inputs) throw new Error(`layer ${depth} does not fit onto the one below`);
  });
  return { epoch: count(raw.epoch, "epoch"), step: count(raw.step, "step"), network };
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch (cause) {
    throw new Error("the run's directory is not here: its checkpoints stay on the machine that trained", { cause });
  }
}

function parseLayer(raw: unknown, depth: number): Layer {
  if (!isRecord(raw)) throw new Error(`layer ${depth} is missing`);
  const inputs = count(raw.inputs, "inputs");
  const outputs = count(raw.outputs, "outputs");
  return {
    inputs,
    outputs,
    weights: numbers(raw.weights, inputs * outputs, `weights of layer ${depth}`),
    biases: numbers(raw.biases, outputs, `biases of layer ${depth}`),
  };
}

function numbers(raw: unknown, length: number, what: string): Float64Array {
  if (!Array.isArray(raw) || raw.length !== length) throw new Error(`expected ${length} ${what}`);
  if (raw.includes(null)) throw new Error(`the ${what} have overflown, this training diverged`);
  if (!raw.every((value) => typeof value === "number")) throw new Error(`the ${what} are not all numbers`);
  return Float64Array.from(raw);
}

function count(raw: unknown, what: string): number {
  if (typeof raw !== "number" || !Number.isSafeInteger(raw) || raw < 0) throw new Error(`${what} is not a whole number`);
  return raw;
}

function isRecord(raw: unknown): raw is Record<string, unknown> {
  return typeof raw === "object" && raw !== null && !Array.isArray(raw);
}
