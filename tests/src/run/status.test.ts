import { suite } from "uvu";
import * as assert from "uvu/assert";
import { deriveStatus, endStatus, type MachineFacts, publicStatus } from "../../../src/run/status.ts";
import { plainManifest } from "./_plain-manifest.ts";
import { plainRun } from "./_plain-run.ts";

const test = suite("status");

const running = { ...plainManifest(), status: "running" as const, stopped: null };
const here: MachineFacts = { nowMs: Date.parse(running.updated), bootId: running.bootId, isAlive: () => false };
const alive = (pid: number) => (asked: number) => asked === pid;

test("what has ended is believed", () => {
  for (const status of ["completed", "error", "terminated"] as const)
    assert.is(deriveStatus({ ...running, status }, here), status);
});

test("running is believed while the recorder or the command lives, else the run is lost", () => {
  assert.is(deriveStatus(running, { ...here, isAlive: alive(running.recorder.pid) }), "running");
  assert.is(deriveStatus(running, { ...here, isAlive: alive(running.child!.pid) }), "running");
  assert.is(deriveStatus(running, here), "lost");
  assert.is(deriveStatus({ ...running, child: null }, here), "lost");
});

test("after a reboot it is lost, whoever has its process number now", () => {
  assert.is(deriveStatus(running, { ...here, bootId: "another", isAlive: () => true }), "lost");
});

test("the start of the process is asked for too", () => {
  const asked: unknown[] = [];
  deriveStatus(running, { ...here, isAlive: (pid, start) => asked.push([pid, start]) < 0 });
  assert.equal(asked, [
    [running.recorder.pid, running.recorder.start],
    [running.child!.pid, running.child!.start],
  ]);
});

test("on another machine the heartbeat decides", () => {
  const elsewhere = { ...here, host: "other", bootId: "another" };
  const updated = Date.parse(running.updated);
  assert.is(deriveStatus(running, { ...elsewhere, nowMs: updated + 60_000 }), "running");
  assert.is(deriveStatus(running, { ...elsewhere, nowMs: updated + 600_000 }), "lost");
  assert.is(deriveStatus(running, { ...elsewhere, nowMs: updated + 600_000, heartbeatMs: updated + 590_000 }), "running");
});

test("a public record is lost when it is silent for longer than it promised", () => {
  const run = { ...plainRun(), status: "running" as const, stopped: null, intervalSeconds: 15 };
  const updated = Date.parse(run.updated);
  assert.is(publicStatus(run, updated + 100_000), "running");
  assert.is(publicStatus(run, updated + 121_000), "lost");
  assert.is(publicStatus({ ...run, status: "completed" }, updated + 1e9), "completed");
  assert.is(publicStatus({ ...run, status: "lost" }, updated + 1000), "running");
});

test("a run that was closed by the second recorder, its exit unknown, stays lost", () => {
  const closed = { ...running, status: "lost" as const, stopped: running.updated };
  assert.is(deriveStatus(closed, { ...here, isAlive: () => true }), "lost");
  assert.is(publicStatus(closed, Date.parse(running.updated)), "lost");
});

test("how a run ended", () => {
  assert.is(endStatus(0, null), "completed");
  assert.is(endStatus(1, null), "error");
  assert.is(endStatus(null, "SIGKILL"), "error");
  assert.is(endStatus(null, "SIGSEGV"), "error");
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) assert.is(endStatus(null, signal), "terminated");
  for (const code of [129, 130, 143]) assert.is(endStatus(code, null), "terminated");
  assert.is(endStatus(137, null), "error");
  assert.is(endStatus(null, null), "lost", "nobody saw how: never a guess");
});

test.run();
