/** Some points of one tag in a few numbers. `min`, `max` and `mean` look at finite values only. */
export interface Tally {
  /** All points, and how many of them are finite. */
  count: number;
  finite: number;
  /** NaN, as are `min` and `max`, when no value is finite. */
  mean: number;
  firstStep: number;
  first: number;
  lastStep: number;
  last: number;
  minStep: number;
  min: number;
  maxStep: number;
  max: number;
}

/** The tally of one point. */
export function tallyOf(step: number, value: number): Tally {
  const finite = Number.isFinite(value) ? 1 : 0;
  const extreme = finite === 1 ? value : Number.NaN;
  return {
    count: 1,
    finite,
    mean: extreme,
    firstStep: step,
    first: value,
    lastStep: step,
    last: value,
    minStep: step,
    min: extreme,
    maxStep: step,
    max: extreme,
  };
}

/** Adds one point that came after all that `tally` holds, in place. Of equal extremes the earlier one stays. */
export function addToTally(tally: Tally, step: number, value: number): void {
  tally.count += 1;
  tally.lastStep = step;
  tally.last = value;
  if (!Number.isFinite(value)) return;
  tally.finite += 1;
  tally.mean = tally.finite === 1 ? value : tally.mean + (value - tally.mean) / tally.finite;
  // Written so that the first finite value wins over NaN.
  if (!(value >= tally.min)) [tally.minStep, tally.min] = [step, value];
  if (!(value <= tally.max)) [tally.maxStep, tally.max] = [step, value];
}

/** Adds to `tally`, in place, what `later` holds: points that came after its own. */
export function joinTallies(tally: Tally, later: Tally): void {
  if (later.finite > 0) {
    const finite = tally.finite + later.finite;
    tally.mean = tally.finite === 0 ? later.mean : tally.mean + (later.mean - tally.mean) * (later.finite / finite);
    tally.finite = finite;
    if (!(later.min >= tally.min)) [tally.minStep, tally.min] = [later.minStep, later.min];
    if (!(later.max <= tally.max)) [tally.maxStep, tally.max] = [later.maxStep, later.max];
  }
  tally.count += later.count;
  tally.lastStep = later.lastStep;
  tally.last = later.last;
}
