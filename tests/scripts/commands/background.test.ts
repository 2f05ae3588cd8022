/** `--background`, `guild watch` and `guild stop`, typed as a person types them. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { isAlive } from "../../../src/load/processes.ts";
import { launcher, makeProject, type TestProject } from "../_project.ts";

const test = suite("background");
const project: TestProject = makeProject({
  "until-told.mjs": `
process.on("SIGTERM", () => { console.log("bye"); process.exit(4); });
console.log("pid " + process.pid);
console.log("loss: 0.5");
setInterval(() => {}, 1000);`,
  "stubborn.mjs": `
import { spawn } from "node:child_process";
process.on("SIGTERM", () => {});
const worker = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore", detached: true });
console.log("worker " + worker.pid);
setInterval(() => {}, 1000);`,
});
test.after(() => project.remove());

function begin(...words: string[]): string {
  const { status, stdout, stderr } = project.guild("run", "--background", ...words);
  assert.is(status, 0, stderr);
  const id = stdout.trim();
  assert.match(id, /^\d{8}T\d{6}-[0-9a-f]{4}$/);
  assert.match(stderr, `guild watch ${id}`);
  assert.match(stderr, `guild stop ${id}`);
  return id;
}

/** `guild watch` beside us, and a promise of the first output that holds `text`. */
function watch(id: string): { child: ChildProcess; printed: (text: string) => Promise<string> } {
  const child = spawn(process.execPath, [launcher, "watch", id], { cwd: project.root, stdio: ["ignore", "pipe", "pipe"] });
  let all = "";
  let look = () => {};
  child.stdout!.setEncoding("utf8").on("data", (text: string) => {
    all += text;
    look();
  });
  const printed = (text: string): Promise<string> =>
    new Promise((done, failed) => {
      look = () => all.includes(text) && done(all);
      child.once("close", () => failed(new Error(`ended without ${text}: ${all}`)));
      look();
    });
  return { child, printed };
}

test("a run in the background is watched and stopped, and whoever watches ends with its code", async () => {
  const id = begin("--", process.execPath, "until-told.mjs");
  const watcher = watch(id);
  await watcher.printed("loss: 0.5\n");
  const ended = once(watcher.child, "close");
  const stopped = project.guild("stop", id.slice(0, -1));
  assert.is(stopped.status, 0, stopped.stderr);
  assert.match(stopped.stdout, /sent TERM to process \d+\n.* has ended: error\n/);
  assert.equal(await ended, [4, null]);
  assert.equal([project.run(id).status, project.run(id).exitCode], ["error", 4]);
  assert.is(project.run(id).scalars.loss?.last.value, 0.5);
  // All of it once more, when it is over; a second stop says that there is nothing to stop.
  const again = project.guild("watch", id);
  assert.is(again.status, 4);
  assert.match(again.stdout, /^pid \d+\nloss: 0\.5\nbye\n$/);
  assert.match(again.stderr, `${id} error (exit code 4)`);
  const twice = project.guild("stop", id);
  assert.is(twice.status, 1);
  assert.match(twice.stderr, "it has ended (error)");
});

test("--kill ends the command and what it has started", async () => {
  const id = begin("--", process.execPath, "stubborn.mjs");
  const watcher = watch(id);
  const worker = Number(/worker (\d+)/.exec(await watcher.printed("\n"))?.[1]);
  const ended = once(watcher.child, "close");
  assert.match(project.guild("stop", "--kill", id).stdout, /sent KILL to 2 processes\n.* has ended: error\n/);
  assert.equal(await ended, [137, null]);
  assert.not(isAlive(worker, null));
});

test("the recorder has no terminal, no input and a session of its own", () => {
  const id = begin("--", "sh", "-c", "cut -d' ' -f6,7 /proc/$PPID/stat; echo $PPID; cat; test -t 1 || echo no terminal");
  const { stdout, status } = project.guild("watch", id);
  assert.is(status, 0);
  const [session = "", recorder] = stdout.split("\n");
  assert.is(session, `${recorder} 0`);
  assert.match(stdout, /no terminal\n$/);
});

test("what cannot be started is said here, with its own exit code, and nothing is left of it", () => {
  const before = project.runs();
  const { status, stdout, stderr } = project.guild("run", "--background", "--", "no-such-command");
  assert.is(status, 127);
  assert.is(stdout, "");
  assert.match(stderr, "Command not found: no-such-command");
  assert.equal(project.runs(), before);
});

test("a long output: its end, where the rest is, and all of it when asked for", () => {
  const id = begin("--", process.execPath, "-e", 'for (let i = 1; i <= 20000; i++) console.log("line " + i)');
  const all = project.guild("watch", "--all", id);
  assert.is(all.stdout, Array.from({ length: 20_000 }, (_, i) => `line ${i + 1}\n`).join(""));
  const tail = project.guild("watch", id);
  assert.match(tail.stdout, /^line \d+\n/);
  assert.ok(all.stdout.endsWith(tail.stdout) && tail.stdout.length <= 64 * 1024 && tail.stdout.length > 60 * 1024);
  assert.match(tail.stderr, join("runs", id, ".guild", "output.log"));
});

test("runs are named as everywhere, and mistakes are said", () => {
  for (const command of ["stop", "watch"]) {
    assert.match(project.guild(command).stderr, `Expected a run after guild ${command}`);
    assert.match(project.guild(command, "ffff-no").stderr, 'There is no run "ffff-no" here');
    assert.match(project.guild(command, project.runs()[0]!.slice(0, 4)).stderr, /fits \d+ runs/);
  }
});

test.run();
