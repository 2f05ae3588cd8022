/** The recorder around real programs: what passes through, what is kept, how it ends. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { emptyFolder, program, recorded, removeFolders, runIds, runPlain, runWrapped } from "./_wrapped.ts";

const test = suite("record");
test.after(removeFolders);

test("records a training: scalars with steps, events, files, output, a thumbnail", async () => {
  const { code, root } = await runWrapped(program("train.mjs"));
  assert.is(code, 0);
  const { run, series, events, output, manifest, contentDir, id } = recorded(root);
  assert.is(run.status, "completed");
  assert.is(run.exitCode, 0);
  assert.equal(Object.keys(run.scalars), ["train/loss", "val/acc", "latency_p50_ms"]);
  assert.equal(series[0]!.steps, [1, 2, 3]);
  assert.equal(series[1]!.last, [0.9, 0.95, 0.967]);
  assert.equal(run.scalars.latency_p50_ms!.last, { step: 3, value: 3.1 });
  assert.equal(
    events.filter(({ kind }) => kind === "epoch").map(({ step }) => step),
    [1, 2, 3],
  );
  const checkpoints = events.filter(({ kind }) => kind === "checkpoint").map(({ detail }) => detail);
  assert.equal(checkpoints.sort(), ["checkpoints/epoch-1.pt", "checkpoints/epoch-2.pt", "checkpoints/epoch-3.pt"]);
  assert.equal(
    run.files.map(({ path, bytes }) => [path, bytes]),
    [
      ["checkpoints/epoch-1.pt", 7],
      ["checkpoints/epoch-2.pt", 14],
      ["checkpoints/epoch-3.pt", 21],
      ["mistakes.png", 95],
    ],
  );
  assert.match(run.files[0]!.sha256 ?? "", /^[0-9a-f]{64}$/);
  assert.equal(readdirSync(join(contentDir, "images")), ["mistakes.webp"]);
  assert.match(output, /^epoch 1\/3 train\/loss 1.000 val\/acc 0.900\n/);
  assert.is(manifest.child!.pid > 0, true);
  assert.match(run.environment ?? "", /^[0-9a-f]{16}$/);
  assert.ok(existsSync(join(root, "content", "environments", `${run.environment}.json`)));
  assert.match(id, /^\d{8}T\d{6}-[0-9a-f]{4}$/);
});

test("writes exactly the documented files, and tells git which to leave alone", async () => {
  const { root } = await runWrapped(program("train.mjs"));
  const { runDir, contentDir, id } = recorded(root);
  assert.equal(readdirSync(contentDir).sort(), ["events.json", "images", "output.txt", "run.json", "series.json", "system.json"]);
  assert.equal(readdirSync(join(runDir, ".guild")).sort(), [
    "environment.json",
    "events.jsonl",
    "output.idx.jsonl",
    "output.log",
    "run.json",
    "scalars.jsonl",
    "source",
    "system.jsonl",
  ]);
  mkdirSync(join(root, "runs", "Nov23_19-01-19_host"));
  writeFileSync(join(root, "runs", "Nov23_19-01-19_host", "events"), "");
  await runPlain(["git", "init", "-q"], root);
  const { stdout } = await runPlain(["git", "status", "--porcelain", "--untracked-files=all"], root);
  const untracked = stdout.toString();
  assert.not.match(untracked, `runs/${id}/.guild`);
  assert.match(untracked, "runs/Nov23_19-01-19_host/events");
  assert.match(untracked, `content/runs/${id}/run.json`);
});

test("tells the command where it is: RUN_DIR, RUNDIR, GUILD_RUN_ID, unbuffered Python", async () => {
  const script = 'echo "$RUN_DIR|$RUNDIR|$GUILD_RUN_ID|$PYTHONUNBUFFERED|$0"';
  const { stdout, root } = await runWrapped(["sh", "-c", script, "--out=${RUN_DIR}/x"], { env: { PYTHONUNBUFFERED: undefined } });
  const { runDir, id, run } = recorded(root);
  assert.is(stdout.toString(), `${runDir}|${runDir}|${id}|1|--out=${runDir}/x\n`);
  assert.is(run.command.at(-1), "--out=${RUN_DIR}/x");
  const buffered = await runWrapped(["sh", "-c", 'echo "[$PYTHONUNBUFFERED]"'], { env: { PYTHONUNBUFFERED: "" } });
  assert.is(buffered.stdout.toString(), "[]\n");
});

test("stdin is the command's own", async () => {
  const { startWrapped } = await import("./_wrapped.ts");
  const { child, finished } = startWrapped(["cat"]);
  child.stdin!.end("through\n");
  assert.is((await finished).stdout.toString(), "through\n");
});

test("a script may open /dev/stderr and /dev/stdout", async () => {
  const { code, stdout, stderr } = await runWrapped([
    "sh",
    "-c",
    "echo a > /dev/stderr; echo b | tee /dev/stderr; echo c > /dev/stdout",
  ]);
  assert.is(code, 0);
  assert.is(stdout.toString(), "b\nc\n");
  assert.is(stderr, "a\nb\n");
});

test("two recorders in the same second and place get two runs", async () => {
  const root = emptyFolder();
  const all = await Promise.all([1, 2, 3].map((n) => runWrapped(["echo", `loss: ${n}`], { root })));
  assert.ok(all.every(({ code }) => code === 0));
  const ids = runIds(root);
  assert.is(new Set(ids).size, 3);
  assert.equal(ids.map((id) => recorded(root, id).run.scalars.loss!.last.value).sort(), [1, 2, 3]);
});

test("a run id that is taken gets a longer suffix", async () => {
  const { claimRun } = await import("../../../scripts/record/claim.ts");
  const { realEffects } = await import("../../../scripts/record/effects.ts");
  const root = emptyFolder();
  const started = new Date("2026-11-23T19:01:19Z");
  const effects = { ...realEffects(), random: () => 0 };
  assert.is(claimRun(root, started, effects).id, "20261123T190119-0000");
  assert.is(claimRun(root, started, effects).id, "20261123T190119-000000");
});

test("no output at all makes a complete record", async () => {
  const { root } = await runWrapped(["true"]);
  const { run, series, events, output } = recorded(root);
  assert.equal([run.status, run.scalars, series, events, output], ["completed", {}, [], [], ""]);
});

test("no secret, home path, host or user in what becomes public", async () => {
  const env = { HOME: "/home/ada", OPENAI_API_KEY: "sk-abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKL" };
  const { root } = await runWrapped(
    ["sh", "-c", 'echo "key $OPENAI_API_KEY"; echo "$PWD"; hostname', "--password", "hunter2hunter2"],
    { env },
  );
  const { contentDir, log, manifest } = recorded(root);
  const content = readdirSync(contentDir)
    .filter((name) => name !== "images")
    .map((name) => readFileSync(join(contentDir, name), "utf8"))
    .join("\n");
  assert.match(log.toString(), env.OPENAI_API_KEY);
  for (const secret of [env.OPENAI_API_KEY, "hunter2hunter2", root, manifest.host]) assert.not.match(content, secret, secret);
});

test("the closing lines say what matters; quiet says nothing; without a terminal there are no colours", async () => {
  const said = await runWrapped(program("train.mjs"), { quiet: false });
  const { id } = recorded(said.root);
  const lines = said.stderr.trimEnd().split("\n");
  assert.ok(lines.length <= 6, said.stderr);
  assert.match(lines[0]!, /^guild: completed in \d/);
  assert.match(said.stderr, /val\/acc +best 0\.967 at step 3, last 0\.967/);
  assert.match(said.stderr, `content/runs/${id}`);
  assert.not.match(said.stderr, "\u001b");
  assert.is((await runWrapped(program("train.mjs"))).stderr, "");
});

test.run();
