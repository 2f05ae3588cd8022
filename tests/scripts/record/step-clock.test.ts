import { suite } from "uvu";
import * as assert from "uvu/assert";
import { makeStepClock } from "../../../scripts/record/step-clock.ts";

const test = suite("step-clock");

test("tells the step of a moment", () => {
  const clock = makeStepClock();
  assert.is(clock.at(1), null);
  clock.set(1, 10);
  clock.set(1, 11);
  clock.set(2, 20);
  assert.equal([9.5, 10, 15, 20, 99].map(clock.at), [null, 1, 1, 2, 2]);
});

test("a step that was told right after a moment is the moment's own, if it is nearer", () => {
  const clock = makeStepClock();
  clock.set(1, 10);
  clock.set(2, 20);
  clock.set(3, 20.01);
  assert.equal([9.95, 19.8, 19.95, 20.004, 20.007].map(clock.at), [1, 1, 2, 2, 3]);
});

test("forgets what was long ago, never what is now", () => {
  const clock = makeStepClock();
  for (let step = 0; step < 100_000; step += 1) clock.set(step, step);
  assert.is(clock.at(99_999.5), 99_999);
  assert.is(clock.at(99_000), 99_000);
  assert.is(clock.at(5), null);
});

test.run();
