/** Lines of real programs with what is to be read in them, whole outputs with what was printed, and output that holds nothing. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { packageManagerLines, scalarsIn, scoreCases } from "../../../../scripts/bench/detector-cases.ts";
import { isObject } from "../../../../src/run/shape.ts";
import { announceSkip } from "../../../runner/skip.ts";

const test = suite("cases");

for (const name of ["scalar-lines.json", "held-out.json"]) {
  test(`every case of ${name} is read, and nothing besides`, () => {
    const { wrong, cases, precision, recall } = scoreCases(name);
    assert.equal(wrong, []);
    assert.ok(cases >= 40);
    assert.equal([precision, recall], [1, 1]);
  });
}

test("10,000 lines of apt, dpkg, pip and npm hold no scalar", () => {
  const lines = packageManagerLines();
  assert.ok(lines.length > 10_000);
  assert.equal(scalarsIn(lines), []);
});

// Terminal output of real trackers with their true values: beside the repository, on the machine where it is made.
const outputs = join(import.meta.dirname, "../../../../../shared/fixtures");
if (existsSync(join(outputs, "EXPECTED.json"))) {
  for (const { files, scalars } of printedRuns()) {
    for (const file of files) {
      test(`${file} gives the values that were printed`, () => {
        const read = readTags(file);
        for (const [tag, { points, first, last }] of Object.entries(scalars)) {
          const values = read.get(tag) ?? [];
          assert.equal([tag, values.length, values[0], values.at(-1)], [tag, points, String(first), String(last)]);
        }
      });
    }
  }
  for (const [file, tags] of Object.entries(libraries())) {
    test(`${file} gives ${Object.keys(tags).join(", ")}`, () => {
      const read = readTags(file);
      for (const [tag, points] of Object.entries(tags)) assert.is(read.get(tag)?.length, points, tag);
    });
  }
} else {
  announceSkip("outputs of other trackers are not here (../shared/fixtures)");
}

/** How many points a person counts in the outputs of libraries. */
function libraries(): Record<string, Record<string, number>> {
  return {
    "xgboost.pty.txt": { "train-mlogloss": 30, "eval-merror": 30 },
    "lightgbm.pty.txt": { "train's multi_logloss": 30, "valid's multi_error": 30 },
    "keras.pty.txt": { val_accuracy: 13, val_loss: 13 },
    "hf-trainer.pty.txt": { loss: 28, eval_loss: 7, train_loss: 2 },
  };
}

interface Truth {
  points: number;
  first: number | string;
  last: number | string;
}

function printedRuns(): { files: string[]; scalars: Record<string, Truth> }[] {
  // Python wrote it: NaN stands there bare.
  const text = readFileSync(join(outputs, "EXPECTED.json"), "utf8").replace(/: NaN\b/g, ": null");
  const expected: unknown = JSON.parse(text);
  assert.ok(isObject(expected) && isObject(expected.tools) && isObject(expected.tools.stdout));
  // Ours to trust: a file of truths that is given, read by a test.
  const runs = expected.tools.stdout.runs as { files: string[]; scalars: Record<string, Truth> }[];
  const there = new Set(readdirSync(join(outputs, "stdout")));
  return runs.map(({ files, scalars }) => ({
    files: files.filter((file) => there.has(file) && !file.includes("stderr")),
    scalars,
  }));
}

/** Tag → values as text, in order. */
function readTags(file: string): Map<string, string[]> {
  const tags = new Map<string, string[]>();
  for (const scalar of scalarsIn(readFileSync(join(outputs, "stdout", file), "utf8").split("\n"))) {
    const [, tag = "", value = ""] = /^(.*)@[^@]*=(\S+)$/.exec(scalar) ?? [];
    tags.set(tag, [...(tags.get(tag) ?? []), value]);
  }
  return tags;
}

test.run();
