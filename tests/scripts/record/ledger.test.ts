import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { ExactLog } from "../../../scripts/record/exact-log.ts";
import { openLedger } from "../../../scripts/record/ledger.ts";
import type { Source } from "../../../scripts/record/sources/_contract.ts";
import { openSources } from "../../../scripts/record/sources/_open.ts";
import { makeStepClock } from "../../../scripts/record/step-clock.ts";
import { accumulate } from "../../../src/run/accumulate.ts";
import type { EventKind } from "../../../src/run/types.ts";

const test = suite("ledger");

function emptyLedger() {
  const logged: string[] = [];
  const warnings: string[] = [];
  const nothing = (): void => {};
  const log: ExactLog = {
    outputBytes: 0,
    lostBytes: 0,
    output: nothing,
    scalars: (lines) => void logged.push(...lines.map(({ k }) => k)),
    sample: nothing,
    event: ({ kind, detail, step }) => void logged.push(`${kind} ${detail} at ${step}`),
    close: nothing,
  };
  const summaries = accumulate();
  const ledger = openLedger({
    ...{ log, summaries, steps: makeStepClock(), onFlags: nothing, onOutside: nothing, onNotRead: nothing },
    warn: (message) => warnings.push(message),
  });
  const event = (kind: EventKind, detail: string, step: number, t: number, src?: "out" | "file"): void =>
    ledger.event({ kind, detail, step, t }, src);
  return { logged, warnings, summaries, ledger, event };
}

test("what is told goes into the log and into the summaries", () => {
  const { logged, summaries, ledger } = emptyLedger();
  ledger.scalars([{ t: 1, k: "loss", v: 1, step: 1, src: "file" }]);
  ledger.event({ kind: "note", detail: "hello", step: 1, t: 1 });
  assert.equal(logged, ["loss", "note hello at 1"]);
  assert.equal([Object.keys(summaries.scalars()), summaries.events().length], [["loss"], 1]);
});

test("epochs are told by whoever tells the first, when they begin; one counts from 0 and another from 1", () => {
  const { logged, event } = emptyLedger();
  event("epoch", "1", 1, 10);
  event("epoch", "0", 0, 10.2, "file");
  event("epoch", "1.5", 2, 15);
  event("epoch", "2.25", 3, 20);
  event("epoch", "1", 1, 20.2, "file");
  assert.equal(logged, ["epoch 1 at 1", "epoch 2 at 3"]);
});

test("an evaluation that a file and a line tell is one: at the same step, or at the same moment", () => {
  const { logged, event } = emptyLedger();
  event("eval", "val_loss", 20, 10, "file");
  event("eval", "loss", 1, 10.5);
  event("eval", "val_loss", 40, 20, "file");
  event("eval", "val_loss", 40, 30);
  event("eval", "val_loss", 50, 30.1);
  assert.equal(logged, ["eval val_loss at 20", "eval val_loss at 40", "eval val_loss at 50"]);
});

test("a source that throws is switched off with one warning, at its opening too; the others go on", async () => {
  const { ledger, warnings } = emptyLedger();
  const looks: string[] = [];
  const broken: Source = { look: () => Promise.reject(new Error("no disk")), end: async () => {} };
  const good: Source = { look: () => void looks.push("look"), end: async () => void looks.push("end") };
  const context = { ledger } as Parameters<typeof openSources>[1]; // these sources ask for nothing else
  const sources = openSources(
    {
      shy: () => {
        throw new Error("not today");
      },
      broken: () => broken,
      good: () => good,
    },
    context,
  );
  await sources.look();
  await sources.look();
  await sources.end();
  assert.equal(looks, ["look", "look", "end"]);
  assert.equal(warnings, ["The shy are no longer read: not today", "The broken are no longer read: no disk"]);
});

test("steps: the finest count places a moment, and files may tell of times that have gone by", () => {
  const steps = makeStepClock();
  steps.set(1, 10);
  steps.set(2, 20);
  assert.is(steps.at(15), 1);
  for (const [step, t] of [
    [500, 10],
    [1000, 20],
  ] as const)
    steps.set(step, t, "events");
  steps.set(750, 15, "events");
  assert.equal([steps.at(16), steps.at(5), steps.first()], [750, null, 10]);
});

test.run();
