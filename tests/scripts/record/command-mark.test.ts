import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { release } from "node:os";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { awaitEnd, findCommand, parseEnd, parseMark } from "../../../scripts/record/command-mark.ts";
import { startOf } from "../../../src/load/processes.ts";
import { program } from "./_wrapped.ts";

const test = suite("command-mark");
const [major = 0, minor = 0] = release().split(".").map(Number);
const tells = process.platform === "linux" && (major > 6 || (major === 6 && minor >= 15));

test("reads what the guard was told, and nothing else", () => {
  assert.equal(parseMark("4711 1163807"), { pid: 4711, start: "1163807" });
  assert.equal(parseMark("4711 "), { pid: 4711, start: null });
  for (const text of ["", " ", "x", "-1 2"]) assert.is(parseMark(text), null);
  assert.equal(parseEnd("3 -"), { exitCode: 3, signal: null });
  assert.equal(parseEnd("- SIGKILL"), { exitCode: null, signal: "SIGKILL" });
  for (const text of ["", "- -", "- SIGNAL"]) assert.is(parseEnd(text), null);
});

for (const [how, end] of [
  ["0", { exitCode: 0, signal: null }],
  ["7", { exitCode: 7, signal: null }],
  ["SIGKILL", { exitCode: null, signal: "SIGKILL" }],
] as const) {
  test(`learns that a process ended with ${how}, though somebody else is its parent`, async () => {
    if (!tells) return console.log("  skipped: this kernel does not tell (Linux 6.15 does)");
    // The shell in between waits for our word, so that the process is there when it is looked at.
    const [node = "", script = "", word = ""] = program("exit-with.mjs", how);
    const child = spawn("sh", ["-c", 'read go; exec "$@"', "sh", node, script, word], { stdio: ["pipe", "ignore", "ignore"] });
    const waiting = awaitEnd({ pid: child.pid!, start: startOf(child.pid!) }, "/proc");
    setImmediate(() => child.stdin.end("go\n"));
    assert.equal(await waiting, end);
  });
}

test("a process that is gone, or another that has its number now, has an end that nobody knows", async () => {
  assert.is(await awaitEnd({ pid: 2 ** 22 + 1, start: "1" }, "/proc"), null);
  if (existsSync("/proc/self")) assert.is(await awaitEnd({ pid: process.pid, start: "1" }, "/proc"), null);
});

test("a command that nobody told of is found by its run's id in its environment", async () => {
  if (!existsSync("/proc/self")) return console.log("  skipped: no /proc here");
  const id = `20261123T190119-${process.pid.toString(16).padStart(8, "0")}`;
  assert.is(findCommand(id, "/proc"), null);
  const child = spawn("cat", [], { env: { ...process.env, GUILD_RUN_ID: id }, stdio: ["pipe", "pipe", "ignore"] });
  child.stdin.write("ready");
  await new Promise((done) => child.stdout.once("data", done));
  assert.equal(findCommand(id, "/proc"), { pid: child.pid, start: startOf(child.pid!) });
  child.stdin.end();
});

test.run();
