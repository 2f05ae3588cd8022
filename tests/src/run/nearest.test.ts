import { test } from "uvu";
import * as assert from "uvu/assert";
import { editDistance, nearest } from "../../../src/run/nearest.ts";

test("finds the word with a slip", () => {
  assert.is(nearest("trian", ["prepare", "train", "evaluate"]), "train");
  assert.is(nearest("Evaluate", ["evaluate"]), "evaluate");
  assert.is(nearest("eval", ["prepare", "evaluate"]), "evaluate");
  assert.is(nearest("learnig_rate", ["learning_rate", "lr"]), "learning_rate");
});

test("says nothing when nothing is near", () => {
  assert.is(nearest("publish", ["train", "evaluate"]), null);
  assert.is(nearest("x", ["train"]), null);
  assert.is(nearest("a", ["b"]), null);
  assert.is(nearest("", ["train"]), null);
  assert.is(nearest("train", []), null);
});

test("counts inserts, deletes, changes and swaps", () => {
  assert.is(editDistance("", "abc"), 3);
  assert.is(editDistance("abc", ""), 3);
  assert.is(editDistance("abc", "abc"), 0);
  assert.is(editDistance("kitten", "sitting"), 3);
  assert.is(editDistance("ab", "ba"), 1);
});

test.run();
