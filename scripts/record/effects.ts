/** Time and chance, for the recorder; tests hand in their own. */
export interface Effects {
  /** Wall clock: stands in the record, may jump. */
  now: () => Date;
  /** Nanoseconds of a clock that never jumps. */
  monotonic: () => bigint;
  random: () => number;
  procRoot: string;
}

export function realEffects(): Effects {
  return { now: () => new Date(), monotonic: () => process.hrtime.bigint(), random: Math.random, procRoot: "/proc" };
}

/** A run's own clock. */
export interface Clock {
  started: Date;
  /** The start on the monotonic clock, in nanoseconds. */
  zero: bigint;
  /** Whole microseconds since the start. */
  micros(): number;
  /** Seconds since the start. */
  seconds(): number;
  /** The wall clock, but never earlier than the start and the time that has passed since: it may have been set back. */
  wall(): Date;
  /** Seconds that the wall clock is ahead of the time that has passed; negative when it was set back. */
  ahead(): number;
}

export function startClock(effects: Effects): Clock {
  return resumeClock(effects.now(), effects.monotonic(), effects);
}

/** The clock of a run that another process of this machine has begun: monotonic time is one for all since the boot. */
export function resumeClock(started: Date, zero: bigint, effects: Effects): Clock {
  const micros = (): number => Number((effects.monotonic() - zero) / 1000n);
  const seconds = (): number => micros() / 1e6;
  const ahead = (): number => (effects.now().getTime() - started.getTime()) / 1000 - seconds();
  const wall = (): Date => new Date(Math.max(effects.now().getTime(), started.getTime() + Math.floor(seconds() * 1000)));
  return { started, zero, micros, seconds, wall, ahead };
}
