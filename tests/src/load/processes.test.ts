import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { bootId, isAlive, startOf } from "../../../src/load/processes.ts";

const test = suite("processes");

test("a process is alive by its number and its start; another that has its number is not it", () => {
  const start = startOf(process.pid);
  if (start === null) return console.log("  skipped: no /proc here");
  assert.ok(isAlive(process.pid, start));
  assert.ok(isAlive(process.pid, null));
  assert.not(isAlive(process.pid, "1"));
  assert.not(isAlive(2 ** 22 + 1, null));
  assert.is(bootId()?.length, 36);
});

test("a zombie is dead: in a container nobody may ever reap it", async () => {
  if (!existsSync("/proc/self/stat")) return console.log("  skipped: no /proc here");
  // A child that ends, of a shell that has become a program which waits for nobody.
  const parent = spawn("sh", ["-c", "sleep 0.2 & echo $!; exec cat"], { stdio: ["pipe", "pipe", "inherit"] });
  const [text] = await once(parent.stdout, "data");
  const pid = Number(String(text));
  const state = (): string => readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]![0]!;
  for (const end = Date.now() + 10_000; state() !== "Z"; ) {
    assert.ok(Date.now() < end, `it is ${state()}`);
    await new Promise((done) => setTimeout(done, 5));
  }
  assert.ok(startOf(pid) !== null, "it is still there");
  assert.not(isAlive(pid, startOf(pid)));
  parent.stdin.end();
  await once(parent, "exit");
});

test.run();
