/** The small functions that pages are worded with. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { commandLine } from "../../../src/views/command-line.ts";
import { escapeHtml } from "../../../src/views/escape.ts";
import { lowerHeadings } from "../../../src/views/headings.ts";
import { nearestNames } from "../../../src/views/nearest-names.ts";
import { counted, name, phraseText, say, value } from "../../../src/views/phrase.ts";
import { keepUnits, splitQuantity } from "../../../src/views/quantity.ts";
import { slug } from "../../../src/views/slug.ts";
import { columnDates, dateAndMinute, dateAndSecond } from "../../../src/views/when.ts";

const test = suite("words");

test("commands can be typed again", () => {
  assert.is(commandLine(["python3", "train.py", "--lr=0.1", "a b", "it's", ""]), "python3 train.py --lr=0.1 'a b' 'it'\\''s' ''");
  assert.is(commandLine(["x", "$" + "{RUN_DIR}/out", "$HOME", "*"]), `x "$${"{RUN_DIR}"}/out" '$HOME' '*'`);
  assert.is(commandLine([]), "");
});

test("units are told from digits", () => {
  const units = (text: string) =>
    splitQuantity(text)
      .filter((part) => part.unit)
      .map((part) => part.text.trim());
  assert.equal(units("2 min 05 s"), ["min", "s"]);
  assert.equal(units("98.6 %"), ["%"]);
  assert.equal(units("1.2 MB/s"), ["MB/s"]);
  assert.equal(units("1.2e-5"), []);
  assert.equal(units("1.2e-5 s"), ["s"]);
  assert.equal(units("NaN"), []);
  for (const text of ["2 min 05 s", "", "NaN", "−3 °C"])
    assert.is(
      splitQuantity(text)
        .map((part) => part.text)
        .join(""),
      text,
    );
});

test("a number and its unit stay on one line", () => {
  assert.is(
    keepUnits("step 3, last 98 % after 2 min 05 s of 3 runs"),
    "step 3, last 98\u00a0% after 2\u00a0min 05\u00a0s of 3 runs",
  );
});

test("sentences are put together without holes", () => {
  assert.is(
    phraseText(say`${counted(2, "run")} of ${name("train")}${false}${null}: ${value("3 s")}${say` and ${1}`}.`),
    "2 runs of train: 3 s and 1.",
  );
  assert.equal(say`a`, [{ text: "a" }]);
  assert.is(counted(1, "entry", "entries"), "1 entry");
  assert.is(counted(1200, "entry", "entries"), "1,200 entries");
});

test("near names are found, the nearest first", () => {
  assert.equal(nearestNames("vall_acc", ["loss", "val_loss", "val_acc"]), ["val_acc"]);
  assert.equal(nearestNames("ACC", ["val/acc", "acc"])[0], "acc");
  assert.equal(nearestNames("zzz", ["loss"]), []);
  assert.equal(nearestNames("x", []), []);
});

test("anchors are never empty and never the same for different signs", () => {
  assert.is(slug("val/acc"), "val-acc");
  assert.is(slug("  %% "), slug("  %% "));
  assert.is.not(slug("%"), slug("&"));
  assert.is(slug("Größe 损失"), "größe-损失");
});

test("times are absolute", () => {
  assert.is(dateAndMinute("2026-11-23T18:30:33.123Z"), "2026-11-23 18:30");
  assert.is(dateAndSecond("2026-11-23T18:30:33.123Z"), "2026-11-23 18:30:33");
  assert.is(dateAndMinute("yesterday"), "yesterday");
  assert.equal(columnDates(["2026-11-23T18:30:33Z", "2026-01-02T03:04:05Z"]), {
    texts: ["11-23 18:30", "01-02 03:04"],
    year: "2026",
  });
  assert.equal(columnDates(["2025-11-23T18:30:33Z", "2026-01-02T03:04:05Z"]), {
    texts: ["2025-11-23 18:30", "2026-01-02 03:04"],
    year: null,
  });
  assert.equal(columnDates([]), { texts: [], year: null });
});

test("headings of a note go under those of its page", () => {
  assert.is(
    lowerHeadings('<h1>Why</h1><h2 id="x">a</h2><h6>b</h6><hr><header></header>', 2),
    '<h3>Why</h3><h4 id="x">a</h4><h6>b</h6><hr><header></header>',
  );
});

test("text is text", () => {
  assert.is(escapeHtml(`<a href="x">'&`), "&lt;a href=&quot;x&quot;&gt;&#39;&amp;");
});

test.run();
