// timeout: 420 s
/** The packed package in a stranger's repository: no package.json, a read-only install, not root. */
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { parseRun } from "../../src/run/run-file.ts";
import { makeStranger, npmSettings } from "./_stranger.ts";
import { runSteps } from "./_workflow.ts";

const test = suite("the installed package");
const python = spawnSync("/usr/bin/env", ["-i", "PATH=/usr/local/bin:/usr/bin:/bin", "python3", "--version"]).status === 0;
const command = python ? ["python3", "train.py", "--lr", "0.1"] : ["node", "train.mjs", "--lr", "0.1"];

const stranger = makeStranger();
const project = stranger.newProject("digits");
test.after(() => stranger.remove());

const programOutput = "epoch 1 loss 0.9\nepoch 2 loss 0.5\nepoch 3 loss 0.3\naccuracy: 0.9\n";
writeProgram(project);

test("cannot be written to by those who use it", () => {
  const { status } = stranger.call(["touch", join(stranger.packageDir, "mark")], project);
  assert.is.not(status, 0);
});

test("guild init --yes prepares an empty repository", () => {
  const { status, stderr } = guild("init", "--yes");
  assert.is(status, 0, stderr);
  assert.ok(existsSync(join(project, "guild.yml")));
  assert.ok(globSync(".github/workflows/*.yml", { cwd: project }).length > 0, "no workflow was written");
});

test("guild run passes the program's output through, ends as it ended and records it", () => {
  const { status, stdout, stderr } = guild("run", "--label", "first", "--", ...command);
  assert.is(status, 0, stderr);
  assert.is(stdout, programOutput);
  const run = firstRun();
  assert.is(run?.status, "completed");
  assert.is(run?.label, "first");
  assert.equal(run?.command, command);
  assert.is(run?.flags.lr, 0.1);
  assert.is(run?.scalars.loss?.count, 3);
  assert.is(run?.scalars.accuracy?.last.value, 0.9);
});

test("a program that fails keeps its exit code and is recorded as failed", () => {
  const { status } = guild("run", "--", "sh", "-c", "echo 'loss: 3'; exit 7");
  assert.is(status, 7);
  assert.ok(recorded().some((run) => run.status === "error" && run.exitCode === 7));
});

test("guild build makes the site, and the site has the runs", () => {
  const { status, stderr } = guild("build");
  assert.is(status, 0, stderr);
  const run = firstRun();
  const page = readFileSync(join(project, "dist/runs", run?.id ?? "", "index.html"), "utf8");
  const text = page.replace(/<[^>]*>/g, "");
  for (const fact of ["completed", command.join(" "), run?.id ?? ""])
    assert.ok(text.includes(fact), `the page does not say ${fact}`);
  assert.match(page, /<svg[\s\S]*<path/);
  assert.ok(readFileSync(join(project, "dist/index.html"), "utf8").includes(`/runs/${run?.id}/`));
  for (const name of ["runs/index.json", "environments/index.json", "bundle.json", "404.html"]) {
    assert.ok(existsSync(join(project, "dist", name)), name);
  }
});

test("nothing but what is meant for git is left for git to see", () => {
  const { stdout } = stranger.call(["git", "status", "--porcelain", "--untracked-files=all"], project);
  const seen = stdout.split("\n").filter(Boolean);
  const meant =
    /^\?\? (content\/(runs|environments)\/|content\/README\.md$|\.github\/workflows\/|guild\.yml$|\.gitignore$|train\.(py|mjs)$|runs\/\.gitignore$)/;
  assert.equal(
    seen.filter((line) => !meant.test(line)),
    [],
  );
});

test("a record names neither the user nor the home directory nor the project's place", () => {
  for (const path of globSync("content/{runs,environments}/**/*.*", { cwd: project })) {
    const text = readFileSync(join(project, path), "utf8");
    for (const secret of [stranger.env.HOME ?? "", project]) assert.not.ok(text.includes(secret), `${path} names ${secret}`);
  }
});

test("a second build, and one from nothing, give the same bytes", () => {
  const first = fingerprint("dist");
  assert.is(guild("build").status, 0);
  assert.equal(fingerprint("dist"), first);
  for (const name of ["dist", ".guild"]) rmSync(join(project, name), { recursive: true });
  assert.is(guild("build").status, 0);
  assert.equal(fingerprint("dist"), first);
});

test("a base path stands before every link", () => {
  const { status, stderr } = guild("build", "--base", "/repo/", "--out", "based");
  assert.is(status, 0, stderr);
  for (const path of globSync("based/**/*.html", { cwd: project })) {
    const page = readFileSync(join(project, path), "utf8");
    const links = [...page.matchAll(/\s(?:href|src|data-base)="(\/[^"]*)"/g)].map((match) => match[1] ?? "");
    assert.ok(links.length > 0, path);
    assert.equal(
      links.filter((link) => !link.startsWith("/repo/")),
      [],
      path,
    );
  }
});

test("a broken run is skipped with one warning that names file and line", () => {
  const broken = join(project, "content/runs/20200101T000000-0bad");
  mkdirSync(broken);
  writeFileSync(join(broken, "run.json"), '{\n  "schema": 1,\n  oops\n}\n');
  const { status, stderr } = guild("build");
  rmSync(broken, { recursive: true });
  assert.is(status, 0, stderr);
  const warnings = stderr.split("\n").filter((line) => line.includes("20200101T000000-0bad"));
  assert.is(warnings.length, 1, stderr);
  assert.match(warnings[0] ?? "", /run\.json.*\b(line 3|:3\b)/);
  assert.ok(existsSync(join(project, "dist/runs", firstRun()?.id ?? "", "index.html")));
});

