import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { parseCheckpoint, readLastCheckpoint, removeCheckpoints, writeCheckpoint } from "../../../scripts/demo/checkpoint.ts";
import { createNetwork } from "../../../scripts/demo/network.ts";
import { seededRandom } from "../../../scripts/demo/random.ts";

const test = suite("checkpoint");
let directory = "";
const network = createNetwork("mlp", 3, seededRandom(1));
test.before.each(() => {
  directory = mkdtempSync(join(tmpdir(), "guildhall-checkpoint-"));
});
test.after.each(() => rmSync(directory, { recursive: true }));

test("a network comes back to the last bit, with where it stood", () => {
  assert.is(writeCheckpoint(directory, { epoch: 12, step: 408, network }), "checkpoint-0012.json");
  assert.equal(readLastCheckpoint(directory), { name: "checkpoint-0012.json", epoch: 12, step: 408, network });
  assert.equal(readdirSync(directory), ["checkpoint-0012.json"]);
});

test("the highest epoch counts, however many digits it has", () => {
  for (const epoch of [9999, 10000, 5]) writeCheckpoint(directory, { epoch, step: epoch, network });
  assert.is(readLastCheckpoint(directory).epoch, 10000);
});

test("clearing leaves other files alone", () => {
  writeCheckpoint(directory, { epoch: 1, step: 1, network });
  writeFileSync(join(directory, "notes.json"), "{}");
  removeCheckpoints(directory);
  assert.equal(readdirSync(directory), ["notes.json"]);
});

test("a directory without checkpoints, and none at all, say so", () => {
  assert.throws(() => readLastCheckpoint(directory), /^no checkpoint-….json/);
  assert.throws(() => readLastCheckpoint(join(directory, "gone")), /^the run's directory is not here/);
});

test("a file cut short is named", () => {
  const name = writeCheckpoint(directory, { epoch: 3, step: 9, network });
  writeFileSync(join(directory, name), readFileSync(join(directory, name), "utf8").slice(0, 200));
  assert.throws(() => readLastCheckpoint(directory), /^cannot use checkpoint-0003\.json: /);
});

test("weights that have overflown are refused with the reason", () => {
  const diverged = createNetwork("softmax", 1, seededRandom(1));
  diverged[0]!.weights[0] = Number.NaN;
  writeCheckpoint(directory, { epoch: 1, step: 1, network: diverged });
  assert.throws(() => readLastCheckpoint(directory), /the weights of layer 0 have overflown, this training diverged$/);
});

const layer = { inputs: 2, outputs: 1, weights: [0.5, 0.5], biases: [0] };
for (const [what, raw, message] of [
  ["null", null, /not a checkpoint of this program$/],
  ["a list", [], /not a checkpoint of this program$/],
  ["no layers", { epoch: 1, step: 1 }, /not a checkpoint of this program$/],
  ["a layer that is null", { epoch: 1, step: 1, layers: [null] }, /^layer 0 is missing$/],
  ["too few weights", { epoch: 1, step: 1, layers: [{ ...layer, weights: [1] }] }, /^expected 2 weights of layer 0$/],
  ["a weight of text", { epoch: 1, step: 1, layers: [{ ...layer, weights: [1, "2"] }] }, /not all numbers$/],
  ["layers that do not fit", { epoch: 1, step: 1, layers: [layer, layer] }, /^layer 1 does not fit/],
  ["half an epoch", { epoch: 0.5, step: 1, layers: [layer] }, /^epoch is not a whole number$/],
] as const) {
  test(`${what} is refused`, () => assert.throws(() => parseCheckpoint(raw), message));
}

test.run();
