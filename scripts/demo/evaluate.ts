/** Lets a trained network read digits that it has never seen, and measures how long it takes for one. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readLastCheckpoint } from "./checkpoint.ts";
import type { Digit } from "./digits.ts";
import { parseEvaluateFlags } from "./flags.ts";
import { writeMistakes } from "./mistakes.ts";
import { type Network, predict } from "./network.ts";
import { readPrepared } from "./prepared.ts";
import { outputDirectory, runProgram } from "./program.ts";
import { formatPredictions, score } from "./score.ts";

await runProgram("evaluate", async () => {
  const { repeats } = parseEvaluateFlags(process.argv.slice(2));
  const { name, network, epoch } = readLastCheckpoint(process.env.PARENT_RUN_DIR ?? "data/out");
  const { test } = readPrepared();
  console.log(`reading ${test.length} test images with ${name}, trained for ${epoch} epochs`);

  const { loss, accuracy, predictions } = score(network, test);
  console.log(`test_acc: ${accuracy.toFixed(4)}`);
  console.log(`test_loss: ${loss.toFixed(4)}`);

  // The first rounds are not counted: the engine is still compiling, the caches are cold.
  latencies(network, test, Math.ceil(repeats / 5));
  const timed = latencies(network, test, repeats).sort((a, b) => a - b);
  console.log(`latency_p50_ms: ${percentile(timed, 0.5).toFixed(4)}`);
  console.log(`latency_p95_ms: ${percentile(timed, 0.95).toFixed(4)}`);

  const directory = outputDirectory();
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, "predictions.csv"), formatPredictions(predictions));
  console.log(await writeMistakes(directory, predictions));
});

/** Milliseconds for each single image, all images `repeats` times over. */
function latencies(network: Network, digits: readonly Digit[], repeats: number): number[] {
  const timed: number[] = [];
  for (let round = 0; round < repeats; round++) {
    for (const { pixels } of digits) {
      const start = performance.now();
      predict(network, pixels);
      timed.push(performance.now() - start);
    }
  }
  return timed;
}

/** The value that the given share of sorted numbers does not exceed (nearest rank). NaN for none. */
function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
