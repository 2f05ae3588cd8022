import { suite } from "uvu";
import * as assert from "uvu/assert";
import { RelativePath } from "../../../src/charts/path.ts";

const test = suite("relative path");

function drawn(points: [number, number][], perUnit = 1): string {
  const path = new RelativePath(perUnit);
  points.forEach(([x, y], i) => {
    if (i === 0) path.moveTo(x, y);
    else path.lineTo(x, y);
  });
  return path.toString();
}

test("uses whole relative units and no needless separator", () => {
  assert.is(
    drawn([
      [0, 100],
      [4, 88],
      [8, 91],
    ]),
    "M0 100l4-12 4 3",
  );
  assert.is(
    drawn([
      [-3, -4],
      [0, -4],
    ]),
    "M-3-4l3 0",
  );
});

test("rounding does not add up", () => {
  const path = drawn(Array.from({ length: 1001 }, (_, i) => [i * 0.4, 0] as [number, number]));
  const end = path.match(/(\d+) 0/g)!.reduce((sum, step) => sum + Number.parseInt(step, 10), 0);
  assert.is(end, 400);
});

test("drops points that fall on the one before", () => {
  assert.is(
    drawn([
      [0, 0],
      [0.2, 0.3],
      [5, 5],
    ]),
    "M0 0l5 5",
  );
});

test("a single point is a dot", () => {
  assert.is(drawn([[7, 8]]), "M7 8h0");
  assert.is(
    drawn([
      [7, 8],
      [7.1, 8.1],
    ]),
    "M7 8h0",
  );
});

test("keeps tenths where asked, and no more", () => {
  assert.is(
    drawn(
      [0, 0.1, 0.3, 0.6, 1, 1.5, 2.1].map((x) => [x, 0]),
      10,
    ),
    "M0 0l0.1 0 0.2 0 0.3 0 0.4 0 0.5 0 0.6 0",
  );
  assert.is(
    drawn(
      [
        [0.12, 0.56],
        [1.08, 2],
      ],
      10,
    ),
    "M0.1 0.6l1 1.4",
  );
});

test("goes on after a gap, and closes areas", () => {
  const path = new RelativePath();
  path.moveTo(0, 0);
  path.lineTo(1, 1);
  path.moveTo(5, 5);
  path.moveTo(9, 9);
  path.lineTo(9, 12);
  path.lineTo(6, 9);
  path.closePath();
  assert.is(path.toString(), "M0 0l1 1M5 5h0M9 9l0 3-3-3z");
});

test("empty is empty", () => {
  assert.is(new RelativePath().toString(), "");
});

test.run();
