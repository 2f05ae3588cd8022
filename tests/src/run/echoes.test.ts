import { suite } from "uvu";
import * as assert from "uvu/assert";
import { echoes } from "../../../src/run/echoes.ts";
import { mainMetric } from "../../../src/run/goals.ts";
import type { ScalarSource } from "../../../src/run/types.ts";
import { aRun, bareProject, course } from "../views/_runs.ts";

const test = suite("echoes");

function told(tags: Record<string, ScalarSource>) {
  const run = aRun({});
  run.scalars = Object.fromEntries(Object.entries(tags).map(([tag, source]) => [tag, { ...course([1, 2]), source }]));
  return run;
}

test("what is printed under the name of what a file tells is an echo", () => {
  const run = told({
    val_acc: "out",
    "val/acc": "events",
    loss: "out",
    "train/loss": "events",
    Val_Loss: "out",
    "val/loss": "file",
  });
  assert.equal([...echoes([run])], ["val_acc", "Val_Loss"]);
  assert.is(mainMetric([run], bareProject), "val/acc");
});

test("a tag that one run prints and another writes is no echo, and without files there is none", () => {
  assert.equal([...echoes([told({ val_acc: "out" }), told({ val_acc: "events", "val/acc": "events" })])], []);
  assert.equal([...echoes([told({ val_acc: "out", "val/acc": "out" })])], []);
  assert.equal([...echoes([])], []);
});

test.run();