test("a deleted run is gone from the next build, and its page with it", () => {
  const failed = recorded().find((run) => run.status === "error");
  const id = failed?.id ?? "";
  assert.ok(existsSync(join(project, "dist/runs", id, "index.html")));
  rmSync(join(project, "content/runs", id), { recursive: true });
  assert.is(guild("build").status, 0);
  assert.not.ok(existsSync(join(project, "dist/runs", id)));
  assert.not.ok(readFileSync(join(project, "dist/runs/index.html"), "utf8").includes(id));
});

test("a folder that another program filled is not built into", () => {
  mkdirSync(join(project, "theirs"));
  writeFileSync(join(project, "theirs/thesis.tex"), "years of work");
  const { status, stderr } = guild("build", "--out", "theirs");
  assert.is.not(status, 0);
  assert.match(stderr, "theirs");
  assert.is(readFileSync(join(project, "theirs/thesis.tex"), "utf8"), "years of work");
});

test("the Pages workflow that init wrote builds the committed site with the packed file", () => {
  const commit =
    "git add . && git -c user.name=Ada -c user.email=ada@example.org commit --quiet -m first && git clone --quiet . ../clone";
  const cloned = stranger.call(["sh", "-c", commit], project);
  assert.is(cloned.status, 0, cloned.stderr);
  const clone = join(project, "../clone");
  assert.not.ok(existsSync(join(clone, "runs")) || existsSync(join(clone, "dist")), "the clone holds what is ours alone");

  const [path = ""] = globSync(".github/workflows/*.yml", { cwd: clone });
  const prefix = join(stranger.env.HOME ?? "", "global");
  const ran = runSteps(readFileSync(join(clone, path), "utf8"), "build", clone, {
    PATH: `${join(prefix, "bin")}:${process.env.PATH}`,
    HOME: process.env.HOME,
    ...npmSettings(),
    CI: "true",
    NPM_CONFIG_PREFIX: prefix,
    NPM_CONFIG_PREFER_OFFLINE: "true",
    GUILDHALL_PACKAGE: stranger.tarball,
    GITHUB_REPOSITORY: "ada/digits",
    BASE_PATH: "/digits",
  });
  assert.equal(ran, ["Install Guildhall", "Build the site"]);
  const page = readFileSync(join(clone, "dist/index.html"), "utf8");
  assert.ok(page.includes(`href="/digits/runs/${firstRun()?.id}/"`), "the site does not have the run under its base path");
});

test("guild view serves the runs from the read-only install, and ends when it is told to", async () => {
  const { env, identity } = stranger;
  const view = spawn(stranger.guild, ["view", "--port", "0"], {
    cwd: project,
    env,
    ...identity,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(view, "exit");
  const [line] = (await once(createInterface({ input: view.stdout }), "line")) as [string];
  assert.match(line, /^http:\/\/localhost:\d+\/$/);
  for (const path of ["", "runs/", `runs/${firstRun()?.id}/`, `runs/${firstRun()?.id}/series.json`]) {
    const response = await fetch(line + path);
    assert.is(response.status, 200, path);
    assert.match(await response.text(), path.endsWith(".json") ? '"loss"' : "first", path);
  }
  const page = await (await fetch(`${line}runs/${firstRun()?.id}/`)).text();
  const scripts = [...page.matchAll(/<script[^>]* src="([^"]+)"/g)].map((match) => match[1] ?? "");
  assert.ok(scripts.length > 0, "the page asks for no script");
  for (const script of scripts) assert.is((await fetch(new URL(script, line))).status, 200, script);
  view.kill("SIGTERM");
  assert.equal(await ended, [null, "SIGTERM"]);
});

test("works in a project beside nothing: neither a repository nor guild.yml", () => {
  const bare = stranger.newProject("bare");
  rmSync(join(bare, ".git"), { recursive: true });
  writeProgram(bare);
  assert.is(stranger.call([stranger.guild, "run", "--quiet", "--", ...command], bare).status, 0);
  const { status, stderr } = stranger.call([stranger.guild, "build"], bare);
  assert.is(status, 0, stderr);
  assert.is(globSync("dist/runs/2*/index.html", { cwd: bare }).length, 1);
});

test.run();

function guild(...words: string[]) {
  return stranger.call([stranger.guild, ...words], project);
}

function recorded() {
  return globSync("content/runs/*/run.json", { cwd: project })
    .sort()
    .map((path) => parseRun(JSON.parse(readFileSync(join(project, path), "utf8"))));
}

/** The run labelled "first"; two runs of one second stand in no particular order. */
function firstRun() {
  return recorded().find((run) => run.label === "first");
}

/** Somebody's training, in the language that this machine has. */
function writeProgram(folder: string): void {
  const lines = programOutput.trimEnd().split("\n");
  writeFileSync(join(folder, "train.py"), lines.map((line) => `print(${JSON.stringify(line)})\n`).join(""));
  writeFileSync(join(folder, "train.mjs"), lines.map((line) => `console.log(${JSON.stringify(line)});\n`).join(""));
}

/** Every file of a folder with a digest of its bytes. */
function fingerprint(folder: string): Record<string, string> {
  const paths = globSync("**/*", { cwd: join(project, folder) }).filter((path) => statSync(join(project, folder, path)).isFile());
  const digest = (path: string) =>
    createHash("sha256")
      .update(readFileSync(join(project, folder, path)))
      .digest("hex");
  return Object.fromEntries(paths.sort().map((path) => [path, digest(path)]));
}
