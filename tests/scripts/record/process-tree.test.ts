import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { makeProcessTree } from "../../../scripts/record/process-tree.ts";
import { program } from "./_wrapped.ts";

const test = suite("process-tree");
const folders: string[] = [];
test.after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** A /proc with these processes: pid → [parent, session, environment]. */
function fakeProc(processes: Record<number, [parent: number, session: number, environment?: string]>) {
  const root = mkdtempSync(join(tmpdir(), "guild-proc-"));
  folders.push(root);
  const add = (pid: number, [parent, session, environment = ""]: [number, number, string?]): void => {
    mkdirSync(join(root, String(pid)));
    writeFileSync(
      join(root, String(pid), "stat"),
      `${pid} (a ) name) S ${parent} ${pid} ${session} 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 5 0 0 0`,
    );
    writeFileSync(join(root, String(pid), "environ"), `HOME=/\0${environment}\0`);
  };
  for (const [pid, process] of Object.entries(processes)) add(Number(pid), process);
  return { root, add, remove: (pid: number) => rmSync(join(root, String(pid)), { recursive: true }) };
}

test("descendants, sessions that they began, and the run's mark belong; the shell's session does not", () => {
  const { root } = fakeProc({
    10: [1, 10], // the user's shell
    11: [10, 10], // an editor in the same session
    100: [10, 10], // the command
    101: [100, 10],
    102: [101, 102], // a grandchild with a session of its own
    103: [1, 102], // left that one, found by its session
    104: [1, 1, "GUILD_RUN_ID=me"], // re-parented, found by its mark
    105: [1, 1, "GUILD_RUN_ID=other"],
  });
  const tree = makeProcessTree(100, "me", root);
  tree.refresh();
  assert.equal(tree.pids(), [100, 101, 102, 103, 104]);
});

test("who belonged once belongs until its end, whoever its parent is now", () => {
  const proc = fakeProc({ 100: [1, 1], 101: [100, 1] });
  const tree = makeProcessTree(100, "me", proc.root);
  tree.refresh();
  proc.remove(101);
  proc.add(101, [1, 1]);
  tree.refresh();
  assert.equal(tree.pids(), [100, 101]);
  proc.remove(100);
  proc.remove(101);
  tree.refresh();
  assert.equal(tree.pids(), []);
});

test("where looking takes long, it is done less often", () => {
  const { root, add } = fakeProc({ 100: [1, 1] });
  let [now, used] = [0, 0];
  // Each look uses 15 ms.
  const tree = makeProcessTree(100, "me", root, {
    now: () => now,
    used() {
      used += 15;
      return used;
    },
  });
  tree.refresh();
  add(101, [100, 1]);
  tree.refresh();
  assert.equal(tree.pids(), [100]);
  now += 2999;
  tree.refresh();
  assert.equal(tree.pids(), [100]);
  now += 1;
  tree.refresh();
  assert.equal(tree.pids(), [100, 101]);
});

test("without /proc the tree is the command alone", () => {
  const tree = makeProcessTree(100, "me", "/no/such/proc");
  tree.refresh();
  assert.equal(tree.pids(), [100]);
});

const onLinux = process.platform === "linux" ? test : test.skip;

onLinux("finds real workers, one of them orphaned", async () => {
  const [command = "", ...args] = program("workers.mjs");
  const child = spawn(command, args, {
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, GUILD_RUN_ID: "real-workers" },
  });
  await new Promise((done) => child.stdout.once("data", done));
  const tree = makeProcessTree(child.pid!, "real-workers", "/proc");
  tree.refresh();
  assert.is(tree.pids()[0], child.pid);
  assert.is(tree.pids().length, 3, "the program, its worker, and the orphan");
  const orphan = Math.max(...tree.pids());
  child.stdin.end();
  await new Promise((done) => child.once("close", done));
  for (const pid of tree.pids()) if (pid !== child.pid) tryToKill(pid);
  assert.ok(orphan > 0);
});

function tryToKill(pid: number): void {
  try {
    process.kill(pid);
  } catch {
    // it has ended by itself
  }
}

test.run();
