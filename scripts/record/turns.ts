export interface Turns {
  stop(): void;
  /** Resolves when no turn is under way. */
  idle(): Promise<void>;
}

/** Takes a turn of `work` again and again, one at a time, `interval()` milliseconds after the last one ended. `work` never throws. */
export function takeTurns(work: () => Promise<unknown>, interval: () => number): Turns {
  let current: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout;
  let stopped = false;
  const next = (): void => {
    timer = setTimeout(() => {
      current = work().then(() => {
        if (!stopped) next();
      });
    }, interval());
  };
  next();
  return {
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
    idle: () => current,
  };
}

/** Seconds between two writings of the public record: people watch the first minute, nobody watches the third hour so closely. */
export function intervalAt(seconds: number): number {
  if (seconds < 60) return 1;
  return seconds < 600 ? 5 : 15;
}
