import { suite } from "uvu";
import * as assert from "uvu/assert";
import { firstIndexAtLeast, stepClock } from "../../../src/views/step-clock.ts";
import { series } from "../charts/gallery/_make.ts";

const test = suite("step clock");

test("tells the step that was reached at a time, between two points in proportion", () => {
  const clock = stepClock(
    [
      series("loss", [
        [0, 10, 1],
        [100, 20, 1],
        [200, 60, 1],
      ]),
    ],
    null,
  )!;
  assert.is(clock.stepAt(10), 0);
  assert.is(clock.stepAt(15), 50);
  assert.is(clock.stepAt(40), 150);
  assert.is(clock.stepAt(60), 200);
});

test("knows nothing before the first step and after the last", () => {
  const clock = stepClock(
    [
      series("loss", [
        [0, 10, 1],
        [100, 20, 1],
      ]),
    ],
    null,
  )!;
  assert.is(clock.stepAt(9.99), null);
  assert.is(clock.stepAt(20.01), null);
  assert.is(clock.stepAt(Number.NaN), null);
});

test("there is none without two steps", () => {
  assert.is(stepClock([], null), null);
  assert.is(stepClock([series("loss", [[0, 1, 1]])], null), null);
  assert.is(
    stepClock(
      [
        series("loss", [
          [0, 1, 1],
          [0, 2, 1],
          [0, 3, 1],
        ]),
      ],
      "loss",
    ),
    null,
  );
});

test("a longer series that counts the same steps is read instead of the wanted one", () => {
  const loss = series(
    "loss",
    Array.from({ length: 101 }, (_, i) => [i, i / 10, 1] as const),
  );
  const acc = series("acc", [
    [50, 5, 1],
    [100, 10, 1],
  ]);
  assert.is(stepClock([loss, acc], "acc")!.firstStep, 0);
});

test("a longer series that counts something else is not", () => {
  const batches = series(
    "loss",
    Array.from({ length: 101 }, (_, i) => [i * 32, i / 10, 1] as const),
  );
  const epochs = series("acc", [
    [1, 5, 1],
    [2, 10, 1],
  ]);
  assert.is(stepClock([batches, epochs], "acc")!.lastStep, 2);
});

test("a restart does not turn it back", () => {
  const clock = stepClock(
    [
      series("loss", [
        [0, 0, 1],
        [10, 1, 1],
        [5, 2, 1],
        [10, 3, 1],
        [15, 4, 1],
      ]),
    ],
    null,
  )!;
  assert.is(clock.lastStep, 15);
  assert.ok(clock.stepAt(2)! >= 10);
});

test("finds the first index at least as large", () => {
  assert.equal(
    [0, 1, 1.5, 3, 9].map((value) => firstIndexAtLeast([1, 2, 3], value)),
    [0, 0, 1, 2, 3],
  );
  assert.is(firstIndexAtLeast([], 1), 0);
});

test.run();
