import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { fitRun, openPublicRecord } from "../../../scripts/record/public-record.ts";
import { accumulate } from "../../../src/run/accumulate.ts";
import { makeRedactor } from "../../../src/run/redact.ts";
import { formatRun, parseRun } from "../../../src/run/run-file.ts";
import { parseSeries } from "../../../src/run/series-file.ts";
import { plainRun } from "../../src/run/_plain-run.ts";

const test = suite("public-record");
const folder = mkdtempSync(join(tmpdir(), "guild-public-"));
test.after(() => rmSync(folder, { recursive: true }));
const redactor = makeRedactor({ home: null, hostname: null, user: null, root: null, runDir: null });
const output = join(folder, "output.log");

function contentDir(name: string): string {
  return mkdtempSync(join(folder, name));
}

test("the largest run that there can be keeps 250 KB", async () => {
  writeFileSync(output, "line of output\n".repeat(100_000));
  const log = accumulate();
  for (let step = 0; step < 2000; step += 1) {
    for (let tag = 0; tag < 400; tag += 1)
      log.scalar({ t: step * 1234, k: `layer/${tag}/loss`, v: Math.sin(step * tag), step, src: "out" });
    log.event({ step, t: step, kind: "epoch", detail: String(step) });
    const v = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`sys/dev${i}/read_bytes`, Math.cos(step * i) * 1e9]));
    log.sample({ t: step * 1e6, v });
  }
  const content = contentDir("large");
  const files = Array.from({ length: 200 }, (_, i) => ({ path: `checkpoints/step-${i}.pt`, bytes: 1e9, sha256: "f".repeat(64) }));
  await openPublicRecord(content, output, redactor).write({ ...plainRun(), files }, log);
  const sizes = Object.fromEntries(readdirSync(content).map((name) => [name, statSync(join(content, name)).size]));
  const total = Object.values(sizes).reduce((sum, size) => sum + size, 0);
  assert.ok(total <= 250_000, JSON.stringify(sizes));
  assert.ok(
    sizes["series.json"]! <= 128_000 && sizes["system.json"]! <= 64_000 && sizes["output.txt"]! <= 48_000,
    JSON.stringify(sizes),
  );
  const run = parseRun(JSON.parse(readFileSync(join(content, "run.json"), "utf8")));
  assert.ok(Object.keys(run.scalars).length > 50);
  assert.ok(parseSeries(JSON.parse(readFileSync(join(content, "series.json"), "utf8"))).length > 50);
});

test("an ordinary run is not cut", () => {
  const run = plainRun();
  assert.is(fitRun(run), run);
});

test("only what has changed is written again", async () => {
  writeFileSync(output, "loss: 1\n");
  const content = contentDir("unchanged");
  const log = accumulate();
  const record = openPublicRecord(content, output, redactor);
  await record.write(plainRun(), log);
  const inode = (name: string): number => statSync(join(content, name)).ino;
  const before = ["run.json", "series.json", "output.txt"].map(inode);
  await record.write({ ...plainRun(), updated: "2026-11-23T20:00:00.000Z" }, log);
  const after = ["run.json", "series.json", "output.txt"].map(inode);
  assert.is.not(after[0], before[0]);
  assert.equal(after.slice(1), before.slice(1));
});

test("nothing half-written is left in the folder", async () => {
  const content = contentDir("clean");
  await openPublicRecord(content, output, redactor).write(plainRun(), accumulate());
  assert.equal(readdirSync(content).sort(), ["events.json", "output.txt", "run.json", "series.json", "system.json"]);
});

test("a person's files are not touched", async () => {
  const content = contentDir("edited");
  writeFileSync(join(content, "edits.yml"), "label: mine\n");
  await openPublicRecord(content, output, redactor).write(plainRun(), accumulate());
  assert.is(readFileSync(join(content, "edits.yml"), "utf8"), "label: mine\n");
});

test("long words of a command are cut in public", () => {
  const run = {
    ...plainRun(),
    command: ["sh", "-c", "x".repeat(200_000)],
    flags: { text: "y".repeat(100_000), list: new Array(50_000).fill(1) },
  };
  const fitted = fitRun(run);
  assert.ok(Buffer.byteLength(formatRun(fitted)) <= 60_000);
  assert.is(fitted.command[2]!.length, 501);
});

test.run();
