import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { commandNames } from "../../scripts/commands/_catalog.ts";
import { launcher, makeProject, type TestProject } from "./_project.ts";

const guild = suite<{ project: TestProject }>("guild");

guild.before.each((context) => {
  context.project = makeProject();
});

guild.after.each(({ project }) => project.remove());

guild("says its version", ({ project }) => {
  const { version } = JSON.parse(readFileSync(join(launcher, "../../package.json"), "utf8"));
  for (const word of ["--version", "-V"]) assert.equal(project.guild(word).stdout, `guildhall ${version}\n`);
});

guild("without a word, and when asked, helps on one screen and names every command", ({ project }) => {
  const { stdout, status } = project.guild();
  assert.is(status, 0);
  for (const words of [["help"], ["--help"], ["-h"]]) assert.is(project.guild(...words).stdout, stdout);
  const lines = stdout.trimEnd().split("\n");
  assert.ok(lines.length <= 24, `${lines.length} lines`);
  assert.ok(
    lines.every((line) => line.length <= 80),
    lines.find((line) => line.length > 80),
  );
  for (const name of commandNames()) assert.match(stdout, new RegExp(`^ {2}(?:.* )?${name}(?: |$)`, "m"));
});

guild("helps with each command on one screen, with an example", ({ project }) => {
  for (const name of commandNames()) {
    const { stdout, status } = project.guild("help", name);
    assert.is(status, 0, name);
    assert.ok(stdout.split("\n").length <= 36, `${name}: too long`);
    assert.ok(
      stdout.split("\n").every((line) => line.length <= 100),
      `${name}: too wide`,
    );
    assert.match(stdout, /\nExamples?\n {2}guild /, name);
    assert.is(project.guild(name, "--help").stdout, stdout);
  }
});

guild("--help behind -- belongs to the command", ({ project }) => {
  const { stdout, status } = project.guild("run", "-q", "--", process.execPath, "--help");
  assert.is(status, 0);
  assert.match(stdout, /Usage: node/);
});

const mistakes: [string[], string, string][] = [
  [["trian"], 'guild has no command "trian"', 'Did you mean "train"?'],
  [["xyz"], 'guild has no command "xyz"', "guild help"],
  [["help", "biuld"], 'guild has no command "biuld"', 'Did you mean "build"?'],
  [["--verson"], "guild has no option --verson", "guild help"],
  [["run", "--lable", "x", "--", "true"], "guild run has no option --lable", 'Did you mean "--label"?'],
  [["view", "--prot", "1"], "guild view has no option --prot", 'Did you mean "--port"?'],
  [["view", "--port", "x"], 'Option --port needs a number, found "x"', ""],
  [["view", "--port", "70000"], "from 0 to 65535, found 70000", ""],
  [["view", "--no-open=yes"], "Option --no-open takes no value", ""],
  [["build", "--out"], "Option --out needs a value", "--out <folder>"],
  [["build", "here"], 'guild build takes no "here"', "guild help build"],
  [["train", "--lr", "0.1"], "guild train has no option --lr", "lr=0.1"],
  [["runs", "refrsh"], 'guild runs takes no "refrsh"', 'Did you mean "refresh"?'],
  [["runs", "7f3a"], 'guild runs takes no "7f3a"', "guild runs list 7f3a"],
  [["runs", "list", "7f3a"], 'There is no run "7f3a" here', "guild runs"],
  [["runs", "refresh"], "Expected one run, or all", "guild runs refresh all"],
];

for (const [words, message, hint] of mistakes) {
  guild(`answers "guild ${words.join(" ")}" with what is near, and 2`, ({ project }) => {
    const { status, stdout, stderr } = project.guild(...words);
    assert.is(status, 2);
    assert.is(stdout, "");
    assert.ok(stderr.startsWith("guild: ") && stderr.includes(message), stderr);
    assert.ok(stderr.includes(hint), stderr);
    assert.not.match(stderr, /\n\s+at /, "no stack");
  });
}

guild("ends with the command's own code", ({ project }) => {
  for (const code of [0, 1, 5, 42, 255]) {
    assert.is(project.guild("run", "-q", "--", process.execPath, "-e", `process.exit(${code})`).status, code);
  }
});

guild("dies by the very signal that the command died of", ({ project }) => {
  for (const signal of ["SIGTERM", "SIGKILL", "SIGINT", "SIGHUP"]) {
    const ended = project.guild("run", "-q", "--", process.execPath, "-e", `process.kill(process.pid, "${signal}")`);
    assert.equal([ended.signal, ended.status], [signal, null]);
  }
});

guild("says 127, 126 and 125 as env and timeout do, and records nothing", ({ project }) => {
  assert.is(project.guild("run", "--", "no-such-command-anywhere").status, 127);
  project.write("plain.txt", "not a program");
  assert.is(project.guild("run", "--", "./plain.txt").status, 126);
  project.write("content", "a file where a folder should be");
  const { status, stderr } = project.guild("run", "--", process.execPath, "-e", "console.log('started')");
  assert.is(status, 125);
  assert.ok(stderr.includes(join(project.root, "content")), stderr);
  assert.equal(project.runs(), []);
});

guild("a reader that has seen enough is no failure", async ({ project }) => {
  const child = spawn(process.execPath, [launcher, "help"], { cwd: project.root, stdio: ["ignore", "pipe", "pipe"] });
  child.stdout.destroy();
  let stderr = "";
  child.stderr.on("data", (chunk) => (stderr += chunk));
  const [code] = await once(child, "exit");
  assert.equal([code, stderr], [0, ""]);
});

guild("shows what is our own fault as a bug, with what to report", ({ project }) => {
  const sabotage = 'data:text/javascript,String.prototype.padEnd = () => { throw new TypeError("sabotaged"); };';
  const { status, stderr } = project.guildIn(".", ["help"], { NODE_OPTIONS: `--import=${encodeURI(sabotage)}` });
  assert.is(status, 1);
  assert.match(stderr, /^guild: this is a bug in Guildhall/);
  assert.match(stderr, /TypeError: sabotaged\n\s+at /);
  assert.match(stderr, /guildhall \d+\.\d+\.\d+, Node \d+/);
});

guild("an unreadable or vanished directory is said, not a bug", () => {
  const gone = mkdtempSync(join(tmpdir(), "guildhall-gone-"));
  const script = `cd ${gone} && rmdir ${gone} && exec "$0" "$1" runs`;
  const { status, stderr } = spawnSync("/bin/sh", ["-c", script, process.execPath, launcher], { encoding: "utf8" });
  assert.is(status, 125, stderr);
  assert.match(stderr, /is gone/);
});

guild.run();
