// timeout: 120 s
/** The three programs as real processes, one after the other, in an empty directory. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const test = suite("programs");
const directory = mkdtempSync(join(tmpdir(), "guildhall-demo-"));
const trained = join(directory, "runs/trained");
test.after(() => rmSync(directory, { recursive: true }));

function run(program: string, flags: string[] = [], env: Record<string, string> = {}) {
  const path = join(import.meta.dirname, `../../../scripts/demo/${program}.ts`);
  const { status, stdout, stderr } = spawnSync(process.execPath, [path, ...flags], {
    cwd: directory,
    env: { ...process.env, RUN_DIR: join(directory, `runs/${program}`), ...env },
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

/** The numbers of the last line of its kind, by name. */
function last(stdout: string, pattern: RegExp): Record<string, string> {
  const match = [...stdout.matchAll(pattern)].at(-1);
  return { ...match?.groups };
}

test("train before prepare says what to do first", () => {
  const { status, stderr } = run("train");
  assert.equal([status, stderr], [1, 'train: cannot read data/digits.csv: run "guild prepare" first\n']);
});

test("prepare writes the same data each time, and a picture of it", () => {
  const { status, stdout, stderr } = run("prepare");
  assert.is(status, 0, stderr);
  assert.match(stdout, "train_images: 1079\nval_images: 359\ntest_images: 359\ntrain_ink_mean: 0.3");
  const first = readFileSync(join(directory, "data/digits.csv"), "utf8");
  assert.ok(existsSync(join(directory, "runs/prepare/samples.png")));
  run("prepare");
  assert.is(readFileSync(join(directory, "data/digits.csv"), "utf8"), first);
  run("prepare", ["--seed", "5"]);
  assert.is.not(readFileSync(join(directory, "data/digits.csv"), "utf8"), first);
  run("prepare");
});

test("a training of seconds gets 95 of 100 unseen digits right", () => {
  const { status, stdout, stderr } = run("train", ["--hidden", "64", "--epochs", "40"], { RUN_DIR: trained });
  assert.is(status, 0, stderr);
  const { acc } = last(
    stdout,
    /^epoch 40\/40 step 1360 train\/loss [\d.]+ train\/acc [\d.]+ val\/loss [\d.]+ val\/acc (?<acc>[\d.]+)$/gm,
  );
  assert.ok(Number(acc) >= 0.95, `val/acc ${acc}`);
  assert.equal(readdirSync(trained).sort(), [
    "checkpoint-0008.json",
    "checkpoint-0016.json",
    "checkpoint-0024.json",
    "checkpoint-0032.json",
    "checkpoint-0040.json",
    "mistakes.png",
    "predictions.csv",
  ]);

  const evaluated = run("evaluate", ["--repeats", "5"], { PARENT_RUN_DIR: trained });
  assert.is(evaluated.status, 0, evaluated.stderr);
  const { test_acc } = last(evaluated.stdout, /^test_acc: (?<test_acc>[\d.]+)$/gm);
  assert.ok(Number(test_acc) >= 0.95, `test_acc ${test_acc}`);
});

test("evaluate counts the mistakes that its predictions hold, and orders its percentiles", () => {
  const { stdout } = run("evaluate", ["--repeats", "5"], { PARENT_RUN_DIR: trained });
  const rows = readFileSync(join(directory, "runs/evaluate/predictions.csv"), "utf8").trimEnd().split("\n").slice(1);
  const wrong = rows.map((row) => row.split(",")).filter(([, label, predicted]) => label !== predicted).length;
  assert.is(rows.length, 359);
  assert.match(stdout, new RegExp(`^test_acc: ${(1 - wrong / 359).toFixed(4)}$`, "m"));
  assert.match(stdout, `mistakes.png shows ${wrong} wrong answer`);
  const { p50, p95 } = last(stdout, /latency_p50_ms: (?<p50>[\d.]+)\nlatency_p95_ms: (?<p95>[\d.]+)/g);
  assert.ok(Number(p50) > 0 && Number(p50) <= Number(p95), `p50 ${p50}, p95 ${p95}`);
});

test("the same seed prints the same numbers, speed aside", () => {
  const numbers = (seed: string) =>
    run("train", ["--epochs", "2", "--hidden", "8", "--seed", seed]).stdout.replace(/ examples\/s=\d+/g, "");
  assert.is(numbers("3"), numbers("3"));
  assert.is.not(numbers("3"), numbers("4"));
});

test("a training that diverges prints NaN, ends well, and cannot be evaluated", () => {
  const diverged = join(directory, "runs/diverged");
  const { status, stdout, stderr } = run("train", ["--lr", "1000", "--epochs", "8", "--hidden", "16"], { RUN_DIR: diverged });
  assert.is(status, 0);
  assert.match(stdout, /^epoch 8\/8 step 272 train\/loss NaN train\/acc \S+ val\/loss NaN val\/acc 0$/m);
  assert.match(stderr, /^the loss is \S+: a learning rate of 1000 is too large$/m);
  assert.match(stdout, "mistakes.png shows 60 wrong answers, 299 more left out");
  const evaluated = run("evaluate", [], { PARENT_RUN_DIR: diverged });
  assert.is(evaluated.status, 1);
  assert.match(evaluated.stderr, /^evaluate: cannot use checkpoint-0008\.json: the weights of layer 0 have overflown/);
});

test("a checkpoint cut short ends evaluate with one line", () => {
  const broken = join(trained, "checkpoint-0040.json");
  writeFileSync(broken, readFileSync(broken, "utf8").slice(0, 5000));
  const { status, stdout, stderr } = run("evaluate", [], { PARENT_RUN_DIR: trained });
  assert.equal([status, stdout], [1, ""]);
  assert.match(stderr, /^evaluate: cannot use checkpoint-0040\.json: .*\n$/);
});

test("a batch larger than the data ends train with one line and code 1", () => {
  const { status, stderr } = run("train", ["--batch", "4096"]);
  assert.equal([status, stderr], [1, "train: a batch of 4096 images is more than the 1079 that there are to train on\n"]);
});

test("a flag that is none ends with one line", () => {
  const { status, stderr } = run("train", ["--depth", "3"]);
  assert.is(status, 1);
  assert.match(stderr, /^train: Unknown option '--depth'.*\n$/);
});

test.run();
