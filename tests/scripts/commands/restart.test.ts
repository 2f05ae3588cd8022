import { renameSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { makeProject, type TestProject, tell } from "../_project.ts";

const restart = suite<{ project: TestProject }>("guild restart, cat and open");
const node = process.execPath;

restart.before((context) => {
  const operation = `train: {exec: '${node} tell.js --out \${RUN_DIR} \${flag_args}', flags: {epochs: 2, opt: adam}, tags: [mine], label: 'e=\${epochs}'}\n`;
  context.project = makeProject({ "guild.yml": operation, "tell.js": tell, "sub/tell.js": tell });
  context.project.guild("train", "-q", "epochs=3");
});

restart.after(({ project }) => project.remove());

const told = (stdout: string) => JSON.parse(stdout.trim().split("\n").at(-1) ?? "");

restart("records a new run with the same operation, flags, label and command, linked to the old one", ({ project }) => {
  const [first = ""] = project.runs();
  project.guild("tag", first, "paper");
  const before = project.read(`content/runs/${first}/run.json`);
  const { status, stdout } = project.guild("restart", "-q");
  assert.is(status, 0);
  const run = project.run();
  assert.is.not(run.id, first);
  assert.equal(
    [run.operation, run.flags, run.label, run.tags, run.parents],
    ["train", { epochs: 3, opt: "adam" }, "e=3", ["mine", "paper"], { restart: first }],
  );
  assert.equal(run.command, project.run(first).command);
  assert.equal([told(stdout).words[1], told(stdout).flags.FLAG_EPOCHS], [join(project.root, "runs", run.id), "3"]);
  assert.is(project.read(`content/runs/${first}/run.json`), before, "the old run is as it was");
});

restart("with another flag it is the operation with that flag", ({ project }) => {
  const [first = ""] = project.runs();
  assert.is(project.guild("restart", first, "epochs=5", "-q", "--label", "more").status, 0);
  const { flags, label, parents } = project.run();
  assert.equal([flags, label, parents], [{ epochs: 5, opt: "adam" }, "more", { restart: first }]);
  const { status, stderr } = project.guild("restart", first, "epoch=5");
  assert.equal([status, /Did you mean "epochs"/.test(stderr)], [2, true], stderr);
});

restart("a plain command starts again where it was typed, with its own new directory", ({ project }) => {
  project.guildIn("sub", ["run", "-q", "--", node, "tell.js", "--to", "$RUN_DIR/x", "--lr", "0.1"]);
  const old = project.run();
  const { status, stdout } = project.guild("restart", "1", "-q");
  const run = project.run();
  assert.equal(
    [status, run.parents, run.command],
    [0, { restart: old.id }, old.command.map((word) => word.replace("$RUN_DIR", `\${RUN_DIR}`))],
  );
  assert.equal([told(stdout).cwd, told(stdout).words[1]], [join(project.root, "sub"), join(project.root, "runs", run.id, "x")]);
  assert.is(project.guild("restart", "1", "lr=0.2").status, 2);
});

restart("when guild.yml has changed the recorded command is started as it was, and said so", ({ project }) => {
  const [first = ""] = project.runs();
  const file = project.read("guild.yml");
  project.write("guild.yml", file.replace("--out", "--into"));
  const { status, stderr, stdout } = project.guild("restart", first);
  project.write("guild.yml", file);
  assert.equal([status, told(stdout).words[0], told(stdout).flags.FLAG_EPOCHS], [0, "--out", "3"]);
  assert.match(stderr, /guild\.yml says another command for train now; the recorded one is started/);
});

restart("--preview records nothing", ({ project }) => {
  const count = project.runs().length;
  assert.match(project.guild("restart", "--preview").stdout, /made from +restart /);
  assert.is(project.runs().length, count);
});

restart("in a clone an operation can be restarted, and of a plain command it says what to type", ({ project }) => {
  const [first = ""] = project.runs();
  const plain = project.runs().find((id) => project.run(id).operation === "tell") ?? "";
  renameSync(join(project.root, "runs"), join(project.root, "away"));
  const again = project.guild("restart", first, "-q");
  assert.is(again.status, 0, again.stderr);
  assert.equal(project.run().parents, { restart: first });
  const { status, stderr } = project.guild("restart", plain);
  assert.equal(
    [status, /not on this machine/.test(stderr), /guild run -- .*tell\.js --to "\$RUN_DIR\/x" --lr 0\.1/.test(stderr)],
    [2, true, true],
    stderr,
  );
});

restart("cat prints what was printed, and files; open opens them", ({ project }) => {
  project.guild(
    "run",
    "-q",
    "--",
    node,
    "-e",
    "console.log('hé\\u0000llo'); require('fs').writeFileSync(process.env.RUN_DIR + '/a.txt', 'A')",
  );
  const { id } = project.run();
  assert.is(project.guild("cat").stdout, "hé\u0000llo\n");
  assert.is(project.guild("runs", "cat", "1", "--path", "a.txt").stdout, "A");
  assert.equal(JSON.parse(project.guild("cat", "--json").stdout), { id, path: "output", text: "hé\u0000llo\n" });
  assert.is(project.guild("open", "1", "--cmd", "echo").stdout, `${join(project.root, "runs", id)}\n`);
  assert.is(project.guild("open", "--path", "a.txt", "--cmd", "cat").stdout, "A");
  assert.equal(JSON.parse(project.guild("open", "--output", "--json").stdout), {
    id,
    path: join(project.root, "runs", id, ".guild/output.log"),
  });
  for (const [words, message] of [
    [["cat", "--path", "b.txt"], 'Did you mean "a.txt"'],
    [["cat", "--path", "../.."], "not a path inside"],
    [["cat", "--path", "/etc/passwd"], "not a path inside"],
    [["cat", "--path", "."], "is a folder"],
    [["open", "--cmd", "no-such-program"], "Could not start"],
    [["open", "1", "2"], 'takes no "2"'],
  ] as const) {
    const { status, stderr } = project.guild(...words);
    assert.equal([status, stderr.includes(message)], [2, true], `${words.join(" ")}: ${stderr}`);
  }
});

restart("a run that goes on is not started again", ({ project }) => {
  const { id } = project.run();
  const text = project.read(`content/runs/${id}/run.json`);
  const now = new Date().toISOString();
  const open = text
    .replace('"completed"', '"running"')
    .replace(/"stopped": ".*"/, '"stopped": null')
    .replace(/"updated": ".*"/, `"updated": "${now}"`);
  project.write(`content/runs/${id}/run.json`, open);
  renameSync(join(project.root, "runs"), join(project.root, "elsewhere"));
  const { status, stderr } = project.guild("restart", id);
  assert.equal([status, /still running/.test(stderr)], [2, true], stderr);
});

restart.run();
