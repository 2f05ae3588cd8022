import type { EventKind, RunEvent } from "../run/types.ts";
import { formatCount } from "../run/units.ts";
import type { EventTick, XKind } from "./line-model.ts";
import type { StepClock } from "./step-clock.ts";

/** More ticks than this cannot be told apart. */
const MOST_EPOCHS = 40;
const MOST_MARKS = 24;

/** What is drawn, in the caption's order: its sign (the shapes of charts/shapes.ts) and its name, one and many. `nan` stands on the line itself. */
const KINDS: readonly (readonly [EventKind, string, string, string])[] = [
  ["epoch", "ticks on the axis", "epoch", "epochs"],
  ["checkpoint", "◆", "checkpoint", "checkpoints"],
  ["eval", "●", "evaluation", "evaluations"],
  ["restart", "▶", "restart", "restarts"],
  ["image", "■", "image", "images"],
  ["note", "⚑", "note", "notes"],
];

/**
 * Places what happened in a run on the x axis, ascending, with a sentence that says what is marked and how; null without any.
 *
 * An event without a step stands where the clock says; without a clock it is left out of a step axis. Outside `range`
 * nothing is drawn. Where there are too many of a kind every n-th is kept (2nd, 5th, 10th, 20th, …), the last one always,
 * and the sentence says so.
 */
export function eventTicks(
  events: readonly RunEvent[],
  xKind: XKind,
  clock: StepClock | null,
  range: readonly [number, number],
): { ticks: EventTick[]; note: string | null } {
  const ticks: EventTick[] = [];
  const notes: string[] = [];
  for (const [kind, sign, one, many] of KINDS) {
    const all = events.flatMap(({ step, t, kind: own, detail }) => {
      const x = own !== kind ? null : xKind === "time" ? t : (step ?? clock?.stepAt(t) ?? null);
      return x !== null && x >= range[0] && x <= range[1] ? [{ x, kind, detail }] : [];
    });
    if (all.length === 0) continue;
    const every = thinningOf(all.length, kind === "epoch" ? MOST_EPOCHS : MOST_MARKS);
    ticks.push(...all.filter((_, i) => (i + 1) % every === 0 || i === all.length - 1));
    const counted = all.length === 1 ? `1 ${one}` : `${formatCount(all.length)} ${many}`;
    notes.push(`${every === 1 ? "" : `every ${every}${every === 2 ? "nd" : "th"} of `}${counted} (${sign})`);
  }
  ticks.sort((a, b) => a.x - b.x);
  return { ticks, note: notes.length === 0 ? null : `Marked: ${notes.join(", ")}.` };
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
