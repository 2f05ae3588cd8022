import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { openOutputText, outputText } from "../../../scripts/record/output-text.ts";
import { makeRedactor } from "../../../src/run/redact.ts";

const test = suite("output-text");
const folder = mkdtempSync(join(tmpdir(), "guild-output-"));
test.after(() => rmSync(folder, { recursive: true }));

const redactor = makeRedactor({ home: "/home/ada", hostname: "workshop", user: "ada", root: null, runDir: null });
const SECRET = `ghp_${"a1B2".repeat(9)}`;

function shown(output: string | Uint8Array): string {
  const path = join(folder, "output.log");
  writeFileSync(path, output);
  return outputText(path, redactor);
}

test("short output stands as it is, no output is empty", () => {
  assert.is(shown("one\ntwo\n"), "one\ntwo\n");
  assert.is(shown(""), "");
  assert.is(outputText(join(folder, "missing"), redactor), "");
});

test("colours stay; cursor movements, titles and control characters go", () => {
  assert.is(
    shown("\u001b[1;31mred\u001b[0m \u001b[2K\u001b[3Aup\u0007 \u001b]0;title\u0007x\0y\n"),
    "\u001b[1;31mred\u001b[0m up xy\n",
  );
});

test("of a redrawn line its last frame stands", () => {
  assert.is(shown("10%\r50%\r100%\ndone\r\n"), "100%\ndone\n");
  assert.is(shown(`7/7${"\b".repeat(70)}7/7 done\n`), "7/7 done\n");
});

test("long output keeps its beginning and end in whole lines, and says what is missing", () => {
  const lines = Array.from({ length: 20_000 }, (_, i) => `line ${i}\n`);
  const text = shown(lines.join(""));
  assert.ok(Buffer.byteLength(text) <= 48_000, `${Buffer.byteLength(text)} bytes`);
  assert.match(text, /^line 0\nline 1\n/);
  assert.match(text, /line 19999\n$/);
  assert.match(text, /\n\[… about [\d,]+ bytes left out …\]\nline \d+\n/);
});

test("secrets go, wherever the cut is", () => {
  for (const before of [0, 22_980, 22_990, 23_000, 30_000]) {
    const text = shown(`${"x".repeat(before)} ${SECRET} ${"y".repeat(60_000)} ${SECRET}${"z".repeat(22_985)}\n`);
    assert.not.match(text, SECRET.slice(0, 12), `beginning, ${before}`);
    assert.not.match(text, SECRET.slice(-12), `end, ${before}`);
  }
  assert.not.match(shown(`token ${SECRET}\nin /home/ada/x on workshop\n`), /ghp_|ada|workshop/);
});

test("one endless line, and a text that redaction makes longer, keep the budget", () => {
  assert.ok(Buffer.byteLength(shown("x".repeat(1_000_000))) <= 48_000);
  assert.ok(Buffer.byteLength(shown("workshop ".repeat(5_100))) <= 48_000);
  assert.ok(Buffer.byteLength(shown("\u20ac".repeat(100_000))) <= 48_000);
  assert.ok(Buffer.byteLength(shown(Buffer.alloc(46_000, 0xff))) <= 48_000);
});

test("bytes that are not UTF-8 become replacement signs", () => {
  assert.is(shown(Uint8Array.from([0x61, 0xff, 0x0a])), "a\ufffd\n");
});

test("while a log grows the same is shown as if it were read anew", () => {
  const path = join(folder, "growing.log");
  const now = openOutputText(path, redactor);
  assert.is(now(), "");
  for (let line = 0; line < 6000; line += 1) {
    appendFileSync(path, `line ${line} of ${SECRET}\n`);
    if (line % 500 === 0) assert.is(now(), outputText(path, redactor));
  }
  assert.is(now(), outputText(path, redactor));
  assert.is(now(), now());
  assert.not.match(now(), SECRET);
});

test.run();
