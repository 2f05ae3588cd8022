/** Teaches a network to read handwritten digits, and tells how it goes. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { removeCheckpoints, writeCheckpoint } from "./checkpoint.ts";
import { parseTrainFlags } from "./flags.ts";
import { writeMistakes } from "./mistakes.ts";
import { createNetwork, parameterCount } from "./network.ts";
import { readPrepared } from "./prepared.ts";
import { outputDirectory, runProgram } from "./program.ts";
import { epochReporter } from "./progress.ts";
import { seededRandom } from "./random.ts";
import { formatPredictions, score } from "./score.ts";
import { startTraining } from "./training.ts";

const checkpoints = 5;

await runProgram("train", async () => {
  const flags = parseTrainFlags(process.argv.slice(2));
  const { train, val } = readPrepared();
  const random = seededRandom(flags.seed);
  const network = createNetwork(flags.model, flags.hidden, random);
  const training = startTraining(network, train, flags, random);
  console.log(
    `training ${flags.model} with ${parameterCount(network)} parameters on ${train.length} images, checking it on ${val.length}`,
  );

  const directory = outputDirectory();
  mkdirSync(directory, { recursive: true });
  removeCheckpoints(directory);
  const report = epochReporter(flags.epochs, Math.ceil(train.length / flags.batch));
  let checked = score(network, val);
  for (let epoch = 1; epoch <= flags.epochs; epoch++) {
    for (const step of training.epoch()) report.step(step);
    const wasFinite = Number.isFinite(checked.loss);
    checked = score(network, val);
    report.epoch(epoch, checked);
    if (wasFinite && !Number.isFinite(checked.loss)) {
      console.error(`the loss is ${checked.loss}: a learning rate of ${flags.lr} is too large`);
    }
    // At the end of each fifth of the training.
    if (Math.floor((epoch * checkpoints) / flags.epochs) > Math.floor(((epoch - 1) * checkpoints) / flags.epochs)) {
      console.log(`saved ${writeCheckpoint(directory, { epoch, step: report.steps(), network })}`);
    }
  }

  writeFileSync(join(directory, "predictions.csv"), formatPredictions(checked.predictions));
  console.log(await writeMistakes(directory, checked.predictions));
});
