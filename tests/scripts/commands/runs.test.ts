import { suite } from "uvu";
import * as assert from "uvu/assert";
import { makeProject, type TestProject } from "../_project.ts";

const runs = suite<{ project: TestProject }>("guild runs, label, tag, note and check");
const node = process.execPath;
const print = (text: string) => ["run", "-q", "--", node, "-e", `console.log(${JSON.stringify(text)})`];

runs.before((context) => {
  context.project = makeProject({ "guild.yml": "train: {exec: x}\nguildhall: {metrics: {acc: max}}\n" });
  context.project.guild(...print("acc: 0.9"));
  context.project.guild("run", "-q", "--label", "second", "--", node, "-e", "process.exit(3)");
});

runs.after(({ project }) => project.remove());

runs("lists newest first, with how each ended", ({ project }) => {
  const [first = "", second = ""] = project.runs();
  const lines = project.guild("runs").stdout.trimEnd().split("\n");
  assert.is(lines.length, 3);
  assert.match(lines[0] ?? "", /^# +run +operation +status +started \(UTC\) +duration +acc +label or flags$/);
  assert.match(lines[1] ?? "", new RegExp(`^1  ${second} +node +error \\(3\\) .* second$`));
  assert.match(lines[2] ?? "", new RegExp(`^2  ${first} +node +completed .* 0\\.9`));
});

runs("--json gives the public records, newest first", ({ project }) => {
  const records = JSON.parse(project.guild("runs", "--json").stdout);
  assert.equal(
    records.map(({ id }: { id: string }) => id),
    project.runs().reverse(),
  );
  assert.equal([records[0].schema, records[0].exitCode, records[1].scalars.acc.last.value], [1, 3, 0.9]);
});

runs("says what to type where there are none", () => {
  const empty = makeProject();
  assert.match(empty.guild("runs").stdout, /guild run -- python3 train\.py/);
  assert.is(empty.guild("runs", "--json").stdout, "[]\n");
  empty.remove();
});

runs("rebuilds a record from its exact log", ({ project }) => {
  const [first = ""] = project.runs();
  const before = project.read(`content/runs/${first}/series.json`);
  project.write(`content/runs/${first}/series.json`, "{ cut short");
  const { status, stdout } = project.guild("runs", "refresh", first.slice(-4));
  assert.equal([status, stdout], [0, `${first} rebuilt\n`]);
  assert.is(project.read(`content/runs/${first}/series.json`), before);
  const all = project.guild("runs", "refresh", "all").stdout.trimEnd().split("\n");
  assert.equal(
    all.sort(),
    project
      .runs()
      .map((id) => `${id} rebuilt`)
      .sort(),
  );
});

runs("a broken log does not keep the others from being rebuilt", ({ project }) => {
  const [first = "", second = ""] = project.runs();
  const manifest = project.read(`runs/${first}/.guild/run.json`);
  project.write(`runs/${first}/.guild/run.json`, "{");
  const { status, stdout, stderr } = project.guild("runs", "refresh", "all");
  project.write(`runs/${first}/.guild/run.json`, manifest);
  assert.is(status, 1);
  assert.is(stdout, `${second} rebuilt\n`);
  assert.ok(stderr.includes(`${first} was skipped`), stderr);
});

runs("labels, tags and notes are a person's and keep their comments", ({ project }) => {
  const [first = ""] = project.runs();
  const short = first.slice(-4);
  project.write(`content/runs/${first}/edits.yml`, "# mine\nstarred: true # very\n");
  assert.is(project.guild("label", short, "best", "so far").status, 0);
  assert.is(project.guild("tag", first, "paper", "old").status, 0);
  assert.is(project.guild("tag", first, "new", "--remove", "old").stdout, `${first}: paper, new\n`);
  const edits = project.read(`content/runs/${first}/edits.yml`);
  assert.match(edits, /^# mine\nstarred: true # very\nlabel: best so far\ntags:\n {2}- paper\n {2}- new\n$/);
  const [record] = JSON.parse(project.guild("runs", "--json").stdout).filter(({ id }: { id: string }) => id === first);
  assert.equal([record.label, record.tags], ["best so far", ["paper", "new"]]);
  project.guild("label", first);
  assert.match(project.read(`content/runs/${first}/edits.yml`), /label: null/);

  project.guild("note", first, "The first.");
  project.guild("note", first, "The second.");
  assert.is(project.guild("note", first).stdout, "The first.\n\nThe second.\n");
});

runs("edits that are broken are left alone", ({ project }) => {
  const [, second = ""] = project.runs();
  project.write(`content/runs/${second}/edits.yml`, "label: 'open\n");
  const { status, stderr } = project.guild("label", second, "x");
  assert.is(status, 1);
  assert.match(stderr, /nothing was changed/);
  assert.is(project.read(`content/runs/${second}/edits.yml`), "label: 'open\n");
  project.write(`content/runs/${second}/edits.yml`, "");
});

runs("check finds nothing wrong here", ({ project }) => {
  const { status, stdout } = project.guild("check");
  assert.is(status, 0);
  assert.is(stdout.split("\n")[0], "guild.yml with 1 operation, 2 runs, 1 environment, 0 comparisons: no mistakes.");
});

runs("check names what is wrong, and where", ({ project }) => {
  const [first = ""] = project.runs();
  const series = project.read(`content/runs/${first}/series.json`);
  const guildFile = project.read("guild.yml");
  project.write(`content/runs/${first}/series.json`, '{"schema": 1,\n"series": [}');
  project.write("content/compare/a.yml", "runs: [19990101]\n");
  project.write(
    "guild.yml",
    "train:\n  exec: 'x ${lrr}'\n  flags: {lr: {default: 3, max: 1}}\nguildhall: {metrics: {ac: max}, env: [HF_TOKEN]}\n",
  );
  const { status, stdout } = project.guild("check");
  project.write(`content/runs/${first}/series.json`, series);
  project.write("guild.yml", guildFile);
  assert.is(status, 1);
  assert.match(stdout, /^guild\.yml:1: Flag lr \(guild\.yml:3\): expected a number of at most 1, found 3$/m);
  assert.match(stdout, new RegExp(`^content/runs/${first}/series\\.json:2: `, "m"));
  assert.match(stdout, /^content\/compare\/a\.yml: there is no run 19990101$/m);
  assert.match(stdout, /no run has the metric ac; did you mean acc\?/);
  assert.match(stdout, /the variable HF_TOKEN is never recorded/);
  assert.match(stdout, /: 3 mistakes\.$/m);
});

runs.run();
