import type { EnvironmentFacts } from "../probes/_contract.ts";

/** When the interpreter has loaded what it loads, and the environment can be read. */
const SETTLED_MS = 2000;

export interface SettledEnvironment {
  /** Resolves when the command has settled; never, when it ends before. */
  settled: Promise<EnvironmentFacts>;
  /** What is known now: the settled facts, or those of the first look at once after the start. */
  now(): Promise<EnvironmentFacts>;
}

/** Reads at once, for commands that end soon (their processes are gone then), and again when the command has settled. */
export function settleEnvironment(read: () => Promise<EnvironmentFacts>): SettledEnvironment {
  const first = read();
  let latest = first;
  let timer: NodeJS.Timeout;
  const settled = new Promise<EnvironmentFacts>((done) => {
    timer = setTimeout(() => {
      latest = read();
      void latest.then(done);
    }, SETTLED_MS);
    timer.unref();
  });
  return {
    settled,
    now() {
      clearTimeout(timer);
      return latest;
    },
  };
}
