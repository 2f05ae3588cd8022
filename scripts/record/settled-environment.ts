import type { EnvironmentFacts } from "../probes/_contract.ts";

/**
 * When the environment is looked at, in milliseconds after the start: at once and soon, for commands that end soon (their
 * processes are gone then); when the interpreter has loaded what it loads; and later, for imports come late.
 */
export const LOOKS_MS: readonly number[] = [0, 400, 2000, 10_000, 30_000, 120_000];
/** Then so often: what a program loads in its tenth minute is found, and costs nothing. */
const EVERY_MS = 600_000;
/** The look with which the environment counts as settled. */
const SETTLED_MS = 2000;

/** The first look asks for all facts; the others, while the command settles, for what may have changed; later ones for what is loaded. */
export type Look = "first" | "settling" | "late";

export interface SettledEnvironment {
  /** No look begins after this; resolves to all that is known, by the last look that could still see the command's processes. */
  now(): Promise<EnvironmentFacts>;
}

/**
 * Looks again and again. `join` puts what a look found to what was known; `onSettled` is called with all that is known when the
 * command has settled, and after each later look. A look that is under way when the next is due lets that one fall out.
 */
export function settleEnvironment(
  read: (look: Look) => Promise<EnvironmentFacts>,
  join: (known: EnvironmentFacts, more: EnvironmentFacts) => EnvironmentFacts,
  onSettled: (facts: EnvironmentFacts) => void,
): SettledEnvironment {
  let known: EnvironmentFacts = {};
  let current: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const look = async (dueMs: number): Promise<void> => {
    const found = await read(dueMs === 0 ? "first" : dueMs <= SETTLED_MS ? "settling" : "late");
    known = join(known, found);
    if (!stopped && dueMs >= SETTLED_MS) onSettled(known);
  };
  const next = (index: number, beforeMs: number): void => {
    const dueMs = LOOKS_MS[index] ?? beforeMs + EVERY_MS;
    timer = setTimeout(() => {
      current = look(dueMs).then(() => {
        if (!stopped) next(index + 1, dueMs);
      });
    }, dueMs - beforeMs);
    timer.unref();
  };
  current = look(0).then(() => {
    if (!stopped) next(1, 0);
  });
  return {
    async now() {
      stopped = true;
      clearTimeout(timer);
      await current;
      return known;
    },
  };
}
