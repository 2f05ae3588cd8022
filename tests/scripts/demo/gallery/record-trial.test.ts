/** With a guild of three lines that leaves records, or does not: a real process, stopped by a real signal. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { recordTrial, runIds } from "../../../../scripts/demo/gallery/record-trial.ts";

const test = suite("record-trial");
let root = "";
test.before.each(() => {
  root = mkdtempSync(join(tmpdir(), "guildhall-trial-"));
  mkdirSync(join(root, "scripts"));
  writeFileSync(join(root, "scripts/launch.mjs"), guild);
});
test.after.each(() => rmSync(root, { recursive: true }));

const guild = `
import { mkdirSync, writeFileSync } from "node:fs";
const [, , operation, ...words] = process.argv;
const leave = (id, status, more = {}) => {
  mkdirSync("content/runs/" + id, { recursive: true });
  writeFileSync("content/runs/" + id + "/run.json", JSON.stringify({ status, durationSeconds: 1.5, ...more }));
};
if (operation === "train") {
  leave("20260101T000000-aaaa", "completed", { scalars: { "val/acc": { last: { step: 3, value: 0.9 } }, loss: { last: { step: 3, value: "NaN" } } } });
} else if (operation === "evaluate") {
  leave("20260101T000001-bbbb", "error", { scalars: {} });
  console.log(words.join(" "));
} else if (operation === "wait") {
  process.on("SIGINT", () => { leave("20260101T000002-cccc", "terminated"); process.exit(); });
  console.log("epoch 1/9");
  setInterval(() => {}, 1000);
}
`;

test("gives back what the record says", async () => {
  const run = await recordTrial(root, { name: "a", words: ["train"], ends: "completed" }, null);
  assert.is(run.id, "20260101T000000-aaaa");
  assert.is(run.durationSeconds, 1.5);
  assert.equal([run.last("val/acc"), run.last("loss"), run.last("none")], [0.9, Number.NaN, null]);
  assert.equal(runIds(root), [run.id]);
});

test("a run that ended otherwise is an error with its output, the parent among its words", async () => {
  const trial = { name: "b", words: ["evaluate"], ends: "completed" } as const;
  await rejects(
    recordTrial(root, { ...trial, words: ["evaluate"] }, "20260101T000000-aaaa"),
    /^b \(20260101T000001-bbbb\) is error, not completed:\n--run 20260101T000000-aaaa\n$/,
  );
});

test("a command that leaves no record is an error", async () => {
  await rejects(
    recordTrial(root, { name: "c", words: ["nothing"], ends: "completed" }, null),
    /^c left 0 new runs instead of one:/,
  );
});

test("Ctrl-C is pressed once the output is there", async () => {
  const run = await recordTrial(root, { name: "d", words: ["wait"], ends: "terminated", interruptAt: "epoch 1/" }, null);
  assert.is(run.status, "terminated");
});

async function rejects(promise: Promise<unknown>, message: RegExp): Promise<void> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  assert.instance(error, Error);
  assert.match(error instanceof Error ? error.message : "", message);
}

test.run();
