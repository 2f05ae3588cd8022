import { suite } from "uvu";
import * as assert from "uvu/assert";
import { formatEvents, parseEvents } from "../../../src/run/events-file.ts";
import { utf8Length } from "../../../src/run/series-file.ts";
import type { RunEvent } from "../../../src/run/types.ts";

const test = suite("events-file");

const through = (events: RunEvent[]): RunEvent[] => parseEvents(JSON.parse(formatEvents(events)));

test("events survive writing and reading, in order of time", () => {
  const epoch: RunEvent = { step: 3, t: 1.25, kind: "epoch", detail: "3" };
  const start: RunEvent = { step: null, t: 0.5, kind: "checkpoint", detail: "model.json" };
  assert.equal(through([epoch, start]), [start, epoch]);
  assert.equal(through([]), []);
});

test("too many are thinned evenly, first and last stay, and the rest is counted", () => {
  const epochs = Array.from({ length: 5000 }, (_, i): RunEvent => ({ step: i, t: i, kind: "epoch", detail: String(i) }));
  const nan: RunEvent = { step: 17, t: 17.5, kind: "nan", detail: "loss" };
  const text = formatEvents([...epochs, nan]);
  assert.ok(utf8Length(text) <= 12_000, `${utf8Length(text)} bytes`);
  const raw = JSON.parse(text);
  assert.is(raw.events.length + raw.omitted, 5001);
  const kept = parseEvents(raw);
  assert.is(kept[0]!.step, 0);
  assert.is(kept.at(-1)!.step, 4999);
  assert.is(kept.filter((event) => event.kind === "nan").length, 1);
});

test("a kind from the future becomes a note that names it", () => {
  const [event] = parseEvents({ schema: 1, events: [{ step: 1, t: 2, kind: "quench", detail: "cold" }] });
  assert.equal(event, { step: 1, t: 2, kind: "note", detail: "quench: cold" });
});

test("says which event is wrong", () => {
  assert.throws(
    () => parseEvents({ schema: 1, events: [{ kind: "epoch", t: "soon" }] }),
    /a finite number at events\[0\].t: "soon"/,
  );
  assert.throws(() => parseEvents({ schema: 2, events: [] }), /schema 2/);
});

test("what happened in one millisecond stands in the same order, however finely its time was known", () => {
  const fine: RunEvent[] = [
    { step: 1, t: 0.0932, kind: "image", detail: "mistakes.png" },
    { step: 1, t: 0.0934, kind: "checkpoint", detail: "epoch-2.pt" },
  ];
  const coarse = fine.map((event) => ({ ...event, t: 0.093 })).toReversed();
  assert.is(formatEvents(fine), formatEvents(coarse));
});

test.run();
