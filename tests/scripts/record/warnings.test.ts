import { PassThrough } from "node:stream";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { makeWarnings } from "../../../scripts/record/warnings.ts";

const test = suite("warnings");

function said(messages: string[]): { text: string; kept: string[] } {
  const stderr = new PassThrough();
  const warnings = makeWarnings(stderr);
  for (const message of messages) warnings.warn(message);
  return { text: String(stderr.read() ?? ""), kept: warnings.said() };
}

test("each sentence is said once", () => {
  assert.is(said(["one", "two", "one"]).text, "guild: one\nguild: two\n");
});

test("a full disk is said at the first file, and all are kept for the manifest", () => {
  const { text, kept } = said(["a: ENOSPC: no space left", "b: ENOSPC: no space left", "c"]);
  assert.is(text, "guild: a: ENOSPC: no space left\nguild: c\n");
  assert.is(kept.length, 3);
});

test.run();
