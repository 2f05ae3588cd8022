import { createHash } from "node:crypto";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { sha256 } from "../../../src/run/sha256.ts";

const test = suite("sha256");

test("agrees with Node for empty, short, block-sized and long texts, and beyond ASCII", () => {
  const texts = [
    "",
    "abc",
    "x".repeat(55),
    "x".repeat(56),
    "x".repeat(63),
    "x".repeat(64),
    "x".repeat(1000),
    "Zürich 日本 🚂",
    "\ud800lone",
  ];
  for (const text of texts) {
    assert.is(sha256(text), createHash("sha256").update(text, "utf8").digest("hex"), JSON.stringify(text.slice(0, 20)));
  }
});

test.run();
