import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { layOut } from "../../../scripts/demo/contact-sheet.ts";
import { writeMistakes } from "../../../scripts/demo/mistakes.ts";
import type { Prediction } from "../../../scripts/demo/score.ts";
import { madeUpDigits } from "./_digits.ts";

const test = suite("mistakes");
let directory = "";
test.before.each(() => {
  directory = mkdtempSync(join(tmpdir(), "guildhall-mistakes-"));
});
test.after.each(() => rmSync(directory, { recursive: true }));

/** The first `wrong` of them are answered wrongly. */
const answers = (count: number, wrong: number): Prediction[] =>
  madeUpDigits(count).map((digit, i) => ({ digit, label: i < wrong ? (digit.label + 1) % 10 : digit.label, probability: 0.9 }));

test("as many digits on the picture as wrong answers", async () => {
  assert.is(await writeMistakes(directory, answers(50, 13)), "mistakes.png shows 13 wrong answers");
  const { width, height } = await sharp(join(directory, "mistakes.png")).metadata();
  const sheet = layOut(13);
  assert.equal([width, height], [sheet.width, sheet.height]);
});

test("one is one", async () => {
  assert.is(await writeMistakes(directory, answers(50, 1)), "mistakes.png shows 1 wrong answer");
});

test("too many are cut short and it says so", async () => {
  assert.is(await writeMistakes(directory, answers(200, 90)), "mistakes.png shows 60 wrong answers, 30 more left out");
  assert.is((await sharp(join(directory, "mistakes.png")).metadata()).height, layOut(60).height);
});

test("without a mistake there is no picture", async () => {
  assert.is(await writeMistakes(directory, answers(50, 0)), "no mistakes among 50 images");
  assert.not.ok(existsSync(join(directory, "mistakes.png")));
});

test.run();
