import { suite } from "uvu";
import * as assert from "uvu/assert";
import { makeBreath } from "../../../scripts/record/breath.ts";

const test = suite("breath");

/** What to wait after each piece of [milliseconds, bytes]. */
function waits(pieces: readonly [number, number][], isTerminal = false): number[] {
  let now = 0;
  const breath = makeBreath(isTerminal, () => now);
  return pieces.map(([at, bytes]) => {
    now = at;
    return breath.after(bytes);
  });
}

test("lines that come alone are read at once", () => {
  assert.equal(
    waits([
      [0, 80],
      [100, 80],
      [150, 80],
    ]),
    [0, 0, 0],
  );
});

test("lines that follow each other closely are read together", () => {
  assert.equal(
    waits([
      [0, 80],
      [5, 80],
      [16, 200],
      [100, 80],
    ]),
    [0, 10, 10, 0],
  );
});

test("who prints more than a pipe holds is not kept waiting: full pieces, and much in a short time", () => {
  assert.equal(
    waits([
      [0, 8192],
      [0.1, 65_536],
      [0.2, 65_536],
    ]),
    [0, 0, 0],
  );
  const flood = Array.from({ length: 9 }, (_, at): [number, number] => [at / 10, 65_536]);
  assert.equal(waits([...flood, [0.95, 1000]]).at(-1), 0);
  assert.equal(
    waits(
      [
        [0, 1000],
        [0.1, 4000],
      ],
      true,
    ),
    [0, 0],
  );
});

test.run();
