/** Bytes come out as they went in: any bytes, in order, in bounded memory, whoever listens. */
import { spawn } from "node:child_process";
import { openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { emptyFolder, program, recorded, removeFolders, runPlain, runWrapped, startWrapped } from "./_wrapped.ts";

const test = suite("pass-through");
test.after(removeFolders);

test("invalid UTF-8, NUL, colours and progress bars pass byte by byte, and the log holds the same bytes", async () => {
  const plain = await runPlain(program("odd-bytes.mjs"), emptyFolder());
  const { stdout, root } = await runWrapped(program("odd-bytes.mjs"));
  assert.ok(stdout.equals(plain.stdout));
  const { log, run, output } = recorded(root);
  assert.ok(log.equals(plain.stdout));
  assert.is(run.scalars.loss!.last.value, 0.25, "the last frame counts");
  assert.match(output, "\u001b[31mepoch 1\u001b[0m loss: 0.5\n", "colours stay in the public output");
  assert.not.match(output, "\0");
});

test("a line of 50 MB passes byte by byte in bounded memory, and the line after it is read", async () => {
  const root = emptyFolder();
  const memoryFile = join(root, "memory");
  const { stdout, code } = await runWrapped(program("long-line.mjs", "50"), { root, env: { WRAP_MEMORY: memoryFile } });
  assert.is(code, 0);
  assert.is(stdout.length, 50 * 1024 * 1024 + "\nloss: 0.5\n".length);
  const expected = Buffer.alloc(100_003, "0123456789abcdef");
  assert.ok(stdout.subarray(0, 100_003).equals(expected) && stdout.subarray(49 * 100_003, 50 * 100_003).equals(expected));
  const { run, log } = recorded(root);
  assert.ok(log.equals(stdout));
  assert.is(run.scalars.loss!.last.value, 0.5);
  const peak = Number(readFileSync(memoryFile, "utf8")) / 1024;
  assert.ok(peak < 250, `${peak} MB`);
});

test("stdout and stderr into one file stay in order", async () => {
  const root = emptyFolder();
  const file = openSync(join(root, "both.txt"), "w");
  const { finished } = startWrapped(program("alternate.mjs", "20000"), { root, stdio: ["ignore", file, file] });
  assert.is((await finished).code, 0);
  const expected = Array.from({ length: 20_000 }, (_, i) => `${i}\n`).join("");
  // What we say ourselves (not all lines were searched) stands among them.
  assert.is(readFileSync(join(root, "both.txt"), "utf8").replace(/guild: [^\n]*\n/g, ""), expected);
  const { manifest, log, index } = recorded(root);
  assert.ok(manifest.sharedOutput);
  assert.is(log.toString(), expected);
  assert.ok(index.every(({ s }) => s === "t"));
});

test("split streams stay split, and the index tells which bytes came from which", async () => {
  const { stdout, stderr, root } = await runWrapped(program("alternate.mjs", "100"));
  const numbers = (odd: number): string => Array.from({ length: 50 }, (_, i) => `${2 * i + odd}\n`).join("");
  assert.is(stdout.toString(), numbers(0));
  assert.is(stderr, numbers(1));
  const { log, index } = recorded(root);
  const part = (stream: string): string =>
    index
      .filter(({ s }) => s === stream)
      .map(({ o, n }) => log.subarray(o, o + n).toString())
      .join("");
  assert.is(part("o"), numbers(0));
  assert.is(part("e"), numbers(1));
  assert.ok(index.every(({ t }, i) => i === 0 || t >= index[i - 1]!.t));
});

test("a reader who goes away early (| head) loses the echo and nothing else", async () => {
  const root = emptyFolder();
  const { child, finished } = startWrapped(program("long-line.mjs", "5"), { root });
  child.stdout!.once("data", () => child.stdout!.destroy());
  assert.is((await finished).code, 0);
  const { log, run } = recorded(root);
  assert.is(log.length, 5 * 1024 * 1024 + "\nloss: 0.5\n".length);
  assert.is(run.status, "completed");
});

test("a closed stdout and stderr do not matter", async () => {
  const root = emptyFolder();
  const wrap = join(import.meta.dirname, "_wrap.ts");
  const words = [process.execPath, wrap, root, "--", ...program("train.mjs")].map((word) => `'${word}'`).join(" ");
  const shell = spawn("sh", ["-c", `exec ${words} >&- 2>&-`], { cwd: root, stdio: "ignore" });
  const code = await new Promise((done) => shell.on("close", done));
  assert.is(code, 0);
  assert.is(recorded(root).run.scalars["val/acc"]!.count, 3);
});

test("a stderr whose reader has gone does not change how we end", async () => {
  const { child, finished, root } = startWrapped(program("alternate.mjs", "20000"), { quiet: false });
  child.stderr!.once("data", () => child.stderr!.destroy());
  assert.is((await finished).code, 0);
  assert.is(recorded(root).log.toString().split("\n").length, 20_001);
});

test("a slow reader holds the command back instead of filling memory", async () => {
  const root = emptyFolder();
  const memoryFile = join(root, "memory");
  const { child, finished } = startWrapped(program("long-line.mjs", "50"), { root, env: { WRAP_MEMORY: memoryFile } });
  child.stdout!.pause();
  const log = await logOf(root);
  // Held back: the log stops growing long before the 50 MB are through.
  let [before, size] = [-1, log()];
  while (size !== before) {
    await new Promise((done) => setTimeout(done, 300));
    [before, size] = [size, log()];
  }
  assert.ok(size < 5 * 1024 * 1024, `${size} bytes were taken without a reader`);
  child.stdout!.resume();
  assert.is((await finished).stdout.length, 50 * 1024 * 1024 + "\nloss: 0.5\n".length);
  assert.ok(Number(readFileSync(memoryFile, "utf8")) / 1024 < 250);
});

async function logOf(root: string): Promise<() => number> {
  const { until, runIds } = await import("./_wrapped.ts");
  const { existsSync, statSync } = await import("node:fs");
  const path = (): string =>
    join(root, "runs", existsSync(join(root, "runs")) ? (runIds(root)[0] ?? "") : "", ".guild", "output.log");
  await until(() => existsSync(path()) && statSync(path()).size > 0, "the log begins");
  return () => statSync(path()).size;
}

test.run();
