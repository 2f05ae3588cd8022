import { existsSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Run } from "../../../src/run/types.ts";
import { makeProject, type TestProject } from "../_project.ts";
import { bytes, eventFile, guildRun } from "../importers/_guild-run.ts";

const imports = suite<{ project: TestProject }>("guild import");

imports.before.each((context) => {
  context.project = makeProject();
});

imports.after.each(({ project }) => project.remove());

const STARTED = "1795478912749893";
const [train, prep, failed, killed, staged, batch] = ["a", "b", "c", "d", "e", "f"].map((digit) => digit.repeat(32)) as [
  string,
  string,
  string,
  string,
  string,
  string,
];
const opref = (operation: string) => `guildfile:/p/guild.yml 0123 mlp ${operation}`;

function guildHome(project: TestProject): void {
  guildRun(project, prep, {
    opref: "script:/p '' '' prep.py",
    attrs: { started: "1795478900000000", stopped: "1795478901000000", exit_status: "0" },
  });
  const folder = guildRun(project, train, {
    opref: opref("train"),
    attrs: {
      started: STARTED,
      stopped: "1795478913767368",
      exit_status: "0",
      cmd: "- /usr/bin/python3\n- -um\n- guild.op_main\n- train\n- --\n- --lr\n- '0.3'",
      flags: `fast: false\nlr: 0.3\noperation:prep: ${prep}\nlayers:\n- 1\n- 2`,
      label: `fast=no lr=0.3 operation:prep=${prep}`,
      tags: "- base\n- paper",
      marked: "true",
      comments: "- body: was fine\n  host: vm\n  time: 1\n  user: ada",
      deps: `operation:prep:\n  operation:prep:\n    config: ${prep}\n    uri: operation:prep`,
      env: "API_TOKEN: sesame-open-1234\nHOME: /home/ada",
    },
    points: [
      ["loss", 0, 0.7],
      ["acc", 0, 0.1],
      ["loss", 1, 0.3],
      ["sys/cpu/util", 0, 0.5],
    ],
    output: "step: 0\nloss: 0.7\nacc: 0.1\ntoken sesame-open-1234\nloss: 0.3\n",
    files: { "train.py": "x", "model.txt": "weights", ".guild/manifest": "s train.py 5cac train.py\n" },
  });
  eventFile(join(folder, "logs/events.out.tfevents.1.host.2.2"), [["val/acc", 3, 0.25]]);
  guildRun(project, failed, {
    opref: opref("train"),
    attrs: { started: "1795478920000000", stopped: "1795478921000000", exit_status: "3", label: "my own" },
  });
  guildRun(project, killed, {
    opref: opref("train"),
    attrs: { started: "1795478930000000", stopped: "1795478931000000", exit_status: "-15" },
  });
  guildRun(project, staged, {
    opref: opref("train"),
    attrs: { initialized: "1795478940000000" },
    files: { ".guild/STAGED": "" },
  });
  guildRun(project, batch, {
    opref: "builtin:guildai 0.9.1 '' +",
    attrs: { started: "1795478890000000" },
    files: { ".guild/proto/.guild/opref": "x" },
  });
  symlinkSync(folder, join(project.root, `home/runs/${batch}/${train}`));
}

const imported = (project: TestProject, ...words: string[]): Run[] =>
  JSON.parse(project.guild("import", "--json", ...words).stdout);

imports(
  "Guild AI's runs come with what they were, how they ended, what they reached and what was said about them",
  ({ project }) => {
    guildHome(project);
    const runs = imported(project, "home");
    assert.is(runs.length, 5, "the batch itself is no run");
    const of = (id: string) => runs.find(({ source }) => (source as { id?: string }).id === id)!;
    const run = of(train);
    assert.match(run.id, /^20261124T000832-[0-9a-f]{8}$/);
    assert.equal(
      [run.operation, run.model, run.status, run.exitCode, run.label, run.tags, run.durationSeconds],
      ["train", "mlp", "completed", 0, null, ["base", "paper"], 1.018],
    );
    assert.equal(run.flags, { fast: false, lr: 0.3, layers: [1, 2] });
    assert.equal(run.parents, { prep: of(prep).id });
    assert.match(run.sweep ?? "", /^20261124T000810-[0-9a-f]{8}$/);
    assert.is(of(prep).operation, "prep");
    assert.equal(Object.keys(run.scalars).sort(), ["acc", "logs/val/acc", "loss"]);
    assert.equal([run.scalars.loss?.first.value, run.scalars.loss?.last], [0.7, { step: 1, value: 0.3 }]);
    assert.equal(Object.keys(run.system), ["sys/cpu/util"]);
    const { series } = JSON.parse(project.read(`content/runs/${run.id}/series.json`));
    assert.equal(series.find(({ tag }: { tag: string }) => tag === "loss").times, [0.199, 0.499], "of the lines that said it");
    assert.is(project.read(`content/runs/${run.id}/notes.md`), "was fine\n");
    assert.is(project.read(`content/runs/${run.id}/edits.yml`), "starred: true\n");
    assert.match(project.read(`content/runs/${run.id}/output.txt`), /^step: 0\nloss: 0\.7\nacc: 0\.1\ntoken \[secret\]\n/);
    assert.equal([of(failed).status, of(failed).exitCode, of(failed).label], ["error", 3, "my own"]);
    assert.equal([of(killed).status, of(killed).signal], ["terminated", "SIGTERM"]);
    assert.is(of(staged).status, "pending");
  },
);

