import type { NamedValue, Position } from "./form.ts";

export interface Move {
  /** The step of the line's values. */
  step: number;
  /** Nobody said a step yet: it was counted by Guild's rule. */
  implied: boolean;
  epochChanged: boolean;
}

export interface Place {
  /** The step at which the training is; null before any step word. */
  readonly now: number | null;
  /** Moves to where a line is and gives the step of its values. */
  move(position: Position, values: readonly NamedValue[]): Move;
  /** A rule of the user's has said the step: from now on only rules say it. */
  pin(step: number): void;
}

/** A run with more progress bars than this counts the others as they are printed. */
const TRACKS = 200;

/**
 * Remembers where in the training a program is.
 *
 * A step word sets the step of its line and of the lines after it; the finest word that was seen counts. A counter that begins
 * anew in each epoch goes on from where it was when it does so: `Epoch [2/3], Step [100/600]` after `[600/600]` is step 700. Before any step
 * word there is Guild's implied step: 0, and one more whenever a key repeats.
 */
export function makePlace(): Place {
  let now: number | null = null;
  let epoch: number | null = null;
  let fine: number | null = null;
  let epochsSinceFine = 0;
  let local = false;
  let pinned = false;
  let barStep: number | null = null;
  let implied = 0;
  let sinceImplied = new Set<string>();
  const training = makeCounter();
  const bars = new Map<string, Counter>();

  const impliedStep = (values: readonly NamedValue[]): number => {
    if (values.some(({ key }) => sinceImplied.has(key))) {
      implied += 1;
      sinceImplied = new Set();
    }
    for (const { key } of values) sinceImplied.add(key);
    return implied;
  };

  return {
    get now() {
      return now ?? barStep;
    },
    pin(step) {
      pinned = true;
      now = step;
    },
    move(position, values) {
      const epochChanged = position.epoch !== null && (epoch === null || Math.floor(position.epoch) !== Math.floor(epoch));
      if (position.epoch !== null) epoch = position.epoch;
      if (pinned) return { step: now ?? 0, implied: false, epochChanged };
      if (position.track !== null) {
        // A bar's count is its own: a bar that loads data says nothing about the training.
        const bar = bars.get(position.track) ?? makeCounter();
        if (bars.size < TRACKS) bars.set(position.track, bar);
        const step = bar.at(position);
        if (values.length > 0) barStep = step;
        return { step, implied: false, epochChanged };
      }
      if (epochChanged) epochsSinceFine += 1;
      // Nobody has counted steps for two epochs: another training has begun, which counts epochs.
      if (epochsSinceFine > 1) fine = null;
      if (position.step !== null) {
        epochsSinceFine = 0;
        const again = fine !== null && position.step < fine && epoch !== null;
        local ||= position.local || (again && position.epoch !== null);
        const over = training.at(position);
        now = local ? over : position.step;
        fine = position.step;
      } else if (position.epoch !== null && (fine === null || local)) {
        now = position.epoch;
      }
      if (now !== null) return { step: now, implied: false, epochChanged };
      if (barStep !== null) return { step: barStep, implied: false, epochChanged };
      return { step: impliedStep(values), implied: true, epochChanged };
    },
  };
}

interface Counter {
  /** The count over all epochs, given the count in this one. */
  at(position: Position): number;
}

function makeCounter(): Counter {
  let first: number | null = null;
  let before = 0;
  let last: number | null = null;
  let lastEpoch: number | null = null;
  let lastTotal: number | null = null;
  let interval = 1;
  return {
    at({ epoch, step, total }) {
      const count = step ?? 0;
      if (epoch !== null && total !== null) {
        // Nothing has to be remembered but where the counting began.
        first = Math.min(first ?? epoch, epoch);
        return (Math.floor(epoch) - Math.floor(first)) * total + count;
      }
      const next = epoch !== null && lastEpoch !== null ? epoch - lastEpoch : 0;
      // The training itself has begun again.
      if (next < 0) before = 0;
      else if (last !== null && (count < last || (next > 0 && count === last))) before += lastTotal ?? last + interval - count;
      else if (last !== null && count > last) interval = count - last;
      last = count;
      lastTotal = total;
      lastEpoch = epoch ?? lastEpoch;
      return before + count;
    },
  };
}
