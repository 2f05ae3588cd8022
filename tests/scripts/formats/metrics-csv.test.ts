import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import csv from "../../../scripts/formats/metrics-csv.ts";
import { Collected, readAll } from "./_findings.ts";

const test = suite("metrics-csv");
const tables = join(import.meta.dirname, "../../fixtures/tables");
const folder = mkdtempSync(join(tmpdir(), "guild-csv-"));
test.after(() => rmSync(folder, { recursive: true }));

function file(text: string, name = "metrics.csv"): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}
const recognises = (name: string, text: string): boolean => csv.recognises(name, Buffer.from(text));

test("Lightning's sparse table: each cell that holds something is a point at its row's step", () => {
  const { lines, damage } = readAll(csv.open(join(tables, "lightning.csv")));
  const first = lines.filter((line) => line.startsWith("train_loss"))[0];
  assert.is(first, "train_loss@4=2.028909921646118");
  assert.is(lines.filter((line) => line.startsWith("val_acc@")).length, 5);
  assert.ok(lines.includes("epoch@4=0"), "the epoch is told beside the step");
  assert.equal(damage, []);
});

test("Keras' table: the epoch is the step", () => {
  const { lines } = readAll(csv.open(join(tables, "keras.csv")), 64);
  assert.ok(lines.includes("val_loss@1=0.43266889452934265"));
  assert.ok(lines.includes("accuracy@0=0.7379361391067505"));
});

test("a header that grows because the file is written anew tells only what is new", () => {
  const path = file("step,loss\n1,0.5\n2,0.4\n");
  const tail = csv.open(path);
  const told = new Collected();
  tail.read(told, 1 << 20);
  writeFileSync(path, "step,loss,val_loss\n1,0.5,\n2,0.4,\n2,,0.45\n3,0.3,\n");
  tail.read(told, 1 << 20);
  tail.end(told);
  assert.equal(told.lines, ["loss@1=0.5", "loss@2=0.4", "val_loss@2=0.45", "loss@3=0.3"]);
});

test("another table under the same name begins again", () => {
  const path = file("step,loss\n1,0.5\n2,0.4\n");
  const tail = csv.open(path);
  const told = new Collected();
  tail.read(told, 1 << 20);
  writeFileSync(path, "step,loss\n1,0.9\n2,0.8\n3,0.7\n");
  tail.end(told);
  assert.equal(told.lines, ["loss@1=0.5", "loss@2=0.4", "restart@1", "loss@1=0.9", "loss@2=0.8", "loss@3=0.7"]);
});

test("a torn row waits for its end; at the end it counts only when it is whole", () => {
  const path = file("epoch,loss,acc\n0,0.5,0.1\n1,0.4");
  const tail = csv.open(path);
  const told = new Collected();
  tail.read(told, 1 << 20);
  assert.is(told.lines.length, 3);
  appendFileSync(path, ",0.2\n2,0.3");
  tail.end(told);
  assert.ok(told.lines.includes("acc@1=0.2") && !told.lines.some((line) => line.includes("@2")));
  assert.equal(told.damage, ["the last row is cut short"]);
});

test("what was there before the run is told to nobody", () => {
  const before = "step,loss\n1,0.5\n2,0.4\n";
  const path = file(before);
  const tail = csv.open(path, before.length);
  appendFileSync(path, "3,0.3\n");
  assert.equal(readAll(tail).lines, ["loss@3=0.3"]);
});

test("NaN, infinities, missing cells, quotes, padding, tabs, times and Windows line ends", () => {
  const { scalars } = readAll(
    csv.open(
      file('epoch ,"train, loss",acc,name,timestamp\r\n0,nan,NA,a,1700000000.5\r\n1,-inf,1e-3,b,2023-11-14T22:13:21Z\r\n'),
    ),
  );
  assert.equal(scalars, [
    ["epoch", 0, 1700000000.5, 0],
    ["train, loss", 0, 1700000000.5, Number.NaN],
    ["epoch", 1, 1700000001, 1],
    ["train, loss", 1, 1700000001, Number.NEGATIVE_INFINITY],
    ["acc", 1, 1700000001, 0.001],
  ]);
  assert.equal(readAll(csv.open(file("step\tloss\n7\t0.25\n"))).lines, ["loss@7=0.25"]);
});

test("SB3 and Ultralytics name their steps differently", () => {
  assert.equal(readAll(csv.open(file("rollout/ep_rew_mean,time/total_timesteps\n9.5,2048\n"))).lines, [
    "rollout/ep_rew_mean@2048=9.5",
  ]);
  assert.equal(readAll(csv.open(file("                  epoch,         train/box_loss\n 1, 1.5\n"))).lines, [
    "epoch@1=1",
    "train/box_loss@1=1.5",
  ]);
});

test("only tables with a step and numbers are such files", () => {
  assert.ok(recognises("a/metrics.csv", "step,loss\n1,2\n"));
  assert.ok(recognises("training.log", "epoch,loss\n"));
  for (const [name, text] of [
    ["data.csv", "id,label\n1,2\n"],
    ["data.csv", "step,word\n1,a\nb,c\n".replace("1,a", "one,a")],
    ["train.log", "epoch 1, loss 2\n"],
    ["metrics.csv", "step,loss"],
    ["metrics.md", "step,loss\n1,2\n"],
    ["empty.csv", ""],
  ])
    assert.not(recognises(name!, text!), `${name}: ${text}`);
});

test("a file that is gone, and one of odd bytes, harm nobody", () => {
  const gone = csv.open(join(folder, "gone.csv"));
  assert.equal(readAll(gone).lines, []);
  const odd = file("x", "odd.csv");
  writeFileSync(odd, Buffer.concat([Buffer.from("step,loss\n"), Buffer.from([0xff, 0, 0x22, 10]), Buffer.from("1,0.5\n")]));
  assert.ok(readAll(csv.open(odd)).lines.includes("loss@1=0.5"));
  assert.is(readFileSync(odd).length, 20);
});

test.run();
