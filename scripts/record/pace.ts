/** Milliseconds between two looks: usually, and when a look takes long. */
const USUAL_MS = 1000;
const LONGEST_MS = 5000;
/** A look that took long is followed by so many times its length of rest. */
const REST = 200;

/**
 * The rest after a look, so that looking costs a two-hundredth of the time: at least a second, at most five. `took` are the lengths
 * of the looks so far in milliseconds, the last one last. The shorter one of the last two counts, for a busy machine makes any look long
 * now and then; and the first never does, for it loads what it needs. Before the first there is no rest.
 */
export function restAfter(took: readonly number[]): number {
  if (took.length === 0) return 0;
  const counted = took.slice(1).slice(-2);
  return counted.length < 2 ? USUAL_MS : Math.min(LONGEST_MS, Math.max(USUAL_MS, REST * Math.min(...counted)));
}
