import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { writePlan } from "../../../scripts/record/plan-file.ts";
import { refresh } from "../../../scripts/record/refresh.ts";
import { formatManifest } from "../../../src/run/manifest.ts";
import { program, recorded, removeFolders, runWrapped } from "./_wrapped.ts";

const test = suite("refresh");
test.after(removeFolders);

test("rebuilds the same public record, byte by byte", async () => {
  const { root } = await runWrapped(program("train.mjs"));
  const { id, contentDir, run } = recorded(root);
  const names = readdirSync(contentDir).filter((name) => name !== "images");
  const before = new Map(names.map((name) => [name, readFileSync(join(contentDir, name), "utf8")]));
  rmSync(contentDir, { recursive: true });
  rmSync(join(root, "content", "environments"), { recursive: true });
  assert.equal(await refresh(root, id), { id, skippedLines: 0, warnings: [] });
  for (const [name, text] of before) assert.fixture(readFileSync(join(contentDir, name), "utf8"), text, name);
  assert.ok(existsSync(join(contentDir, "images", "mistakes.webp")));
  assert.ok(existsSync(join(root, "content", "environments", `${run.environment}.json`)));
});

test("skips torn lines and counts them; a person's files stay", async () => {
  const { root } = await runWrapped(program("train.mjs"));
  const { id, runDir, contentDir } = recorded(root);
  writeFileSync(join(contentDir, "edits.yml"), "label: mine\n");
  appendFileSync(
    join(runDir, ".guild", "scalars.jsonl"),
    '{"t":1,"k":"loss"\n\n{"t":9000000,"k":"val/acc","v":0.99,"step":4,"src":"out"}\n{"t"',
  );
  const { skippedLines } = await refresh(root, id);
  assert.is(skippedLines, 2);
  assert.is(recorded(root).run.scalars["val/acc"]!.last.value, 0.99);
  assert.is(readFileSync(join(contentDir, "edits.yml"), "utf8"), "label: mine\n");
});

test("a run that never came to its end (everything was killed) keeps what it logged and its last heartbeat", async () => {
  const { root } = await runWrapped(program("train.mjs"));
  const { id, runDir, manifest, run } = recorded(root);
  const open = { ...manifest, status: "running" as const, stopped: null, exitCode: null, updated: manifest.started };
  writeFileSync(join(runDir, ".guild", "run.json"), formatManifest(open));
  await refresh(root, id);
  const { run: after } = recorded(root);
  assert.equal([after.status, after.stopped], ["running", null]);
  assert.equal(after.scalars, run.scalars);
  assert.is(after.updated, statSync(join(runDir, ".guild", "system.jsonl")).mtime.toISOString());
});

test("when all recorders were killed, what was printed last is searched after all, once", async () => {
  const { root } = await runWrapped(program("count.mjs", "50", "1"));
  const { id, runDir, manifest } = recorded(root);
  const logDir = join(runDir, ".guild");
  const scalars = join(logDir, "scalars.jsonl");
  // As it lies there after a power cut: open, nobody alive, some scalars not yet written and one torn.
  writeFileSync(
    join(logDir, "run.json"),
    formatManifest({ ...manifest, status: "running", stopped: null, exitCode: null, recorder: { pid: 2 ** 22 + 1, start: "1" } }),
  );
  const lines = readFileSync(scalars, "utf8").trimEnd().split("\n");
  writeFileSync(scalars, `${lines.slice(0, 30).join("\n")}\n${lines[30]!.slice(0, 20)}`);
  const started = new Date(manifest.started);
  writePlan(logDir, {
    plan: {
      ...{
        root,
        cwd: root,
        command: [],
        env: {},
        operation: "train",
        model: null,
        flags: {},
        label: null,
        tags: [],
        parents: {},
      },
      ...{ data: null, flagNames: [], primary: null, goals: {}, quiet: true, allowVariables: [], buffered: false, outputs: [] },
    },
    ...{ id, argv: [], started: started.toISOString(), zero: "0", streams: ["o", "e"] },
  });
  assert.is((await refresh(root, id)).skippedLines, 1);
  const { run, series } = recorded(root);
  assert.is(run.scalars.loss!.count, 50);
  assert.equal(
    series.find(({ tag }) => tag === "loss")?.steps,
    Array.from({ length: 50 }, (_, at) => at + 1),
  );
  assert.not(existsSync(join(logDir, "plan.json")));
  await refresh(root, id);
  assert.is(recorded(root).run.scalars.loss!.count, 50);
});

test("says what is missing", async () => {
  const { root } = await runWrapped(["true"]);
  const { id, runDir } = recorded(root);
  await throwsError(() => refresh(root, "20000101T000000-0000"), /no exact log of run 20000101T000000-0000/);
  await throwsError(() => refresh(root, "../.."), /no exact log/);
  writeFileSync(join(runDir, ".guild", "run.json"), "{");
  await throwsError(() => refresh(root, id), /cannot be read/);
});

async function throwsError(action: () => Promise<unknown>, message: RegExp): Promise<void> {
  try {
    await action();
  } catch (error) {
    assert.match((error as Error).message, message);
    return;
  }
  assert.unreachable("it did not throw");
}

test.run();
