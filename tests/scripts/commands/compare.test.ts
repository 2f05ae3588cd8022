import { suite } from "uvu";
import * as assert from "uvu/assert";
import { course } from "../../src/views/_runs.ts";
import { makeProject, type TestProject } from "../_project.ts";
import { record } from "./_recorded.ts";

const compare = suite<{ project: TestProject }>("guild compare, diff and info");
const [first, second, third] = ["20261123T190119-7f3a", "20261123T190120-02bd", "20261123T190121-beef"] as const;

compare.before((context) => {
  const { project } = context;
  context.project = project ?? makeProject({ "guild.yml": "train: {exec: x}\n" });
  const flags = { lr: 0.1, opt: "adam" };
  record(context.project, first, {
    flags,
    scalars: { loss: course([3, 1 / 3]), acc: course([0.5, 0.9, 0.7]), "sys/cpu": course([1]) },
  });
  record(context.project, second, {
    flags: { ...flags, lr: 0.2 },
    label: 'a, "b"',
    scalars: { loss: course([2, 0.7, 0.9]), acc: course([0.8]) },
  });
  record(context.project, third, {
    flags: { ...flags, lr: 0.3 },
    status: "error",
    exitCode: 1,
    scalars: { loss: course([Number.NaN]) },
  });
});

compare.after(({ project }) => project.remove());

const csv = (project: TestProject, ...words: string[]) =>
  project
    .guild("compare", "--csv", "-", ...words)
    .stdout.trimEnd()
    .split("\n");

compare("CSV has the facts, all flags, the step of the loss and every scalar but the machine's, exactly", ({ project }) => {
  assert.equal(csv(project), [
    "run,operation,started,time,status,label,lr,opt,step,loss,acc",
    `${third},train,2026-11-23T19:01:21.000Z,10,error,,0.3,adam,0,NaN,`,
    `${second},train,2026-11-23T19:01:20.000Z,10,completed,"a, ""b""",0.2,adam,3,0.9,0.8`,
    `${first},train,2026-11-23T19:01:19.000Z,10,completed,,0.1,adam,2,${1 / 3},0.7`,
  ]);
});

compare("columns are Guild's: flags, attributes, reductions, steps, headings", ({ project }) => {
  const columns = "=lr, .exit_status, max acc as best, max acc step, first loss, avg loss, count acc, loss step as 'at'";
  const [head = "", , , last = ""] = csv(project, "--columns", columns);
  assert.is(head, "run,operation,started,time,status,label,lr,exit_status,best,max acc step,first loss,avg loss,count acc,at");
  assert.is(last.split(",").slice(6).join(","), `0.1,0,0.9,2,3,${(3 + 1 / 3) / 2},3,2`);
});

compare("guild.yml names the columns where nobody else does", ({ project }) => {
  project.write("guild.yml", "train: {exec: x}\nguildhall: {compare: ['=lr', min loss as least]}\n");
  const [head = "", ...rows] = project.guild("compare").stdout.trimEnd().split("\n");
  project.write("guild.yml", "train: {exec: x}\n");
  assert.match(head, /^run +status +lr +least +started +duration$/);
  assert.match(rows[1] ?? "", /^02bd a, "b" +completed +0\.2 +0\.7000 /);
});

compare("columns of one heading are one, filled from the first that has a value", ({ project }) => {
  project.write("guild.yml", "train: {exec: x}\nguildhall: {compare: [min acc as end, =never as rate, loss as end]}\n");
  const lines = csv(project);
  project.write("guild.yml", "train: {exec: x}\n");
  assert.is(lines[0], "run,operation,started,time,status,label,end,rate");
  assert.equal(
    lines.slice(1).map((line) => line.split(",").at(-2)),
    ["NaN", "0.8", "0.5"],
  );
});

compare("--min, --max and --top sort, and what has no value comes last or not at all", ({ project }) => {
  const ids = (...words: string[]) =>
    csv(project, ...words)
      .slice(1)
      .map((line) => line.split(",")[0]);
  assert.equal(ids("--min", "loss"), [first, second, third]);
  assert.equal(ids("--max", "=lr"), [third, second, first]);
  assert.equal(ids("--top", "5"), [first, second]);
  assert.equal(ids("--top", "1", "--min", "min loss"), [first]);
  assert.equal(ids("--columns", "max acc as best", "--max", "best", "--top", "1"), [first]);
  assert.equal(ids("-s", "completed", "1"), [second]);
});

