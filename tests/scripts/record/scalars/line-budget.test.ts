import { suite } from "uvu";
import * as assert from "uvu/assert";
import { fullAllowance, makeLineBudget } from "../../../../scripts/record/scalars/line-budget.ts";

const test = suite("line-budget");

interface Piece {
  t: number;
  lines: number;
}

/** Prints numbered lines in pieces; gives those that are looked at, and how many were passed over. */
function print(pieces: readonly Piece[], cut = 0): { seen: number[]; passedOver: number; printed: number } {
  const budget = makeLineBudget(fullAllowance());
  let printed = 0;
  let text = "";
  let held = "";
  const take = (bytes: Uint8Array | null): void => {
    if (bytes !== null) text += Buffer.from(bytes).toString();
  };
  for (const { t, lines } of pieces) {
    const piece = held + Array.from({ length: lines }, () => `line ${printed++}\n`).join("");
    // Pieces end in the middle of lines.
    held = cut === 0 ? "" : piece.slice(-cut);
    take(budget.admit(Buffer.from(cut === 0 ? piece : piece.slice(0, -cut)), t));
  }
  if (held !== "") take(budget.admit(Buffer.from(held), pieces.at(-1)?.t ?? 0));
  take(budget.end());
  const whole = text.split("\n").filter((line) => line !== "");
  assert.ok(
    whole.every((line) => /^line \d+$/.test(line)),
    "no line is cut",
  );
  return { seen: whole.map((line) => Number(line.slice(5))), passedOver: budget.passedOver, printed };
}

test("up to 5,000 lines a second every line is looked at, however they are cut", () => {
  const pieces = Array.from({ length: 200 }, (_, i) => ({ t: i * 10_000, lines: 50 }));
  for (const cut of [0, 3]) {
    const { seen, passedOver, printed } = print(pieces, cut);
    assert.is(seen.length, printed);
    assert.is(passedOver, 0);
  }
  assert.is(print([{ t: 0, lines: 4999 }]).seen.length, 4999);
});

test("beyond that a part is looked at: the first lines, some all along, and the last; all others are counted", () => {
  for (const cut of [0, 4]) {
    const { seen, passedOver, printed } = print(
      Array.from({ length: 1000 }, (_, i) => ({ t: i * 2000, lines: 300 })),
      cut,
    );
    assert.is(seen.length + passedOver, printed);
    assert.ok(seen.length > 10_000 && seen.length < 16_000, `${seen.length} of ${printed}`);
    assert.equal(seen.slice(0, 3), [0, 1, 2]);
    assert.is(seen.at(-1), printed - 1);
    const middle = seen.filter((line) => line > printed * 0.4 && line < printed * 0.6);
    assert.ok(middle.length > 500, `${middle.length} in the middle`);
    assert.equal(
      seen,
      [...new Set(seen)].sort((a, b) => a - b),
    );
  }
});

test("the same pieces at the same times give the same lines", () => {
  const pieces = Array.from({ length: 300 }, (_, i) => ({ t: i * 1500, lines: 100 + (i % 7) }));
  assert.equal(print(pieces), print(pieces));
});

test("a little too fast is a little passed over, and what comes before a pause is looked at", () => {
  const slightly = Array.from({ length: 24_000 }, (_, i) => ({ t: i * 167, lines: 1 }));
  const { seen, printed } = print(slightly);
  assert.ok(seen.length > printed * 0.8, `${seen.length} of ${printed}`);
  const paused = print([
    { t: 0, lines: 20_000 },
    { t: 3_000_000, lines: 1 },
  ]);
  assert.ok(paused.seen.includes(19_999) && paused.seen.includes(20_000));
});

test("a line of any length, and no newline at all, are passed on", () => {
  const budget = makeLineBudget(fullAllowance());
  const long = Buffer.alloc(300_000, "x");
  assert.is(budget.admit(long, 0)?.length, 300_000);
  assert.is(budget.admit(Buffer.from("\n"), 1)?.length, 1);
  assert.is(budget.passedOver, 0);
});

test.run();
