/** The words at the head of a run's page: sentence, tiles, particulars, metrics. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Run } from "../../../src/run/types.ts";
import { metricRows } from "../../../src/views/metric-rows.ts";
import { phraseText } from "../../../src/views/phrase.ts";
import { runFacts } from "../../../src/views/run-facts.ts";
import { runSentence } from "../../../src/views/run-sentence.ts";
import { runTiles } from "../../../src/views/run-tiles.ts";
import { aRun, bareProject, course } from "./_runs.ts";

const test = suite("the page of a run");
const sentence = (run: Run) => phraseText(runSentence(run, bareProject));

for (const [more, scalars, expected] of [
  [{}, { val_acc: [0.1, 0.9, 0.8] }, "train ran for 10 s and completed. Best val_acc 0.9 at step 2 of 3."],
  [{}, { test_acc: [0.9] }, "train ran for 10 s and completed. Its test_acc is 0.9."],
  [{}, {}, "train ran for 10 s and completed."],
  [{ status: "error", exitCode: 2 }, {}, "train failed after 10 s: exit code 2."],
  [{ status: "error", signal: "SIGSEGV" }, {}, "train was killed after 10 s: segmentation fault (SIGSEGV)."],
  [{ status: "terminated", signal: "SIGINT" }, {}, "train was stopped after 10 s: Ctrl-C (SIGINT)."],
  [{ status: "running", durationSeconds: null }, {}, "train has been running for 10 s."],
  [{ status: "pending", durationSeconds: null }, {}, "train has not started yet."],
  [{ status: "lost", durationSeconds: null, stopped: null }, {}, "train was lost: its recorder fell silent."],
  [{ status: "lost", durationSeconds: null }, {}, "train was lost: its recorder was killed; it ended, exit unknown."],
  [{}, { loss: [1, Number.NaN] }, "train ran for 10 s and diverged: loss ended NaN or infinite. Best loss 1 at step 1 of 2."],
  [{}, { foo: [1, 2] }, "train ran for 10 s and completed. Last foo 2; no goal is declared for it, so nothing is called best."],
] as [Partial<Run>, Record<string, number[]>, string][]) {
  test(expected, () => assert.is(sentence(aRun(scalars, {}, more)), expected));
}

test("tiles: the most telling metrics, duration, memory; never more than six", () => {
  const run = aRun({ val_acc: [0.1, 0.9, 0.8], lr: [1, 2], val_loss: [1, 2], loss: [1, 2], acc: [1, 2], foo: [1, 2] });
  run.system = { "op/mem/rss": course([1e6, 2e6], "B"), "op/cpu/util": course([1, 0.5], "cores") };
  const tiles = runTiles(run, bareProject);
  assert.equal(
    tiles.map(({ label, value, note }) => [label, value, note]),
    [
      ["best val_acc", "0.9", "step 2, last 0.8"],
      ["best val_loss", "1", "step 1, last 2"],
      ["best acc", "2", "step 2, last 2"],
      ["duration", "10 s", "3 steps"],
      ["peak memory", "2 MB", "0.75 cores on average"],
    ],
  );
  assert.equal(
    runTiles(aRun({}, {}, { durationSeconds: null, status: "running" }), bareProject).map(({ value, note }) => [value, note]),
    [["10 s", "so far"]],
  );
});

test("particulars say what is unknown instead of leaving it out", () => {
  const facts = (run: Run) => Object.fromEntries(runFacts(run, null).map(({ name, value }) => [name, phraseText(value)]));
  const unknown = facts(
    aRun({}, {}, { code: { commit: null, branch: null, dirty: null, digest: null }, data: null, environment: null }),
  );
  assert.is(unknown.Code, "unknown");
  assert.is(unknown.Data, "unknown: none was declared");
  assert.is(unknown.Environment, "not known yet");
  const known = facts(
    aRun(
      {},
      {},
      {
        parents: { prepare: "20261123T180000-0001" },
        code: { commit: "3f2a1c0d9e8f", branch: "main", dirty: true, digest: "x" },
      },
    ),
  );
  assert.is(known.Code, "commit 3f2a1c0d9e on main, with changes that were not committed");
  assert.is(known["From prepare"], "20261123T180000-0001");
});

test("particulars name what was changed outside of the run's directory, with the reason, and what could not be read", () => {
  const facts = (more: Partial<Run>) =>
    Object.fromEntries(runFacts(aRun({}, {}, more), null).map(({ name, value }) => [name, phraseText(value)]));
  const files = [{ path: "kept.pt", bytes: 1 }];
  assert.is(
    facts({ outside: ["kept.pt", "last.pt"], files })["Also wrote"],
    "last.pt, outside of its own directory: a later run may have overwritten it; kept.pt, of which copies are kept",
  );
  const many = Array.from({ length: 14 }, (_, index) => `${index}`);
  assert.match(facts({ outside: many })["Also wrote"]!, /11 and 2 more, .* overwritten them$/);
  assert.is(facts({ notRead: { "tb/x": 1, y: 2 } })["Not read"], "1 place of tb/x, 2 places of y");
  assert.equal([facts({})["Also wrote"], facts({})["Not read"]], [undefined, undefined]);
});

test("every metric has a row, single values and non-finite ones too", () => {
  const rows = metricRows(aRun({ loss: [1, Number.NaN], test_acc: [0.9], foo: [1, 2] }), bareProject);
  assert.equal(
    rows.map(({ tag, best, last, nonFinite }) => [tag, best, last, nonFinite]),
    [
      ["test_acc", "0.9", "0.9", ""],
      ["loss", "1", "NaN", "1"],
      ["foo", "", "2", ""],
    ],
  );
});

test.run();