imports("the same runs again are the same runs, and a person's words stay", ({ project }) => {
  guildHome(project);
  const [first] = imported(project, "home");
  project.guild("label", first!.id, "mine");
  project.guild("note", first!.id, "More.");
  const { status, stdout } = project.guild("import", "home/runs");
  assert.equal([status, project.runs().length], [0, 5]);
  assert.match(stdout, /imported again/);
  assert.match(project.guild("note", first!.id).stdout, /More\./);
  assert.is(JSON.parse(project.guild("info", first!.id, "--json").stdout).label, "mine");
  assert.is(project.guild("runs", "refresh", "all").status, 0, "the exact log is whole");
  assert.is(JSON.parse(project.guild("info", first!.id, "--json").stdout).label, "mine");
});

imports("a run that was staged and has run since is still the same run", ({ project }) => {
  guildHome(project);
  const before = imported(project, "home").map(({ id }) => id);
  project.write(`home/runs/${staged}/.guild/attrs/started`, "1795479000000000\n");
  project.write(`home/runs/${staged}/.guild/attrs/exit_status`, "0\n");
  rmSync(join(project.root, `home/runs/${staged}/.guild/STAGED`));
  const after = imported(project, "home");
  assert.equal([after.map(({ id }) => id), after.filter(({ status }) => status === "pending")], [before, []]);
});

imports("--preview writes nothing; --files brings what the program wrote, and only that", ({ project }) => {
  guildHome(project);
  assert.is(project.guild("import", "home", "--preview").stdout.trimEnd().split("\n").length, 5);
  assert.not(project.has("content"));
  const run = imported(project, `home/runs/${train}`, "--files")[0]!;
  assert.equal(run.files.map(({ path }) => path).sort(), ["logs/events.out.tfevents.1.host.2.2", "model.txt"]);
  assert.is(project.read(`runs/${run.id}/model.txt`), "weights");
});

imports("TensorBoard's folders: one run each, sub-runs of loggers folded in", ({ project }) => {
  const file = "events.out.tfevents.1795458986.host.1.0";
  const at = (path: string) => join(project.root, "logs", path, file);
  eventFile(at("a"), [
    ["loss", 0, 2],
    ["loss", 5, 0.1],
  ]);
  eventFile(at("a/loss_train"), [["loss", 1, 0.5]]);
  eventFile(at("a/validation"), [["loss", 5, 0.2]]);
  eventFile(at("b/custom"), [["mine", 0, 1]]);
  eventFile(at("b/train"), [["acc", 0, 0.5]]);
  eventFile(at("b/validation"), [["acc", 0, 0.25]]);
  const runs = imported(project, "logs", "--operation", "finetune");
  assert.equal(
    runs.map(({ operation, label, scalars }) => [operation, label, Object.keys(scalars).sort()]),
    [
      ["finetune", "a", ["loss", "loss/train", "validation/loss"]],
      ["finetune", "b", ["custom/mine", "train/acc", "validation/acc"]],
    ],
  );
  assert.equal(runs[0]?.scalars.loss?.last, { step: 5, value: 0.1 });
  assert.equal([runs[0]?.durationSeconds, runs[0]?.status, runs[0]?.exitCode], [5, "completed", null]);
});

imports("real logs of torch hold what TensorBoard itself reads from them", ({ project }) => {
  const fixtures = join(import.meta.dirname, "../../../../shared/fixtures");
  if (!existsSync(fixtures)) return console.log("skipped: no fixtures here");
  const expected = JSON.parse(readFileSync(join(fixtures, "EXPECTED.json"), "utf8").replace(/: (NaN|-?Infinity)/g, ': "$1"'))
    .tools.tensorboard.runs;
  const runs = imported(project, join(fixtures, "tensorboard"));
  assert.is(runs.length, 4);
  let compared = 0;
  for (const run of runs) {
    const truth: Record<string, { points: number; last: number | string; lastStep: number }> = expected[run.label ?? ""].scalars;
    for (const [tag, { points, last, lastStep }] of Object.entries(truth)) {
      const found = run.scalars[tag];
      if (found === undefined) continue;
      compared += 1;
      assert.equal([found.count, found.last.step], [points, lastStep], tag);
      if (typeof last === "number") assert.is(Math.fround(found.last.value as number), Math.fround(last), tag);
      else assert.is(String(found.last.value), last, tag);
    }
  }
  assert.ok(compared >= 16, `${compared} series`);
  assert.ok(
    runs.some(({ id }) => project.has(`content/runs/${id}/images`)),
    "pictures that were logged",
  );
});

