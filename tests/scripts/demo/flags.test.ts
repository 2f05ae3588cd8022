import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { parseEvaluateFlags, parsePrepareFlags, parseTrainFlags } from "../../../scripts/demo/flags.ts";
import { readGuildFile } from "../../../src/load/project.ts";

const operations = readGuildFile(join(import.meta.dirname, "../../..")).models[0]!.operations;
const declared = (name: string) =>
  Object.fromEntries(Object.entries(operations[name]!.flags).map(([flag, spec]) => [flag, spec.default]));

test("guild.yml declares the programs' flags with the programs' defaults", () => {
  assert.equal(declared("train"), parseTrainFlags([]));
  assert.equal(declared("prepare"), parsePrepareFlags([]));
  assert.equal(declared("evaluate"), parseEvaluateFlags([]));
});

test("flags are read as --name value", () => {
  const argv = ["--batch", "8", "--epochs", "3", "--hidden", "9", "--lr", "1e-3", "--model", "softmax", "--seed", "0"];
  assert.equal(parseTrainFlags(argv), { batch: 8, epochs: 3, hidden: 9, lr: 0.001, model: "softmax", seed: 0 });
});

for (const [argv, message] of [
  [["--model", "forest"], /^invalid --model forest: expected softmax or mlp$/],
  [["--lr", "0"], /^invalid --lr 0: expected a number above 0$/],
  [["--lr", "NaN"], /^invalid --lr NaN/],
  [["--hidden", "0"], /^invalid --hidden 0: expected a whole number of at least 1$/],
  [["--epochs", "2.5"], /^invalid --epochs 2.5/],
  [["--batch", ""], /^invalid --batch : expected/],
  [["--seed=-1"], /^invalid --seed -1/],
  [["--depth", "3"], /Unknown option '--depth'/],
  [["mlp"], /Unexpected argument 'mlp'/],
] as const) {
  test(`train ${argv.join(" ")} is refused`, () => assert.throws(() => parseTrainFlags([...argv]), message));
}

test.run();
