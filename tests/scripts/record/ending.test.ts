/** The recorder ends as the command ends, passes signals on, and never hangs on what a command leaves behind. */
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { forwardedSignals, type Surroundings } from "../../../scripts/record/signals.ts";
import { bootId, isAlive } from "../../../src/load/processes.ts";
import { deriveStatus } from "../../../src/run/status.ts";
import { emptyFolder, program, recorded, removeFolders, runIds, runPlain, runWrapped, startWrapped, until } from "./_wrapped.ts";

const test = suite("ending");
test.after(removeFolders);

for (const how of ["0", "1", "3", "125", "255", "SIGTERM", "SIGINT", "SIGKILL", "SIGHUP", "SIGABRT"]) {
  test(`ends with ${how} as the command does`, async () => {
    const plain = await runPlain(program("exit-with.mjs", how), emptyFolder());
    const { code, signal, root } = await runWrapped(program("exit-with.mjs", how));
    assert.equal([code, signal], [plain.code, plain.signal]);
    const { run } = recorded(root);
    assert.equal([run.exitCode, run.signal], [plain.code, plain.signal]);
    const stopped = ["SIGTERM", "SIGINT", "SIGHUP"].includes(how);
    assert.is(run.status, how === "0" ? "completed" : stopped ? "terminated" : "error");
  });
}

test("a shell's loop over runs stops at an interrupted one, as it would without us", async () => {
  const { signal } = await runWrapped(program("exit-with.mjs", "SIGINT"));
  assert.is(constants.signals[signal!], 2);
});

test("without a terminal INT, HUP, USR1, USR2 and TERM reach the command, once each, and it decides how to end", async () => {
  const { child, finished, printed, root } = startWrapped(program("on-signal.mjs"));
  await printed("ready");
  for (const signal of ["SIGINT", "SIGHUP", "SIGUSR1", "SIGUSR2", "SIGTERM"] as const) {
    const told = printed(signal);
    child.kill(signal);
    await told;
  }
  const { code, stdout } = await finished;
  assert.is(code, 7);
  assert.is(stdout.toString(), "ready\nSIGINT\nSIGHUP\nSIGUSR1\nSIGUSR2\nSIGTERM\n");
  const { run } = recorded(root);
  assert.equal([run.status, run.exitCode, run.signal], ["error", 7, null]);
});

