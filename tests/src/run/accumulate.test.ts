import { suite } from "uvu";
import * as assert from "uvu/assert";
import { accumulate } from "../../../src/run/accumulate.ts";

const test = suite("accumulate");

test("sums a series up: first, last, least, greatest, mean", () => {
  const log = accumulate();
  [3, 1, 2].forEach((v, step) => {
    log.scalar({ t: step * 500_000, k: "loss", v, step, src: "out" });
  });
  assert.equal(log.scalars().loss, {
    count: 3,
    first: { step: 0, value: 3 },
    last: { step: 2, value: 2 },
    min: { step: 1, value: 1 },
    max: { step: 0, value: 3 },
    mean: 2,
    nonFinite: 0,
    unit: "1",
    source: "out",
  });
  assert.equal(log.series()[0]!.times, [0, 0.5, 1]);
});

test("nothing gives nothing, one point everything at once", () => {
  const log = accumulate();
  assert.equal([log.series(), log.system(), log.scalars(), log.systemSummary(), log.events()], [[], [], {}, {}, []]);
  log.scalar({ t: 0, k: "acc", v: 0.5, step: 7, src: "file" });
  const { first, last, min, max, mean } = log.scalars().acc!;
  assert.equal([first, last, min, max, mean], [...new Array(4).fill({ step: 7, value: 0.5 }), 0.5]);
});

test("non-finite values are counted, never averaged, and the first of a tag is an event", () => {
  const log = accumulate();
  [1, Number.NaN, Number.POSITIVE_INFINITY, 3].forEach((v, step) => {
    log.scalar({ t: step * 1e6, k: "loss", v, step, src: "out" });
  });
  const loss = log.scalars().loss!;
  assert.is(loss.nonFinite, 2);
  assert.is(loss.mean, 2);
  assert.equal(loss.max, { step: 3, value: 3 });
  assert.equal(log.events(), [{ step: 1, t: 1, kind: "nan", detail: "loss" }]);
  const only = accumulate();
  only.scalar({ t: 0, k: "loss", v: Number.NaN, step: 0, src: "out" });
  assert.is(only.scalars().loss!.min, null);
  assert.is(only.scalars().loss!.mean, null);
});

test("samples carry their units, sorted by tag; what one sample lacks leaves no hole", () => {
  const log = accumulate();
  log.sample({ t: 0, v: { "sys/mem/used": 5, "op/cpu/util": 0.5 } });
  log.sample({ t: 1e6, v: { "sys/mem/used": 6 } });
  const units = log.system().map(({ tag, unit, times }) => [tag, unit, times]);
  assert.equal(units, [
    ["op/cpu/util", "cores", [0]],
    ["sys/mem/used", "B", [0, 1]],
  ]);
  assert.is(log.systemSummary()["sys/mem/used"]!.max!.value, 6);
});

test("tags keep their order of appearance, and may be called constructor", () => {
  const log = accumulate();
  for (const k of ["z", "constructor", "__proto__"]) log.scalar({ t: 0, k, v: 1, step: 0, src: "out" });
  assert.equal(Object.keys(log.scalars()), ["z", "constructor", "__proto__"]);
});

test("a long run stays bounded and keeps its ends", () => {
  const log = accumulate();
  for (let step = 0; step < 20_000; step += 1) log.scalar({ t: step, k: "loss", v: step, step, src: "out" });
  const [loss] = log.series();
  assert.ok(loss!.last.length <= 1000);
  assert.is(loss!.count, 20_000);
  assert.is(loss!.steps[0], 0);
  assert.is(loss!.steps.at(-1), 19_999);
});

test("a million epochs do not fill memory, and the ends stay", () => {
  const log = accumulate();
  for (let step = 0; step < 100_000; step += 1) log.event({ step, t: step, kind: "epoch", detail: String(step) });
  log.event({ step: 5, t: 5.5, kind: "checkpoint", detail: "model.pt" });
  const events = log.events();
  assert.ok(events.length <= 4001, String(events.length));
  assert.is(events[0]!.step, 0);
  assert.is(events.at(-1)!.step, 99_999);
  assert.ok(events.some(({ kind }) => kind === "checkpoint"));
});

const from = (src: "rule" | "events" | "file" | "out", k: string, step: number, v: number) => ({
  t: step * 1e6,
  k,
  v,
  step,
  src,
});

test("the most trusted source of a tag is shown alone, from its first point on", () => {
  const log = accumulate();
  for (const step of [1, 2, 3]) log.scalar(from("out", "loss", step, 1));
  log.scalar(from("out", "acc", 1, 0.5));
  log.scalar(from("file", "loss", 1, 2));
  assert.equal(log.series()[0]!.last, [2]);
  log.scalar(from("events", "loss", 1, 3));
  log.scalar(from("out", "loss", 4, 1));
  log.scalar(from("file", "loss", 2, 2));
  log.scalar(from("events", "loss", 2, 4));
  assert.equal(log.series()[0]!.last, [3, 4]);
  assert.is(log.scalars().loss!.source, "events");
  assert.is(log.scalars().loss!.count, 2);
  log.scalar(from("rule", "loss", 1, 5));
  assert.equal(log.series()[0]!.last, [5]);
  assert.equal(Object.keys(log.scalars()), ["loss", "acc"], "a tag keeps its place");
  assert.is(log.rewrites, 3);
  assert.is(log.trusts("loss", "events"), false);
  assert.is(log.trusts("acc", "out"), true);
  assert.is(log.trusts("new", "out"), true);
});

test("the first NaN is noted once, though two sources tell it", () => {
  const log = accumulate();
  log.scalar(from("out", "loss", 1, Number.NaN));
  log.scalar(from("events", "loss", 1, Number.NaN));
  assert.is(log.events().length, 1);
});

test("a restart takes points back, from the series and from the summary", () => {
  const log = accumulate();
  for (const [step, v] of [5, 1, 9, Number.NaN, 2].entries()) log.scalar(from("events", "loss", step, v));
  log.scalar({ t: 5e6, k: "loss", void: 2, src: "events" });
  const summary = {
    count: 2,
    first: { step: 0, value: 5 },
    last: { step: 1, value: 1 },
    min: { step: 1, value: 1 },
    max: { step: 0, value: 5 },
    mean: 3,
    nonFinite: 0,
    unit: "1",
    source: "events",
  };
  assert.equal(log.scalars().loss, summary);
  assert.equal(log.series()[0]!.steps, [0, 1]);
  for (const step of [2, 3]) log.scalar(from("events", "loss", step, 4));
  assert.equal(log.series()[0]!.last, [5, 1, 4, 4]);
  assert.equal(log.scalars().loss!.max, { step: 0, value: 5 });
  log.scalar({ t: 9e6, k: "loss", void: 0, src: "events" });
  assert.equal([log.series(), log.scalars()], [[], {}], "nothing of the tag is left");
  log.scalar(from("events", "loss", 0, 7));
  assert.is(log.scalars().loss!.first.value, 7);
});

test("a restart of one source leaves the others alone, and an unknown tag is no matter", () => {
  const log = accumulate();
  log.scalar(from("events", "loss", 3, 1));
  log.scalar({ t: 5e6, k: "loss", void: 0, src: "out" });
  log.scalar({ t: 5e6, k: "loss", void: 0, src: "rule" });
  log.scalar({ t: 5e6, k: "acc", void: 0, src: "events" });
  assert.is(log.scalars().loss!.count, 1);
  assert.is(log.rewrites, 0);
});

test.run();
