import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { readCode, sourceDigest } from "../../../scripts/record/code.ts";
import { keepSource } from "../../../scripts/record/source-snapshot.ts";

interface Repository {
  root: string;
  git(...words: string[]): string;
  write(path: string, text: string | Buffer): void;
}

const code = suite<Repository>("code");

code.before.each((context) => {
  context.root = mkdtempSync(join(tmpdir(), "guildhall-code-"));
  const identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "init.defaultBranch=trunk"];
  context.git = (...words) =>
    execFileSync("git", [...identity, ...words], { cwd: context.root, encoding: "utf8", stdio: "pipe" }).trim();
  context.write = (path, text) => {
    mkdirSync(dirname(join(context.root, path)), { recursive: true });
    writeFileSync(join(context.root, path), text);
  };
  context.write("train.py", "print(1)\n");
});

code.after.each(({ root }) => rmSync(root, { recursive: true }));

function begin({ git }: Repository): void {
  git("init", "--quiet");
  git("add", ".");
  git("commit", "--quiet", "-m", "begin");
}

code("reads commit, branch and a clean tree", async (repository) => {
  begin(repository);
  const { commit, branch, dirty, digest } = await readCode(repository.root);
  assert.equal({ commit, branch, dirty }, { commit: repository.git("rev-parse", "HEAD"), branch: "trunk", dirty: false });
  assert.match(digest ?? "", /^[0-9a-f]{64}$/);
});

code("is dirty by a changed and by a new file, and the digest tells", async (repository) => {
  begin(repository);
  const clean = await readCode(repository.root);
  repository.write("new.py", "x\n");
  const added = await readCode(repository.root);
  repository.write("train.py", "print(2)\n");
  const changed = await readCode(repository.root);
  assert.equal([added.dirty, changed.dirty], [true, true]);
  assert.is(new Set([clean.digest, added.digest, changed.digest]).size, 3);
  assert.is(changed.commit, clean.commit);
});

code("what recording and building write changes nothing", async (repository) => {
  begin(repository);
  const before = await readCode(repository.root);
  for (const path of ["content/runs/x/run.json", "runs/x/a.py", "dist/index.html", ".guild/cache/x"]) repository.write(path, "x");
  assert.equal(await readCode(repository.root), before);
});

code("leaves out what git ignores, binaries, big files and folders that ask for it", async (repository) => {
  repository.write(".gitignore", "*.log\n");
  begin(repository);
  const before = await sourceDigest(repository.root);
  repository.write("a.log", "x");
  repository.write("weights.bin", Buffer.from([1, 0, 2]));
  repository.write("big.txt", "x".repeat(1024 * 1024 + 1));
  repository.write("closed/.guild-nocopy", "");
  repository.write("closed/a.py", "x");
  assert.is(await sourceDigest(repository.root), before);
});

code("looks at the project only, not at the whole repository", async (repository) => {
  repository.write("lab/train.py", "x\n");
  begin(repository);
  const before = await readCode(join(repository.root, "lab"));
  repository.write("elsewhere.py", "y\n");
  assert.equal(await readCode(join(repository.root, "lab")), before);
  assert.is(before.dirty, false);
});

code("without a commit, or with a detached one, says what there is", async (repository) => {
  repository.git("init", "--quiet");
  const empty = await readCode(repository.root);
  assert.equal([empty.commit, empty.branch, empty.dirty], [null, "trunk", true]);
  begin(repository);
  repository.git("checkout", "--quiet", "--detach");
  assert.is((await readCode(repository.root)).branch, null);
});

