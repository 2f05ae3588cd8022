/** The recorder is killed: the training goes on, its output is kept, and the record is closed. Real processes, real SIGKILLs. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { refresh } from "../../../scripts/record/refresh.ts";
import { currentStatus } from "../../../src/load/live-status.ts";
import { isAlive, startOf } from "../../../src/load/processes.ts";
import {
  emptyFolder,
  program,
  type Recorded,
  recorded,
  removeFolders,
  runIds,
  runWrapped,
  startWrapped,
  until,
} from "./_wrapped.ts";

const test = suite("salvage");
test.after(removeFolders);

const LINES = 60;

function expected(lines: number): string {
  const told = Array.from({ length: lines }, (_, index) => `step ${index + 1} loss ${(1 / (index + 1)).toFixed(4)}\n`);
  return `${told.join("")}the end\n`;
}

test("a training whose recorder is killed prints on, and log, scalars and record are those of the whole run", async () => {
  const { child, finished, printed, root } = startWrapped(program("count.mjs", String(LINES), "20", "3"));
  const pid = Number(/pid: (\d+)/.exec(await printed("step 10 "))?.[1]);
  const recorder = child.pid!;
  child.kill("SIGKILL");
  await finished;
  assert.ok(isAlive(pid, null), "the training goes on");
  const { id } = await closed(root);
  const { log, run, manifest, series, events, contentDir } = recorded(root, id);
  assert.is(log.toString().replace(/^pid: \d+\n/, ""), expected(LINES));
  assert.is(run.scalars.loss!.count, LINES);
  assert.equal(
    series.find(({ tag }) => tag === "loss")?.steps,
    Array.from({ length: LINES }, (_, index) => index + 1),
  );
  assert.is.not(manifest.recorder.pid, recorder, "a second recorder went on");
  assert.match(manifest.warnings.join(), "The recorder was killed while the command ran");
  assert.ok(run.durationSeconds! > (LINES * 20) / 1000);
  // Known where nobody reaps the orphan, unknown elsewhere; never a guess.
  if (run.exitCode === null) assert.is(run.status, "lost");
  else assert.equal([run.status, run.exitCode], ["error", 3]);
  assert.is(currentStatus(root, run), run.status);
  const before = new Map(["run.json", "series.json", "events.json", "output.txt"].map((name) => [name, read(contentDir, name)]));
  await refresh(root, id);
  for (const [name, text] of before) assert.fixture(read(contentDir, name), text, name);
  assert.ok(events.length < LINES);
  await noneLeft(id);
});

test("while the second recorder goes on the run is running, and the record follows", async () => {
  const { child, finished, printed, root } = startWrapped(program("forever.mjs"));
  const pid = Number(/pid: (\d+)/.exec(await printed("step 5 "))?.[1]);
  await until(() => safely(root) !== null, "a record");
  child.kill("SIGKILL");
  await finished;
  const known = recorded(root).run.scalars.loss?.count ?? 0;
  await until(() => (safely(root)?.run.scalars.loss?.count ?? 0) > known + 20, "the record follows");
  const { run, manifest } = recorded(root);
  assert.is(currentStatus(root, run), "running");
  assert.ok(isAlive(manifest.recorder.pid, manifest.recorder.start));
  process.kill(pid, "SIGTERM");
  const { run: after } = await closed(root);
  assert.is(after.status, after.signal === null ? "lost" : "terminated");
});

test("the second recorder is watched over as well: it may be killed, too", async () => {
  const { child, finished, printed, root } = startWrapped(program("count.mjs", "100", "20"));
  await printed("step 5 ");
  await until(() => safely(root) !== null, "a record");
  const first = child.pid!;
  child.kill("SIGKILL");
  await finished;
  await until(() => (safely(root)?.manifest.recorder.pid ?? first) !== first, "a second recorder");
  process.kill(recorded(root).manifest.recorder.pid, "SIGKILL");
  const { log, run } = await closed(root);
  assert.is(log.toString().replace(/^pid: \d+\n/, ""), expected(100));
  assert.is(run.scalars.loss!.count, 100);
});

test("killed before the command was started: nothing is left of a run that never was", async () => {
  const root = emptyFolder();
  await killedEarly(root);
  await until(() => runIds(root).length === 0 && readdirSync(join(root, ".guild")).join() === ".gitignore", "the run is gone");
  assert.equal(readdirSync(join(root, "content/runs")), []);
});

test("killed when the command had been started and nobody told of it: it is found, and recorded", async () => {
  const root = emptyFolder();
  await killedEarly(root, ...program("count.mjs", "40", "20"));
  const { log, run } = await closed(root);
  assert.is(log.toString().replace(/^pid: \d+\n/, ""), expected(40));
  assert.equal([run.scalars.loss!.count, run.operation], [40, "train"]);
  assert.ok(["completed", "lost"].includes(run.status));
});

test("a normal end leaves nobody behind, and is no later for it", async () => {
  const { root } = await runWrapped(program("count.mjs", "3", "1"));
  await noneLeft(runIds(root)[0]!);
  assert.equal(recorded(root).manifest.survivors, []);
});

test("Ctrl-C, a hang-up and a stopped job reach the command and not the guard", async () => {
  const { child, finished, printed, root } = startWrapped(program("on-signal.mjs"));
  await printed("ready");
  const guards = processesOf(runIds(root)[0]!).filter(({ words }) => words.includes("guild-guard"));
  assert.is(guards.length, 1);
  const { pid } = guards[0]!;
  const session = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]!.split(" ")[3];
  assert.is(Number(session), pid, "a session of its own");
  const start = startOf(pid);
  for (const signal of ["SIGINT", "SIGHUP", "SIGTERM", "SIGUSR1"] as const) process.kill(pid, signal);
  child.kill("SIGKILL");
  await finished;
  await until(() => !readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("guild-guard"), "the guard has become a recorder");
  assert.is(startOf(pid), start);
  await until(() => safely(root) !== null, "a record");
  process.kill(recorded(root).manifest.child!.pid, "SIGTERM");
  await closed(root);
});

async function killedEarly(root: string, ...command: string[]): Promise<void> {
  const recorder = spawn(process.execPath, [join(import.meta.dirname, "_killed-early.ts"), root, ...command], {
    stdio: "inherit",
  });
  assert.equal(await once(recorder, "exit"), [null, "SIGKILL"]);
}

/** The run once its record is closed, public and private. */
async function closed(root: string): Promise<Recorded> {
  await until(() => safely(root)?.manifest.stopped != null && safely(root)?.run.stopped != null, "the record is closed");
  return recorded(root);
}

/** No guard, no recorder of this run is left. */
function noneLeft(id: string): Promise<void> {
  return until(() => processesOf(id).length === 0, "guard and recorders are gone");
}

function processesOf(id: string): { pid: number; words: string }[] {
  return readdirSync("/proc").flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    const path = `/proc/${name}/cmdline`;
    const words = existsSync(path) ? safeText(path).replaceAll("\0", " ") : "";
    return words.includes(id) ? [{ pid: Number(name), words }] : [];
  });
}

function safeText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return ""; // ended meanwhile
  }
}

function read(folder: string, name: string): string {
  return readFileSync(join(folder, name), "utf8");
}

function safely(root: string): Recorded | null {
  try {
    return recorded(root);
  } catch {
    return null; // not written yet
  }
}

test.run();
