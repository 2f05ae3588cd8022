/** Disks that are full, read-only or swept clean, clocks that jump, two recorders in one second: tried for real where that is permitted. */
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { claimRun } from "../../../scripts/record/claim.ts";
import { clockJump } from "../../../scripts/record/clock-jump.ts";
import { realEffects, startClock } from "../../../scripts/record/effects.ts";
import { currentStatus } from "../../../src/load/live-status.ts";
import { parseManifest } from "../../../src/run/manifest.ts";
import { parseRun } from "../../../src/run/run-file.ts";
import { isObject } from "../../../src/run/shape.ts";
import { emptyFolder, program, recorded, removeFolders, runIds, runWrapped, startWrapped, until } from "./_wrapped.ts";

const test = suite("bad-disk");
test.after(removeFolders);

/** Runs `use` with a small file system of its own, mounted read-only or not; says so and does nothing where mounting is not permitted. */
async function onDisk(options: string, use: (root: string) => Promise<void>): Promise<void> {
  const root = emptyFolder();
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", options, "none", root]);
  if (mounted.status !== 0) {
    console.log(`  skipped, for a small disk cannot be mounted here (not root?): ${mounted.stderr ?? mounted.error}`);
    return;
  }
  try {
    await use(root);
  } finally {
    spawnSync("umount", ["-l", root]);
  }
}

test("on a full disk the training ends with its own exit code, and the status is right afterwards, here and in public", async () => {
  await onDisk("size=512k", async (root) => {
    const { code, stdout, stderr } = await runWrapped(program("fill-disk.mjs", "20000", "7"), { root, quiet: false });
    assert.is(code, 7);
    assert.is(stdout.toString().split("\n").length, 20_001, "all of it was passed on");
    assert.is(stderr.match(/The disk is full \(ENOSPC\)/g)?.length, 1, stderr);
    const [id = ""] = runIds(root);
    const run = parseRun(json(root, "content/runs", id, "run.json"));
    const manifest = parseManifest(json(root, "runs", id, ".guild/run.json"));
    for (const { status, exitCode, stopped } of [run, manifest]) {
      assert.equal([status, exitCode], ["error", 7]);
      assert.ok(stopped);
    }
    assert.is(currentStatus(root, run), "error");
    assert.match(manifest.warnings.join("\n"), /\d+ bytes of what was printed are not recorded/);
    assert.equal(
      readdirSync(join(root, "runs", id, ".guild")).filter((name) => name.includes("reserve") || name.endsWith(".part")),
      [],
    );
  });
});

test("when there is room again, what is printed is recorded again", async () => {
  await onDisk("size=512k", async (root) => {
    const { finished, printed } = startWrapped(program("fill-disk.mjs", "20000", "0", "2500"), { root });
    await printed("filled");
    await until(() => warned(root), "the disk is full");
    rmSync(join(root, "ballast"));
    const { code } = await finished;
    assert.is(code, 0);
    const { log, index, run } = recorded(root);
    assert.match(log.toString(), /the last line\n$/);
    const last = index.at(-1)!;
    assert.is(last.o + last.n, log.length, "the index goes on as well");
    assert.is(run.status, "completed");
  });
});

test("a directory that can only be read: 125, which one, what to do, and nothing is started", async () => {
  await onDisk("size=512k,ro", async (root) => {
    const { code, stdout, stderr } = await runWrapped(["echo", "started"], { root });
    assert.is(code, 125);
    assert.is(stdout.toString(), "");
    assert.match(stderr, `Cannot write ${join(root, "runs")}: EROFS, read-only file system`);
  });
});

