import { editDistance } from "../run/nearest.ts";

/**
 * The names that `wanted` may have been meant to be, nearest first, at most `limit`: for messages that help.
 *
 * Near is an edit distance of at most a third of the name's length (2 for short ones), or one name within the other.
 * Case does not matter. Nothing near gives [].
 */
export function nearestNames(wanted: string, names: readonly string[], limit = 3): string[] {
  const goal = wanted.toLowerCase();
  return names
    .map((name) => ({ name, distance: distanceOf(goal, name.toLowerCase()) }))
    .filter(({ name, distance }) => distance <= Math.max(2, Math.floor(Math.max(goal.length, name.length) / 3)))
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, limit)
    .map(({ name }) => name);
}

function distanceOf(a: string, b: string): number {
  if (a.length > 2 && b.length > 2 && (a.includes(b) || b.includes(a))) return 1;
  return editDistance(a, b);
}
