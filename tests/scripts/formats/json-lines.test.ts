import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import jsonLines from "../../../scripts/formats/json-lines.ts";
import { Collected, readAll } from "./_findings.ts";

const test = suite("json-lines");
const folder = mkdtempSync(join(tmpdir(), "guild-jsonl-"));
test.after(() => rmSync(folder, { recursive: true }));

function file(text: string): string {
  const path = join(folder, "metrics.jsonl");
  writeFileSync(path, text);
  return path;
}

test("leaves of objects are tags; text, lists and lines without a step are none", () => {
  const { lines, damage } = readAll(
    jsonLines.open(
      file(
        '{"config":{"lr":0.1}}\n{"step":1,"train":{"loss":0.5,"lr":0.1},"note":"a","list":[1]}\n{"step":2,"train":{"loss":0.25}}\n',
      ),
    ),
  );
  assert.equal(lines, ["train/loss@1=0.5", "train/lr@1=0.1", "train/loss@2=0.25"]);
  assert.equal(damage, []);
});

test("Python's bare NaN and Infinity are numbers, and stay text inside text", () => {
  const { lines } = readAll(jsonLines.open(file('{"step": 1, "loss": NaN, "x": -Infinity, "note": "NaN: oh"}\n')));
  assert.equal(lines, ["loss@1=NaN", "x@1=-Infinity"]);
});

test("it is read as it grows, and a file written anew with the same beginning tells only what is new", () => {
  const path = file('{"step":1,"loss":3}\n');
  const tail = jsonLines.open(path);
  const told = new Collected();
  tail.read(told, 1 << 20);
  appendFileSync(path, '{"step":2,"lo');
  tail.read(told, 1 << 20);
  assert.equal(told.lines, ["loss@1=3"]);
  appendFileSync(path, 'ss":2}\n{"step":3,');
  tail.read(told, 1 << 20);
  writeFileSync(path, '{"step":1,"loss":3}\n{"step":2,"loss":2}\n{"step":3,"loss":1}\n');
  tail.end(told);
  assert.equal(told.lines, ["loss@1=3", "loss@2=2", "loss@3=1"]);
});

test("a line that is no JSON is told as damaged with its number; the rest is read", () => {
  const { lines, damage } = readAll(jsonLines.open(file('{"step":1,"loss":3}\nnonsense\n{"step":2,"loss":2}\n{"step":3,"lo')));
  assert.equal(lines, ["loss@1=3", "loss@2=2"]);
  assert.equal(damage, ["line 2: not a JSON object", "line 4: not a JSON object"]);
});

test("data sets and configurations are no such files", () => {
  const recognises = (name: string, text: string): boolean => jsonLines.recognises(name, Buffer.from(text));
  assert.ok(recognises("log.jsonl", '{"config":1}\n{"epoch":1,"loss":2}\n'));
  assert.ok(recognises("metrics.json", '{"iteration":19,"total_loss":1.5}\n'));
  for (const text of ['{"text":"step","label":1}\n', '{\n  "step": 1\n}\n', '{"step":1,"loss":2}', "step: 1\n", ""])
    assert.not(recognises("x.jsonl", text), text);
  assert.not(recognises("x.py", '{"step":1,"loss":2}\n'));
});

test.run();
