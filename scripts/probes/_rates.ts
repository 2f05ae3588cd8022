/** Turns counters that only grow into rates per second. */
export interface Rates {
  /**
   * Gives `{tag: growth per second}` since the last call. The first call, a counter that was not there before, and a counter that
   * went back (it wrapped, or its device was replaced) give nothing.
   */
  since(counters: Record<string, number>, elapsedSeconds: number | null): Record<string, number>;
}

export function makeRates(): Rates {
  let before: Record<string, number> = {};
  return {
    since(counters, elapsedSeconds) {
      const rates: Record<string, number> = {};
      for (const [tag, count] of Object.entries(counters)) {
        const earlier = before[tag];
        if (elapsedSeconds === null || !(elapsedSeconds > 0) || earlier === undefined || count < earlier) continue;
        rates[tag] = (count - earlier) / elapsedSeconds;
      }
      before = counters;
      return rates;
    },
  };
}
