import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { openExactLog } from "../../../scripts/record/exact-log.ts";
import { wholeLines } from "../../../src/run/lines.ts";
import { parseOutputLine, parseScalarLine } from "../../../src/run/log-lines.ts";

const test = suite("exact-log");
const folders: string[] = [];
test.after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "guild-log-"));
  folders.push(made);
  return made;
}

const unexpected = (message: string): never => {
  throw new Error(message);
};

test("everything has reached its file when the call returns", () => {
  const dir = folder();
  const log = openExactLog(dir, unexpected);
  log.output("o", Buffer.from("one\n"), 10);
  log.output("e", Buffer.from([0xff, 0, 10]), 20);
  log.scalars([
    { t: 10, k: "loss", v: Number.NaN, step: 0, src: "out" },
    { t: 10, k: "acc", v: 1, step: 0, src: "out" },
  ]);
  log.scalars([]);
  assert.ok(readFileSync(join(dir, "output.log")).equals(Buffer.from([...Buffer.from("one\n"), 0xff, 0, 10])));
  assert.equal(wholeLines(readFileSync(join(dir, "output.idx.jsonl"), "utf8")).lines.map(parseOutputLine), [
    { t: 10, s: "o", o: 0, n: 4 },
    { t: 20, s: "e", o: 4, n: 3 },
  ]);
  assert.equal(
    wholeLines(readFileSync(join(dir, "scalars.jsonl"), "utf8"))
      .lines.map(parseScalarLine)
      .map(({ k }) => k),
    ["loss", "acc"],
  );
  assert.not(existsSync(join(dir, "events.jsonl")), "made with the first event");
  log.event({ step: 1, t: 1, kind: "epoch", detail: "1" });
  assert.ok(existsSync(join(dir, "events.jsonl")));
  log.close();
});

test("a full disk is one warning, and the other files go on", () => {
  if (!existsSync("/dev/full")) return;
  const dir = folder();
  symlinkSync("/dev/full", join(dir, "output.log"));
  const warnings: string[] = [];
  const log = openExactLog(dir, (message) => warnings.push(message));
  for (let i = 0; i < 3; i += 1) log.output("o", Buffer.from("line\n"), i);
  log.scalars([{ t: 1, k: "loss", v: 1, step: 0, src: "out" }]);
  log.close();
  assert.is(warnings.length, 1);
  assert.match(warnings[0]!, /The disk is full \(ENOSPC\)/);
  assert.is(readFileSync(join(dir, "output.idx.jsonl"), "utf8"), "", "no index of bytes that are not there");
  assert.match(readFileSync(join(dir, "scalars.jsonl"), "utf8"), "loss");
});

test("a folder that is not there is a warning for each file, and nothing throws", () => {
  const warnings: string[] = [];
  const log = openExactLog("/no/such/folder", (message) => warnings.push(message));
  log.output("o", Buffer.from("line\n"), 0);
  log.sample({ t: 0, v: {} });
  log.close();
  assert.is(warnings.length, 4);
});

test.run();