imports("the original Guild's runs are read from their database", async ({ project }) => {
  const sqlite = await import("node:sqlite").catch(() => null);
  if (sqlite === null) return console.log("skipped: this Node has no SQLite");
  const folder = "old/20170301T120000Z-mnist";
  for (const [name, text] of Object.entries({
    model: "mnist",
    started: "1488369600000",
    stopped: "1488369610000",
    exit_status: "0",
    cmd: "python -m mnist.train --epochs 2",
  }))
    project.write(`${folder}/guild.d/meta/${name}`, text);
  const database = new sqlite.DatabaseSync(join(project.root, folder, "guild.d/run.db"));
  database.exec(
    "create table flag(name,val); create table series_key(key,hash); create table series(key_hash,time,encoding,data); create table output(time,stream,val); create table attr(name,val)",
  );
  database.exec(
    "insert into flag values('epochs','2'),('rate','0.1'); insert into series_key values('tf/loss',7),('op/cpu/util',8)",
  );
  const point = (time: number, step: number, value: number | null) => {
    const blob = Buffer.alloc(24, 255);
    blob.writeBigUInt64BE(BigInt(time), 0);
    blob.writeBigUInt64BE(BigInt(step), 8);
    if (value !== null) blob.writeDoubleBE(value, 16);
    return blob;
  };
  const insert = database.prepare("insert into series values(?,?,1,?)");
  insert.run(7, 1, Buffer.concat([point(1488369601000, 1, 0.75), point(1488369602000, 2, null), point(1488369603000, 3, 0.5)]));
  insert.run(8, 1, point(1488369601000, 0, 0.9));
  database.prepare("insert into output values(?,?,?)").run(1488369601500, 0, "hello");
  database.close();
  const [run] = imported(project, "old");
  assert.equal(
    [run?.operation, run?.model, run?.status, run?.started, run?.durationSeconds, run?.flags],
    ["train", "mnist", "completed", "2017-03-01T12:00:00.000Z", 10, { epochs: 2, rate: 0.1 }],
  );
  assert.equal([run?.scalars["tf/loss"]?.count, run?.scalars["tf/loss"]?.last], [2, { step: 3, value: 0.5 }]);
  assert.equal([Object.keys(run?.system ?? {}), project.guild("cat", "1").stdout], [["op/cpu/util"], "hello\n"]);
});

imports("what is broken costs itself, with a sentence", ({ project }) => {
  guildHome(project);
  project.write(`home/runs/${failed}/.guild/opref`, "\n");
  project.write(`home/runs/${killed}/.guild/attrs/flags`, "a: [1,");
  bytes(
    join(project.root, `home/runs/${prep}/.guild/events.out.tfevents.1.host.1.1`),
    Buffer.from("no event file at all, but long enough"),
  );
  const { status, stdout, stderr } = project.guild("import", "home");
  assert.equal([status, stdout.trimEnd().split("\n").length], [1, 4], stderr);
  assert.match(stderr, /was skipped: .*opref does not say which operation/);
  assert.match(stderr, /tfevents/);
  assert.not.match(stderr, /bug in Guildhall/);
});

for (const [words, message] of [
  [[], "Expected a folder"],
  [["nowhere"], "There is no folder nowhere"],
  [["home", "--kind", "gild"], 'Did you mean "guild"?'],
] as const) {
  imports(`import ${words.join(" ")} is answered with ${message}, and 2`, ({ project }) => {
    const { status, stderr } = project.guild("import", ...words);
    assert.equal([status, stderr.includes(message)], [2, true], stderr);
  });
}

imports("exported runs are merged by copying; what is here stays", ({ project }) => {
  guildHome(project);
  imported(project, "home");
  assert.match(project.guild("export", "--status", "completed", "--to", "away").stdout, /^2 runs copied to away/);
  assert.is(project.guild("export", "--to", "home").status, 2);
  const other = makeProject();
  assert.is(other.guild("import", join(project.root, "away")).status, 0);
  assert.equal(other.runs().length, 2);
  other.guild("label", "1", "mine");
  assert.match(other.guild("import", join(project.root, "away")).stdout, /is here already/);
  assert.is(JSON.parse(other.guild("info", "1", "--json").stdout).label, "mine");
  other.remove();
});

imports("export writes every point, exactly, as CSV or JSON lines", ({ project }) => {
  guildHome(project);
  imported(project, "home");
  const rows = project.guild("export", "--to", "-").stdout.trimEnd().split("\n");
  assert.is(rows[0], "run,tag,step,seconds,value");
  assert.equal(
    rows.filter((row) => /,loss,/.test(row)).map((row) => row.split(",").slice(1).join(",")),
    ["loss,0,0.199107,0.7", "loss,1,0.499107,0.3"],
  );
  assert.is(project.guild("export", "--to", "points.jsonl").status, 0);
  assert.is(project.read("points.jsonl").trimEnd().split("\n").length, rows.length - 1);
  assert.is(project.guild("export", "--to", "gone/points.csv").status, 1);
  assert.is(project.guild("export").status, 2);
});

imports.run();