compare("--diff leaves out what is the same in all", ({ project }) => {
  assert.is(csv(project, "--diff", "1:2")[0], "run,started,status,label,lr,step,loss,acc");
  const { stdout } = project.guild("compare", "--diff", first, second);
  assert.not.match(stdout, /status/);
  assert.match(stdout, /the same in all of them and not shown/);
});

compare("the table is that of the site, with the best configuration starred", ({ project }) => {
  const [head = "", , , line = ""] = project.guild("compare").stdout.split("\n");
  assert.match(head, /^run +status +acc best +acc last +lr +started +duration$/);
  assert.match(line, /^7f3a +completed +★ 0\.9 +0\.7 +0\.1 /);
});

compare("--json has columns and rows, and names for what is no number", ({ project }) => {
  const { columns, rows } = JSON.parse(project.guild("compare", "--json", "-c", "loss, =lr", "1").stdout);
  assert.equal(columns.slice(-2), [
    { heading: "loss", column: "last loss" },
    { heading: "lr", column: "=lr" },
  ]);
  assert.equal([rows[0].id, ...rows[0].values.slice(-2)], [third, "NaN", 0.3]);
});

for (const [words, message, hint] of [
  [["-c", "los"], 'None of these runs has the scalar "los"', 'Did you mean "loss"?'],
  [["-c", "lr"], 'the scalar "lr"', 'It is a flag: "=lr"'],
  [["-c", "=lrr"], 'the flag "lrr"', 'Did you mean "lr"?'],
  [["-c", ".statsu"], 'the attribute "statsu"', 'Did you mean "status"?'],
  [["-c", "best opt"], 'the scalar "opt"', "=opt"],
  [["--top", "0"], "whole number from 1 on", ""],
  [["--max", "accc"], 'the scalar "accc"', 'Did you mean "acc"?'],
  [["nope"], 'There is no run "nope"', ""],
  [["--operation", "trian"], 'No run has the operation "trian"', 'Did you mean "train"?'],
] as const) {
  compare(`${words.join(" ")} is answered with what is near, and 2`, ({ project }) => {
    const { status, stdout, stderr } = project.guild("compare", ...words);
    assert.equal([status, stdout], [2, ""], stderr);
    assert.ok(stderr.includes(message) && stderr.includes(hint), stderr);
  });
}

compare("diff says what differs, and how many facts do not", ({ project }) => {
  const { status, stdout } = project.guild("diff", first, second);
  assert.is(status, 0);
  assert.match(stdout, /^ +7f3a lr=0\.1 +02bd a, "b"$/m);
  assert.match(stdout, /^ {2}loss best +0\.3333 ★ +0\.7000 \(\+0\.37\)$/m);
  assert.match(stdout, /^Flags\n {2}lr +0\.1 +0\.2$/m);
  assert.match(stdout, /^\d+ further facts are the same in all of them\.$/m);
  const told = JSON.parse(project.guild("runs", "diff", first, second, "--json").stdout);
  assert.equal([told.runs, told.metrics.length > 0], [[first, second], true]);
  assert.equal(
    told.differences.find(({ name }: { name: string }) => name === "lr"),
    { section: "Flags", name: "lr", values: ["0.1", "0.2"] },
  );
  assert.is(project.guild("diff", first).status, 2);
});

compare("diff --output and --path compare line by line, and end as diff ends", ({ project }) => {
  project.write(`content/runs/${first}/output.txt`, "a\nb\n");
  project.write(`content/runs/${second}/output.txt`, "a\nc\n");
  const { status, stdout } = project.guild("diff", first, second, "--output");
  assert.equal([status, /^-b\n\+c$/m.test(stdout)], [1, true]);
  assert.is(project.guild("diff", first, first, second, "--path", "output.txt").status, 1);
  assert.is(project.guild("diff", first, second, "--path", "gone.txt").status, 2);
});

compare("info shows one run, the newest without a name, as text and as its record", ({ project }) => {
  assert.match(
    project.guild("info", "7f3a").stdout,
    new RegExp(`^Run +${first}\n[^]*^Directory +runs/${first} is not here$`, "m"),
  );
  assert.match(project.guild("info", "7f3a").stdout, /^ {2}loss +0\.3333 +2 +0\.3333 +2 +3 +1 +2$/m);
  const { id, scalars } = JSON.parse(project.guild("runs", "info", "--json").stdout);
  assert.equal([id, scalars.loss.last.value], [third, "NaN"]);
  assert.is(project.guild("info", "train").status, 2);
});

compare.run();
