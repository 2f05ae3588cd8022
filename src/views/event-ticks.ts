import type { RunEvent } from "../run/types.ts";
import type { EventTick, XKind } from "./line-model.ts";
import type { StepClock } from "./step-clock.ts";

/** More ticks than this cannot be told apart. */
const MOST_EPOCHS = 40;
const MOST_MARKS = 24;

/** Kinds that stand on the axis; `nan` is already marked on the line itself. */
const DRAWN = new Set(["epoch", "checkpoint", "eval", "restart", "image", "note"]);

/**
 * Places what happened in a run on the x axis, ascending.
 *
 * An event without a step stands where the clock says; without a clock it is left out of a step axis. Outside `range`
 * nothing is drawn. Where there are too many of a kind every n-th is kept (2nd, 5th, 10th, 20th, …), the last one always,
 * and `note` says so; it is null when all are there.
 */
export function eventTicks(
  events: readonly RunEvent[],
  xKind: XKind,
  clock: StepClock | null,
  range: readonly [number, number],
): { ticks: EventTick[]; note: string | null } {
  const byKind = new Map<string, EventTick[]>();
  for (const { step, t, kind, detail } of events) {
    if (!DRAWN.has(kind)) continue;
    const x = xKind === "time" ? t : (step ?? clock?.stepAt(t) ?? null);
    if (x === null || !(x >= range[0] && x <= range[1])) continue;
    const ticks = byKind.get(kind);
    const tick = { x, kind, detail };
    if (ticks === undefined) byKind.set(kind, [tick]);
    else ticks.push(tick);
  }
  const ticks: EventTick[] = [];
  const notes: string[] = [];
  for (const [kind, all] of byKind) {
    const every = thinningOf(all.length, kind === "epoch" ? MOST_EPOCHS : MOST_MARKS);
    if (every > 1) notes.push(`every ${every}th of ${all.length} ${kind === "epoch" ? "epochs" : `${kind} events`}`);
    for (let i = 0; i < all.length; i += 1) {
      if ((i + 1) % every === 0 || i === all.length - 1) ticks.push(all[i]!);
    }
  }
  ticks.sort((a, b) => a.x - b.x);
  return { ticks, note: notes.length === 0 ? null : `Marked is ${notes.join(" and ")}.` };
}

/** 1, 2, 5, 10, 20, …: the smallest that leaves at most `most`. */
function thinningOf(count: number, most: number): number {
  let every = 1;
  for (const factor of cycle([2, 2.5, 2])) {
    if (count / every <= most) return every;
    every *= factor;
  }
  return every;
}

function* cycle(factors: readonly number[]): Generator<number> {
  for (;;) yield* factors;
}
