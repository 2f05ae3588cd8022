import { suite } from "uvu";
import * as assert from "uvu/assert";
import { assignSlots, SLOTS } from "../../../src/views/color.ts";

const test = suite("color slots");

test("a key has the same slot every time", () => {
  const [first, second] = [assignSlots(["lr=0.1"]), assignSlots(["lr=0.1"])];
  assert.equal(first, second);
  // Written down, so that a change of the hash cannot pass unseen: it would recolor every site.
  assert.equal([...assignSlots(["lr=0.1", "lr=0.01", "softmax", "mlp hidden=64"]).values()], [0, 4, 2, 1]);
});

test("up to eight keys have eight different slots", () => {
  for (let round = 0; round < 200; round += 1) {
    const count = 1 + (round % SLOTS);
    const slots = assignSlots(Array.from({ length: count }, (_, i) => `round ${round} seed=${i}`));
    assert.is(new Set(slots.values()).size, count);
    for (const slot of slots.values()) assert.ok(Number.isInteger(slot) && slot >= 0 && slot < SLOTS);
  }
});

test("a newcomer changes nobody's colour", () => {
  const keys = Array.from({ length: 8 }, (_, i) => `group ${i}`);
  const all = assignSlots(keys);
  for (let count = 1; count < keys.length; count += 1) {
    for (const [key, slot] of assignSlots(keys.slice(0, count))) assert.is(slot, all.get(key));
  }
});

test("beyond eight keys slots are shared", () => {
  const slots = assignSlots(Array.from({ length: 30 }, (_, i) => `k${i}`));
  assert.is(slots.size, 30);
  assert.is(new Set(slots.values()).size, SLOTS);
});

test("pinned keys take no slot, repeated keys count once, none is none", () => {
  assert.is(assignSlots(["a"], { a: "#ff8800" }).get("a"), -1);
  assert.is(assignSlots(["a", "a", "b"]).size, 2);
  assert.is(assignSlots([]).size, 0);
  // Not a pin: it is only in the prototype.
  assert.is.not(assignSlots(["toString"], {}).get("toString"), -1);
});

test.run();
