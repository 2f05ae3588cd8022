import { suite } from "uvu";
import * as assert from "uvu/assert";
import { fieldOf } from "../../../src/views/field.ts";
import { aRun, bareProject } from "./_runs.ts";

const test = suite("fieldOf");
const runs = [
  aRun({ val_acc: [0.1, 0.99] }, { lr: 1 }, { status: "running", durationSeconds: null }),
  aRun({ val_acc: [0.1, 0.9, 0.8], foo: [1, 2] }, { lr: 2, seed: 1 }),
  aRun({ val_acc: [0.1, 0.92] }, { lr: 2, seed: 2 }),
];
const of = (question: string) => fieldOf(question, runs, bareProject);

test("best is the leading configuration's mean, and says over what", () => {
  assert.equal(of("best val_acc"), { value: "0.91", note: "0.90–0.92 over 2 seeds", href: `/runs/${runs[2]!.id}/` });
  assert.equal(of("val_acc"), of("best val_acc"));
});

test("the other readings look at completed runs", () => {
  const value = (question: string) => (of(question) as { value?: string }).value;
  assert.is(value("last val_acc"), "0.8");
  assert.is(value("first val_acc"), "0.1");
  assert.is(value("max val_acc"), "0.92");
  assert.is(value("min val_acc"), "0.1");
  assert.is(value("count val_acc"), "3");
  assert.is(value("mean foo"), "1.5");
  assert.is(value("runs"), "3");
  assert.is(value("duration"), "20 s");
});

test("a metric that nobody has gives the nearest names and no crash", () => {
  const { problem } = of("best vall_acc") as { problem: string };
  assert.match(problem, 'No completed run here has a metric "vall_acc". Nearest: val_acc.');
  assert.match((of("zzzzzzzz") as { problem: string }).problem, "There are: val_acc, foo.");
  assert.match((fieldOf("x", [], bareProject) as { problem: string }).problem, "No run has any metric.");
});

test("best of something without a goal is a question that has no answer", () => {
  assert.match((of("best foo") as { problem: string }).problem, "has no goal");
});

test.run();
