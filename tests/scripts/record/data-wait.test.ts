/** What a real loop waited for, recorded by the real recorder. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { DerivedFigure } from "../../../src/run/types.ts";
import { PROGRAMS, recorded, removeFolders, runWrapped } from "./_wrapped.ts";

const test = suite("data-wait");
test.after(removeFolders);

const python = spawnSync("python3", ["-c", ""]).status === 0;
const counted = existsSync("/proc/self/schedstat") && !readFileSync("/proc/self/schedstat", "utf8").startsWith("0 ");
if (!python || !counted) console.error("SKIPPED: these tests need python3 and a Linux that counts /proc/PID/schedstat");
const withPython = python && counted ? test : test.skip;

/** Long enough for the warm-up to go and three seconds to stay, whatever else the machine does. */
const SECONDS = "6";
const loop = join(PROGRAMS, "waiting-loop.py");

async function waited(command: string[]): Promise<{ dataWait: DerivedFigure; slept: number }> {
  const { root } = await runWrapped(command);
  const { run, log } = recorded(root);
  if (run.derived === null) throw new Error("nothing was derived");
  return { dataWait: run.derived.dataWait, slept: Number(/slept ([\d.]+)/.exec(log.toString())?.[1]) };
}

for (const share of ["0.4", "0", "0.8"]) {
  withPython(`a loop that sleeps ${share} of its time in the loader reads so, within five points`, async () => {
    const { dataWait, slept } = await waited(["python3", loop, share, SECONDS]);
    assert.ok(dataWait.value !== null, dataWait.note);
    assert.ok(Math.abs(dataWait.value - slept) <= 0.05, `${dataWait.value} of ${slept}`);
  });
}

withPython("below a shell, the program that trains is watched and not the shell", async () => {
  const { dataWait, slept } = await waited(["sh", "-c", `python3 ${loop} 0.4 ${SECONDS}; true`]);
  assert.ok(
    dataWait.value !== null && Math.abs(dataWait.value - slept) <= 0.05,
    `${dataWait.value} of ${slept}: ${dataWait.note}`,
  );
});

for (const helper of ["threads", "processes"]) {
  withPython(`where ${helper} work while the main thread sleeps, it cannot be told`, async () => {
    const { dataWait } = await waited(["python3", loop, "0.7", SECONDS, helper]);
    assert.is(dataWait.value, null, JSON.stringify(dataWait));
    assert.match(dataWait.note, "while other threads or processes of it worked");
  });
}

withPython("a program that only sleeps waited for nobody knows what", async () => {
  const { dataWait } = await waited(["sleep", "5"]);
  assert.is(dataWait.value, null);
  assert.match(dataWait.note, "hardly used a processor");
});

const torch = process.env.GUILD_BENCH_PYTHON ?? "python3";
const hasTorch = counted && spawnSync(torch, ["-c", "import torch"]).status === 0;
if (!hasTorch) console.error("SKIPPED: one test needs PyTorch; GUILD_BENCH_PYTHON may name a Python that has it");

(hasTorch ? test : test.skip)("PyTorch: the time in which it stood waiting for its loader processes", async () => {
  const { dataWait, slept } = await waited([torch, join(PROGRAMS, "loader-loop.py"), "10", "1"]);
  // Where the machine is busy, the threads of its arithmetic are still seen to turn while it waits already: then it says so.
  if (dataWait.value === null) {
    assert.match(dataWait.note, "while other threads or processes of it worked");
    return;
  }
  // Unpacking a batch is work of the main thread, and waiting for it in the program's own measure.
  assert.ok(Math.abs(dataWait.value - slept) <= 0.1, `${dataWait.value} of ${slept}`);
});

test.run();