test("which signals are sent on: at a terminal only what the kernel does not send; nothing in a Slurm step", () => {
  const forwarded = (more: Partial<Surroundings>): NodeJS.Signals[] =>
    forwardedSignals({ stdinIsTerminal: false, leadsSession: false, ignored: [], env: {}, ...more });
  assert.equal(forwarded({}), ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGUSR1", "SIGUSR2", "SIGCONT"]);
  assert.equal(forwarded({ stdinIsTerminal: true }), ["SIGTERM", "SIGUSR1", "SIGUSR2"]);
  assert.ok(forwarded({ stdinIsTerminal: true, leadsSession: true }).includes("SIGHUP"));
  assert.equal(forwarded({ env: { SLURM_STEP_ID: "0", SLURM_JOB_ID: "1" } }), []);
  assert.equal(forwarded({ env: { SLURM_JOB_ID: "1" } }), ["SIGINT", "SIGHUP", "SIGQUIT", "SIGUSR1", "SIGUSR2"]);
  assert.equal(forwarded({ ignored: ["SIGHUP", "SIGINT"] }), ["SIGTERM", "SIGQUIT", "SIGUSR1", "SIGUSR2", "SIGCONT"]);
});

test("a daemon that holds the output open does not hold us", async () => {
  const begin = performance.now();
  const { code, stdout, root } = await runWrapped(program("leave-daemon.sh"));
  assert.is(code, 0);
  assert.ok(performance.now() - begin < 10_000);
  const pid = Number(/daemon (\d+)/.exec(stdout.toString())?.[1]);
  assert.equal(recorded(root).manifest.survivors, [pid]);
  assert.ok(isAlive(pid, null), "it is listed, never killed");
  process.kill(pid);
});

test("a daemon that prints on after we have ended is not failed by it", async () => {
  const root = emptyFolder();
  const daemon = "(i=0; while [ $i -lt 20 ]; do i=$((i+1)); echo still here || exit 1; sleep 0.1; done; echo >survived) &";
  for (const stdio of ["pipe", "ignore"] as const) {
    const { code, stderr } = await startWrapped(["sh", "-c", daemon], { root, stdio }).finished;
    assert.is(code, 0);
    if (stdio === "pipe") assert.match(stderr, "has left running");
    assert.not(existsSync(join(root, "survived")), "it goes on when we have ended");
    await until(() => existsSync(join(root, "survived")), "it comes to its end");
    rmSync(join(root, "survived"));
  }
});

test("a mistake of ours in whatever corner does not change how the command ends", async () => {
  const root = emptyFolder();
  const mistake = `data:text/javascript,${encodeURIComponent("setTimeout(() => { throw new Error('ours'); }, 2000);")}`;
  const { code, stderr, stdout } = await runWrapped(["sh", "-c", "unset NODE_OPTIONS; sleep 3; echo over; exit 3"], {
    root,
    env: { NODE_OPTIONS: `--import=${mistake}` },
  });
  assert.is(code, 3);
  assert.match(stderr, "guild: Not everything is recorded: ours");
  assert.is(stdout.toString(), "over\n");
  assert.is(recorded(root).run.exitCode, 3);
});

test("while it runs the status is running and the public record follows", async () => {
  const { child, finished, printed, root } = startWrapped(program("forever.mjs"));
  await printed("step 5 ");
  await until(() => (recordedSafely(root)?.run.scalars.loss?.count ?? 0) > 5, "the record shows scalars");
  const { manifest, run } = recorded(root);
  assert.is(run.status, "running");
  assert.is(run.intervalSeconds, 1);
  assert.is(deriveStatus(manifest, { nowMs: Date.now(), bootId: bootId(), isAlive }), "running");
  child.kill("SIGTERM");
  assert.is((await finished).signal, "SIGTERM");
  assert.is(recorded(root).run.status, "terminated");
});

test("command not found: 127, what it looked for, and nothing left behind", async () => {
  const { code, stderr, root } = await runWrapped(["no-such-command-anywhere", "x"]);
  assert.is(code, 127);
  assert.match(stderr, "Command not found: no-such-command-anywhere");
  assert.equal((await runPlain(["ls", "-A"], root)).stdout.toString(), "");
});

test("not executable: 126, and nothing left behind", async () => {
  const root = emptyFolder();
  writeFileSync(join(root, "train.sh"), "#!/bin/sh\n", { mode: 0o644 });
  const { code, stderr } = await runWrapped(["./train.sh"], { root });
  assert.is(code, 126);
  assert.match(stderr, "Cannot execute ./train.sh: EACCES");
  assert.equal((await runPlain(["ls", "-A"], root)).stdout.toString(), "train.sh\n");
});

test("a script whose interpreter is missing says so", async () => {
  const root = emptyFolder();
  writeFileSync(join(root, "train"), "#!/no/such/python\n", { mode: 0o755 });
  const { code, stderr } = await runWrapped(["./train"], { root });
  assert.is(code, 127);
  assert.match(stderr, "its interpreter is missing");
});

for (const blocked of ["runs", "content", "content/runs"]) {
  test(`${blocked} not writable: 125 with the path, before anything is started`, async () => {
    const root = emptyFolder();
    if (blocked.includes("/")) (await import("node:fs")).mkdirSync(join(root, "content"));
    writeFileSync(join(root, blocked), "a file where a directory has to be");
    const { code, stderr, stdout } = await runWrapped(["echo", "started"], { root });
    assert.is(code, 125);
    assert.match(stderr, join(root, blocked));
    assert.is(stdout.toString(), "");
    const left = (await runPlain(["ls", "-A"], root)).stdout.toString();
    assert.is(left, `${blocked.split("/")[0]}\n`);
  });
}

test("a run that goes on after its directory was deleted ends as it ends, with a warning", async () => {
  const { child, finished, printed, root } = startWrapped(program("on-signal.mjs"));
  await printed("ready");
  await until(() => recordedSafely(root) !== null, "the record is there");
  rmSync(join(root, "runs", runIds(root)[0]!), { recursive: true });
  rmSync(join(root, "content"), { recursive: true });
  child.kill("SIGTERM");
  const { code, stderr } = await finished;
  assert.is(code, 7);
  assert.match(stderr, "guild: ");
});

function recordedSafely(root: string): ReturnType<typeof recorded> | null {
  try {
    return recorded(root);
  } catch {
    return null; // not written yet
  }
}

test.run();
