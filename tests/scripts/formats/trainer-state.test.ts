import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import trainerState from "../../../scripts/formats/trainer-state.ts";
import { Collected, readAll } from "./_findings.ts";

const test = suite("trainer-state");
const tables = join(import.meta.dirname, "../../fixtures/tables");
const folder = mkdtempSync(join(tmpdir(), "guild-trainer-"));
test.after(() => rmSync(folder, { recursive: true }));
const path = join(folder, "trainer_state.json");

test("the history is told once, however often the file is written anew", () => {
  copyFileSync(join(tables, "trainer_state-40.json"), path);
  const tail = trainerState.open(path);
  const told = new Collected();
  tail.read(told, 1);
  assert.is(told.lines.filter((line) => line.startsWith("loss@")).length, 8);
  copyFileSync(join(tables, "trainer_state-60.json"), path);
  tail.end(told);
  assert.is(told.lines.filter((line) => line.startsWith("loss@")).length, 12);
  assert.equal(told.lines.filter((line) => line.startsWith("eval_loss@")).length, 3);
  assert.ok(told.lines.includes("loss@5=4.749118804931641"));
});

test("a file that is half written is read when it is whole; at the end it is told as damaged", () => {
  writeFileSync(path, '{"log_history": [{"step": 1, "loss": NaN}');
  const tail = trainerState.open(path);
  const told = new Collected();
  tail.read(told, 1);
  assert.equal([told.lines, told.damage], [[], []]);
  writeFileSync(path, '{"log_history": [{"step": 1, "loss": NaN}, {"step": 2, "loss": 0.5}]}');
  tail.read(told, 1);
  writeFileSync(path, '{"log_hist');
  tail.end(told);
  assert.equal(told.lines, ["loss@1=NaN", "loss@2=0.5"]);
  assert.equal(told.damage, ["it is not JSON: its last writing is cut short"]);
});

test("what an older run has left is told to nobody; another history begins again", () => {
  const history = (...losses: number[]): string =>
    JSON.stringify({ log_history: losses.map((loss, index) => ({ step: index + 1, loss })) });
  writeFileSync(path, history(3, 2));
  const tail = trainerState.open(path, 1);
  writeFileSync(path, history(3, 2, 1));
  assert.equal(readAll(tail).lines, ["loss@3=1"]);
  const other = trainerState.open(path);
  const told = new Collected();
  other.read(told, 1);
  writeFileSync(path, history(9, 8));
  other.end(told);
  assert.equal(told.lines.slice(3), ["restart@1", "loss@1=9", "loss@2=8"]);
});

test("only that file is such a file", () => {
  assert.ok(trainerState.recognises("out/checkpoint-40/trainer_state.json", Buffer.from("{")));
  assert.not(trainerState.recognises("state.json", Buffer.from("{")));
  assert.equal(readAll(trainerState.open(join(folder, "gone.json"))).lines, []);
});

test.run();