code("without git walks, and finds the same files to digest", async (repository) => {
  for (const path of [
    ".venv/a.py",
    "venv/b.py",
    "env/pyvenv.cfg",
    "env/c.py",
    "__pycache__/d.py",
    "node_modules/e.js",
    "x.egg-info/f",
  ]) {
    repository.write(path, "x");
  }
  repository.write("src/model.py", "ünïcödé\n");
  const walked = await readCode(repository.root);
  assert.equal([walked.commit, walked.branch, walked.dirty], [null, null, null]);
  repository.write(".git/info/exclude", "");
  rmSync(join(repository.root, ".git"), { recursive: true });
  for (const folder of [".venv", "venv", "env", "__pycache__", "node_modules", "x.egg-info"]) {
    rmSync(join(repository.root, folder), { recursive: true });
  }
  repository.git("init", "--quiet");
  assert.is((await readCode(repository.root)).digest, walked.digest);
});

code("does not follow links, and names what they point to", async ({ root }) => {
  const before = await sourceDigest(root);
  symlinkSync("/nowhere/else", join(root, "link"));
  const linked = await sourceDigest(root);
  assert.is.not(linked, before);
  rmSync(join(root, "link"));
  symlinkSync("/nowhere/other", join(root, "link"));
  assert.is.not(await sourceDigest(root), linked);
});

code("nothing there is unknown", async ({ root }) => {
  rmSync(join(root, "train.py"));
  assert.equal(await readCode(root), { commit: null, branch: null, dirty: null, digest: null });
  assert.equal(await readCode(join(root, "gone")), { commit: null, branch: null, dirty: null, digest: null });
});

code("writes nothing into their repository, and starts no hook of theirs", async (repository) => {
  begin(repository);
  repository.write("hook.sh", '#!/bin/sh\ntouch "$(dirname "$0")/hooked"\n');
  execFileSync("chmod", ["+x", join(repository.root, "hook.sh")]);
  repository.git("config", "core.fsmonitor", join(repository.root, "hook.sh"));
  repository.write("train.py", "print(1)\n");
  const index = execFileSync("stat", ["-c", "%Y %i %s", join(repository.root, ".git/index")], { encoding: "utf8" });
  await readCode(repository.root);
  assert.is(execFileSync("stat", ["-c", "%Y %i %s", join(repository.root, ".git/index")], { encoding: "utf8" }), index);
  assert.throws(() => execFileSync("ls", [join(repository.root, "hooked")], { stdio: "pipe" }));
});

code("a repository without a commit is one still", async (repository) => {
  repository.git("init", "--quiet");
  const { commit, branch, dirty, digest } = await readCode(repository.root);
  assert.equal({ commit, branch, dirty }, { commit: null, branch: "trunk", dirty: true });
  assert.ok(digest);
});

code("a work tree of another repository has its own branch", async (repository) => {
  begin(repository);
  repository.git("worktree", "add", "--quiet", "-b", "side", "side");
  const { commit, branch, dirty } = await readCode(join(repository.root, "side"));
  assert.equal({ commit, branch, dirty }, { commit: repository.git("rev-parse", "HEAD"), branch: "side", dirty: false });
});

code("neither a submodule's monitor nor a differ nor a converter is started", async (repository) => {
  begin(repository);
  const trap = join(repository.root, "trap.sh");
  repository.write("trap.sh", `#!/bin/sh\ntouch ${repository.root}/content/sprung\ncat "$1"\n`);
  execFileSync("chmod", ["+x", trap]);
  repository.write("content/there", "");
  repository.write(".gitattributes", "*.py diff=trap\n");
  repository.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", repository.root, "sub");
  repository.git("commit", "--quiet", "-am", "sub");
  for (const words of [["core.fsmonitor"], ["diff.external"], ["diff.trap.textconv"], ["diff.trap.command"]]) {
    repository.git("config", ...words, trap);
    repository.git("-C", "sub", "config", ...words, trap);
  }
  repository.write("train.py", "print(3)\n");
  repository.write("sub/train.py", "print(4)\n");
  assert.is((await readCode(repository.root)).dirty, true);
  await keepSource(repository.root, join(repository.root, "runs/x"));
  assert.not.ok(existsSync(join(repository.root, "content/sprung")));
  assert.match(readFileSync(join(repository.root, "runs/x/diff.patch"), "utf8"), "+print(3)");
});

code.run();
