import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { lookAt } from "../../../scripts/project/look.ts";

const look = suite<{ folder: string }>("look");

look.before.each((context) => {
  context.folder = mkdtempSync(join(tmpdir(), "guildhall-look-"));
});

look.after.each(({ folder }) => rmSync(folder, { recursive: true }));

function files(folder: string, ...paths: string[]): void {
  for (const path of paths) {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), "");
  }
}

look("finds the scripts by their names", ({ folder }) => {
  files(folder, "train.py", "evaluate.py", "prepare_data.py", "utils.py", "train.txt");
  assert.equal(lookAt(folder).scripts, { train: "train.py", evaluate: "evaluate.py", prepare: "prepare_data.py" });
});

look("prefers the plainest name, then the folder itself", ({ folder }) => {
  files(folder, "main.py", "src/train.py", "train_mnist.py");
  assert.is(lookAt(folder).scripts.train, "src/train.py");
  files(folder, "train.sh");
  assert.is(lookAt(folder).scripts.train, "train.sh");
});

look("finds nothing in an empty folder", ({ folder }) => {
  assert.equal(lookAt(folder).scripts, {});
  assert.equal([lookAt(folder).repository, lookAt(folder).below, lookAt(folder).branch], [folder, "", "main"]);
});

look("reads repository, branch and GitHub name from .git", ({ folder }) => {
  files(folder, ".git/x", "lab/train.py");
  writeFileSync(join(folder, ".git/HEAD"), "ref: refs/heads/trunk\n");
  for (const url of ["git@github.com:ada/digits.git", "https://github.com/ada/digits", "ssh://git@github.com/ada/digits.git/"]) {
    writeFileSync(join(folder, ".git/config"), `[remote "origin"]\n\turl = ${url}\n`);
    const { repository, below, branch, github } = lookAt(join(folder, "lab"));
    assert.equal([repository, below, branch, github], [folder, "lab", "trunk", "ada/digits"]);
  }
});

look("follows the file that stands for .git in a worktree", ({ folder }) => {
  files(folder, "main/.git/worktrees/x/HEAD", "work/train.py");
  writeFileSync(join(folder, "work/.git"), `gitdir: ${join(folder, "main/.git/worktrees/x")}\n`);
  writeFileSync(join(folder, "main/.git/worktrees/x/HEAD"), "ref: refs/heads/side\n");
  assert.is(lookAt(join(folder, "work")).branch, "side");
});

look.run();
