import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { RunEvent } from "../../../src/run/types.ts";
import { eventTicks } from "../../../src/views/event-ticks.ts";
import { stepClock } from "../../../src/views/step-clock.ts";
import { series } from "../charts/gallery/_make.ts";

const test = suite("event ticks");
const everywhere = [0, 1e9] as const;
const at = (step: number | null, t: number, kind: RunEvent["kind"] = "epoch"): RunEvent => ({ step, t, kind, detail: "" });

test("stand at their step, or at their time", () => {
  const events = [at(100, 1, "checkpoint"), at(50, 0.5)];
  assert.equal(
    eventTicks(events, "step", null, everywhere).ticks.map((tick) => tick.x),
    [50, 100],
  );
  assert.equal(
    eventTicks(events, "time", null, everywhere).ticks.map((tick) => tick.x),
    [0.5, 1],
  );
});

test("one without a step stands where the clock says, and nowhere without a clock", () => {
  const clock = stepClock(
    [
      series("loss", [
        [0, 0, 1],
        [100, 10, 1],
      ]),
    ],
    null,
  );
  assert.equal(
    eventTicks([at(null, 5)], "step", clock, everywhere).ticks.map((tick) => tick.x),
    [50],
  );
  assert.equal(eventTicks([at(null, 50)], "step", clock, everywhere).ticks, []);
  assert.equal(eventTicks([at(null, 5)], "step", null, everywhere).ticks, []);
});

test("too many are thinned, the last one is kept, and the sentence says so", () => {
  const { ticks, note } = eventTicks(
    Array.from({ length: 501 }, (_, i) => at(i, i)),
    "step",
    null,
    everywhere,
  );
  assert.ok(ticks.length <= 41, `${ticks.length} ticks`);
  assert.is(ticks.at(-1)!.x, 500);
  assert.is(note, "Marked: every 20th of 501 epochs (ticks on the axis).");
});

test("says what is marked, and nothing when nothing is", () => {
  const { note } = eventTicks([at(1, 1), at(2, 2), at(2, 2, "checkpoint")], "step", null, everywhere);
  assert.is(note, "Marked: 2 epochs (ticks on the axis), 1 checkpoint (◆).");
  assert.is(eventTicks([at(3, 3, "nan")], "step", null, everywhere).note, null);
});

test("outside the axis nothing is drawn", () => {
  assert.equal(
    eventTicks([at(5, 5), at(15, 15), at(25, 25)], "step", null, [10, 20]).ticks.map((tick) => tick.x),
    [15],
  );
});

test.run();
