import { existsSync, mkdirSync, readFileSync, rmdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { appendTo } from "../../../scripts/record/appender.ts";
import { emptyFolder, removeFolders } from "./_wrapped.ts";

const test = suite("appender");
test.after(removeFolders);

const unexpected = (message: string): never => {
  throw new Error(message);
};

test("goes on with a file that is there; a line that a crash has torn is closed first", () => {
  const path = join(emptyFolder(), "scalars.jsonl");
  writeFileSync(path, "whole\ntor");
  const file = appendTo(path, { lines: true, warn: unexpected });
  file.append("next\n");
  file.append("and next\n");
  file.close();
  assert.is(readFileSync(path, "utf8"), "whole\ntor\nnext\nand next\n");
  assert.is(file.size, readFileSync(path).length);
});

test("bytes that are no lines are appended as they are", () => {
  const path = join(emptyFolder(), "output.log");
  writeFileSync(path, "no end");
  const file = appendTo(path, { lines: false, warn: unexpected });
  assert.is(file.size, 6);
  file.append(Buffer.from([0xff, 0]));
  file.close();
  assert.ok(readFileSync(path).equals(Buffer.from([...Buffer.from("no end"), 0xff, 0])));
});

test("a full disk is one warning; it is tried again a second later, and what is missing is counted", () => {
  if (!existsSync("/dev/full")) return console.log("  skipped: no /dev/full here");
  const folder = emptyFolder();
  const path = join(folder, "output.log");
  symlinkSync("/dev/full", path);
  const warnings: string[] = [];
  let nowMs = 0;
  const file = appendTo(path, { lines: false, warn: (message) => warnings.push(message), nowMs: () => nowMs });
  assert.not(file.append("one\n"));
  assert.not(file.append("two\n"), "not tried again at once");
  nowMs = 1500;
  assert.not(file.append("three\n"));
  assert.is(file.lost, 14);
  assert.equal(warnings, ["The disk is full (ENOSPC): nothing more is recorded until there is room. The command goes on."]);
  file.close();
});

test("a file that cannot be opened yet is opened when it can be", () => {
  const path = join(emptyFolder(), "events.jsonl");
  mkdirSync(path);
  const warnings: string[] = [];
  let nowMs = 0;
  const file = appendTo(path, { lines: true, warn: (message) => warnings.push(message), nowMs: () => nowMs });
  assert.not(file.append("one\n"));
  assert.is(warnings.length, 1);
  rmdirSync(path);
  nowMs = 2000;
  assert.ok(file.append("two\n"));
  file.close();
  assert.not(file.append("three\n"), "closed is closed");
  assert.is(readFileSync(path, "utf8"), "two\n");
});

test.run();
