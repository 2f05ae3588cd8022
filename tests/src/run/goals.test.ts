import { suite } from "uvu";
import * as assert from "uvu/assert";
import { goalOf, mainMetric, rankedMetrics } from "../../../src/run/goals.ts";
import type { Run, ScalarSummary } from "../../../src/run/types.ts";

const bare = { metrics: {} };
const summary = { count: 5 } as ScalarSummary; // only the names matter here
const runOf = (...tags: string[]) => ({ scalars: Object.fromEntries(tags.map((tag) => [tag, summary])) }) as unknown as Run; // only scalars are looked at

const goals = suite("goalOf");

for (const [tag, goal] of [
  ["val/acc", "max"],
  ["test_accuracy", "max"],
  ["top5", "max"],
  ["f1", "max"],
  ["episode_reward", "max"],
  ["images_per_s", "max"],
  ["tokens/s", "max"],
  ["loss", "min"],
  ["valLoss", "min"],
  ["acc_loss", "min"],
  ["latency_p50_ms", "min"],
  ["perplexity", "min"],
  ["lr", null],
  ["loss_scale", null],
  ["epoch", null],
  ["foo", null],
  ["", null],
  ["accordion", null],
] as const) {
  goals(`${tag || "an empty name"} → ${goal}`, () => assert.is(goalOf(tag, bare), goal));
}

goals("a declaration wins over the name", () => {
  const metrics = { loss: { goal: "max" as const, unit: null, primary: false }, acc: { goal: null, unit: null, primary: true } };
  assert.is(goalOf("loss", { metrics }), "max");
  assert.is(goalOf("acc", { metrics }), "max", "a declaration without a goal leaves it to the name");
});

goals.run();

const main = suite("mainMetric");

main("is null without scalars", () => {
  assert.is(mainMetric([], bare), null);
  assert.is(mainMetric([runOf()], bare), null);
});

main("follows the field's ranking", () => {
  const ranking = [
    "test/acc",
    "val_acc",
    "val_auc",
    "test_loss",
    "valid/loss",
    "acc",
    "auc",
    "loss",
    "train_acc",
    "train/loss",
    "latency_ms",
    "lr",
  ];
  assert.equal(rankedMetrics([runOf(...[...ranking].reverse())], bare), ranking);
});

main("prefers what is declared primary, if a run has it", () => {
  const metrics = { "lat/p95": { goal: "min" as const, unit: null, primary: true } };
  assert.is(mainMetric([runOf("val_acc", "lat/p95")], { metrics }), "lat/p95");
  assert.is(mainMetric([runOf("val_acc")], { metrics }), "val_acc");
});

main("of equal ranks takes the one that more runs have, then the first", () => {
  assert.is(mainMetric([runOf("a"), runOf("b"), runOf("b")], bare), "b");
  assert.is(mainMetric([runOf("b", "a")], bare), "b");
});

main.run();