test("the run's folder is deleted while it is recorded: the command ends as it ends, the user is told, the public record is closed", async () => {
  const { child, finished, printed, root } = startWrapped(program("on-signal.mjs"));
  await printed("ready");
  await until(() => statusOf(root) === "running", "the record is there");
  const [id = ""] = runIds(root);
  rmSync(join(root, "runs", id), { recursive: true });
  child.kill("SIGTERM");
  const { code, stderr } = await finished;
  assert.is(code, 7);
  assert.match(
    stderr,
    `${join(root, "runs", id)} was deleted while the run was recorded: what belongs there is lost. The command goes on.`,
  );
  assert.is(stderr.match(/was deleted while/g)?.length, 1);
  assert.is(statusOf(root), "error");
  assert.equal(
    readdirSync(join(root, "runs")).filter((name) => name === id),
    [],
    "it is not made again",
  );
});

test("the public record is deleted while the run goes on: it is not made again, and the user is told", async () => {
  const { child, finished, printed, root } = startWrapped(program("on-signal.mjs"));
  await printed("ready");
  await until(() => statusOf(root) === "running", "the record is there");
  const [id = ""] = runIds(root);
  rmSync(join(root, "content/runs", id), { recursive: true });
  child.kill("SIGTERM");
  const { code, stderr } = await finished;
  assert.is(code, 7);
  assert.match(stderr, `${join(root, "content/runs", id)} was deleted while the run was recorded`);
  assert.equal(readdirSync(join(root, "content/runs")), []);
});

test("two recorders in one second, with the same luck: two runs", () => {
  const root = emptyFolder();
  const started = new Date("2026-11-23T19:01:19Z");
  const effects = { ...realEffects(), random: () => 0.5 };
  const claims = [1, 2, 3].map(() => claimRun(root, started, effects));
  assert.equal(
    claims.map(({ id }) => id),
    ["20261123T190119-8888", "20261123T190119-888888", "20261123T190119-88888888"],
  );
});

test("many recorders at once in one project: each has its own run, and all are closed", async () => {
  const root = emptyFolder();
  const ends = await Promise.all(
    Array.from({ length: 5 }, (_, at) => runWrapped(program("exit-with.mjs", String(at)), { root })),
  );
  assert.equal(
    ends.map(({ code }) => code),
    [0, 1, 2, 3, 4],
  );
  const codes = runIds(root).map((id) => recorded(root, id).run.exitCode);
  assert.equal(codes.sort(), [0, 1, 2, 3, 4]);
});

test("a clock that is set back: times do not go back, the duration is the time that passed, and the user is told", () => {
  let [wall, passed] = [Date.parse("2026-11-23T19:00:00Z"), 5_000_000_000n];
  const effects = { ...realEffects(), now: () => new Date(wall), monotonic: () => passed };
  const clock = startClock(effects);
  passed += 90_000_000_000n;
  wall += 90_000;
  assert.is(clockJump(clock), null);
  wall -= 3_600_000;
  assert.is(clock.seconds(), 90);
  assert.is(clock.wall().toISOString(), "2026-11-23T19:01:30.000Z");
  assert.match(clockJump(clock) ?? "", "This machine's clock was set back by 1 h");
  wall += 3 * 3_600_000;
  assert.is(clock.seconds(), 90);
  assert.is(clock.wall().toISOString(), "2026-11-23T21:01:30.000Z");
  assert.match(clockJump(clock) ?? "", "went ahead by 2 h");
});

function json(...path: string[]): unknown {
  return JSON.parse(readFileSync(join(...path), "utf8"));
}

function statusOf(root: string): unknown {
  try {
    const run = json(root, "content/runs", readdirSync(join(root, "content/runs"))[0] ?? "", "run.json");
    return isObject(run) ? run.status : null;
  } catch {
    return null; // not written yet
  }
}

/** Has the log stopped growing because nothing more fits? */
function warned(root: string): boolean {
  const probe = join(root, "probe");
  try {
    mkdirSync(probe, { recursive: true });
    writeFileSync(join(probe, "page"), Buffer.alloc(8192, 1));
    return false;
  } catch {
    return true;
  } finally {
    rmSync(probe, { recursive: true, force: true });
  }
}

test.run();
