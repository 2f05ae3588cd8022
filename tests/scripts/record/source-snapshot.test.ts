import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { sourceDigest } from "../../../scripts/record/code.ts";
import { keepSource, type SourceSnapshot } from "../../../scripts/record/source-snapshot.ts";
import type { SourceRules } from "../../../src/run/source-rules.ts";

const test = suite<{ root: string; kept: string }>("source snapshot");

test.before.each((context) => {
  context.root = mkdtempSync(join(tmpdir(), "guildhall-source-"));
  context.kept = join(context.root, "runs/x/.guild/source");
  write(context.root, "train.py", "print(1)\n");
  write(context.root, "content/runs/x/run.json", "{}");
});
test.after.each(({ root }) => rmSync(root, { recursive: true }));

function write(root: string, path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

function git(root: string, ...words: string[]): string {
  const identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"];
  return execFileSync("git", [...identity, ...words], { cwd: root, encoding: "utf8", stdio: "pipe" }).trim();
}

function begin(root: string): void {
  git(root, "init", "--quiet");
  git(root, "add", "train.py");
  git(root, "commit", "--quiet", "-m", "begin");
}

function index(kept: string): SourceSnapshot {
  return JSON.parse(readFileSync(join(kept, "index.json"), "utf8")) as SourceSnapshot;
}

test("a clean tree is its commit, and nothing else", async ({ root, kept }) => {
  begin(root);
  await keepSource(root, kept);
  assert.equal(index(kept), { schema: 1, commit: git(root, "rev-parse", "HEAD"), diff: null, files: [] });
  assert.not.ok(existsSync(join(kept, "diff.patch")));
});

test("commit, patch and new files together are the code that ran", async ({ root, kept }) => {
  begin(root);
  write(root, "train.py", "print(2)\n");
  write(root, "lib/new.py", "x = 3\n");
  await keepSource(root, kept);
  git(root, "checkout", "--quiet", "train.py");
  git(root, "apply", join(kept, "diff.patch"));
  assert.is(readFileSync(join(root, "train.py"), "utf8"), "print(2)\n");
  assert.equal(
    index(kept).files.map(({ path }) => path),
    ["lib/new.py"],
  );
  assert.is(readFileSync(join(kept, "files/lib/new.py"), "utf8"), "x = 3\n");
  assert.is(git(root, "diff", "--cached", "--name-only"), "", "the index was touched");
});

test("without git all source files are kept, and large ones are listed only", async ({ root, kept }) => {
  write(root, "table.csv", "1,2\n".repeat(30_000));
  await keepSource(root, kept);
  const { commit, files } = index(kept);
  assert.is(commit, null);
  assert.equal(
    files.map(({ path, kept }) => [path, kept]),
    [
      ["table.csv", false],
      ["train.py", true],
    ],
  );
  assert.is(readFileSync(join(kept, "files/train.py"), "utf8"), "print(1)\n");
});

test("of a change that is too large the names are kept, of large new files name, size and hash", async ({ root, kept }) => {
  begin(root);
  write(root, "train.py", `x = "${"y".repeat(1_200_000)}"\n`);
  write(root, "weights.bin", `\0${"w".repeat(10)}`);
  await keepSource(root, kept);
  const { diff, changed, files } = index(kept);
  assert.equal([diff, changed], [null, ["train.py"]]);
  assert.equal(
    files.map(({ path, bytes, kept }) => [path, bytes, kept]),
    [["weights.bin", 11, false]],
  );
  assert.match(files[0]!.sha256 ?? "", /^[0-9a-f]{64}$/);
});

test("rules of sourcecode decide what is kept, and what makes another digest", async ({ root, kept }) => {
  write(root, ".gitignore", "*.txt\n");
  begin(root);
  write(root, "labels.txt", "a\n");
  write(root, "notes.md", "b\n");
  const rules: SourceRules = {
    root: null,
    onlyRules: false,
    rules: [
      { include: true, kind: "any", glob: "labels.txt" },
      { include: false, kind: "any", glob: "*.md" },
    ],
  };
  await keepSource(root, kept, rules);
  const paths = index(kept).files.map(({ path }) => path);
  assert.equal(paths, [".gitignore", "labels.txt"]);
  const before = await sourceDigest(root, rules);
  write(root, "notes.md", "c\n");
  assert.is(await sourceDigest(root, rules), before);
  write(root, "labels.txt", "c\n");
  assert.is.not(await sourceDigest(root, rules), before);
});

test("thousands of new files do not keep a run busy", async ({ root, kept }) => {
  begin(root);
  for (let at = 0; at < 2100; at++) write(root, `new/${at}.txt`, `${at}`);
  await keepSource(root, kept);
  const { files, more } = index(kept);
  assert.equal([files.length, more], [2000, 100]);
});

test.run();
