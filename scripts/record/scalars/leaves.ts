import { EMPTY, type Found, type NamedValue, NOWHERE, type Passed, type Position } from "./form.ts";
import { positionOf } from "./step-words.ts";
import { isNotMeasured, isSetting, isStrongMetric } from "./vocabulary.ts";

/** A number in an object, under its whole name (`meta/lr`). */
export interface Leaf {
  key: string;
  value: number;
}

/**
 * What an object of numbers says: its step words place it. With a step word every number counts at once; without one only
 * what is surely measured does, for an object may also be a printed configuration.
 */
export function foundIn(leaves: readonly Leaf[]): Found {
  if (leaves.length === 0) return EMPTY;
  let position: Position = NOWHERE;
  const others: Leaf[] = [];
  for (const leaf of leaves) {
    const next = positionOf(leaf.key, leaf.value);
    if (next === null) others.push(leaf);
    else
      position = {
        ...position,
        epoch: position.epoch ?? next.epoch,
        // A global step goes before any other, wherever it stands.
        step: next.global ? next.step : (position.step ?? next.step),
      };
  }
  const placed = position.epoch !== null || position.step !== null;
  const values: NamedValue[] = [];
  const passed: Passed[] = [];
  for (const { key, value } of others) {
    if (placed) values.push({ key, value, sure: true });
    else if (isNotMeasured(key)) passed.push({ key, reason: "no measurement" });
    else values.push({ key, value, sure: isStrongMetric(key) && !isSetting(key) });
  }
  return { values, position, passed };
}
