import { existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { collapsed } from "../../../../scripts/record/sources/outside-files.ts";
import { emptyFolder, program, recorded, removeFolders, runWrapped } from "../_wrapped.ts";

const test = suite("outside-files");
test.after(removeFolders);

test("files that the command changed outside of RUN_DIR are listed, and said once with what to do", async () => {
  const root = emptyFolder();
  mkdirSync(join(root, "data"));
  writeFileSync(join(root, "data/train.csv"), "was there before");
  const { stderr } = await runWrapped(program("measure.mjs", "outside", "checkpoints"), { root });
  assert.equal(recorded(root).run.outside, ["checkpoints/last.pt", "results.txt"]);
  const said = stderr.split("\n").filter((line) => line.startsWith("guild: The command changed"));
  assert.is(said.length, 1);
  assert.match(said[0]!, /changed 2 files outside its run's directory: checkpoints\/last\.pt, results\.txt\. The next run may/);
  assert.match(said[0]!, /\$RUN_DIR.*"outputs:" under "guildhall:" in guild\.yml/);
});

test("a command that writes to RUN_DIR alone is told nothing", async () => {
  const { root, stderr } = await runWrapped(program("measure.mjs", "checkpoints"));
  assert.equal([recorded(root).run.outside, stderr], [[], ""]);
});

test("outputs: keeps copies of what the command changed, under the same paths; an older file stays where it is", async () => {
  const root = emptyFolder();
  mkdirSync(join(root, "checkpoints"));
  writeFileSync(join(root, "checkpoints/older.pt"), "older");
  await new Promise((done) => setTimeout(done, 20)); // the clock of a file system ticks in milliseconds
  const { stderr } = await runWrapped(program("measure.mjs", "outside"), { root, env: { WRAP_OUTPUTS: "checkpoints/**" } });
  const { run, runDir } = recorded(root);
  assert.is(readFileSync(join(runDir, "checkpoints/last.pt"), "utf8"), "written");
  assert.not(existsSync(join(runDir, "checkpoints/older.pt")));
  assert.equal(
    run.files.map(({ path }) => path),
    ["checkpoints/last.pt"],
  );
  assert.match(stderr, /The command changed a file outside its run's directory: results\.txt\./);
});

test("where the shell has led our own output is no file of the command", async () => {
  const root = emptyFolder();
  const log = openSync(join(root, "nohup.log"), "w");
  await runWrapped(program("measure.mjs", "print"), { root, stdio: ["ignore", log, log] });
  assert.equal(recorded(root).run.outside, []);
});

test("many files are listed by their folder", () => {
  const many = Array.from({ length: 100 }, (_, index) => `frames/a/${index}.png`);
  assert.equal(collapsed([...many, "model.pt"].sort()), ["frames/a/", "model.pt"]);
  assert.is(collapsed(Array.from({ length: 60 }, (_, index) => `${index}.txt`)).length, 50);
  assert.equal(collapsed([]), []);
});

test.run();
