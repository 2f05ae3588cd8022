/** "Did you mean": the known word that is most like what was typed. */

/**
 * The candidate with the fewest edits (insert, delete, change, swap of neighbours) from `typed`, letter case aside, or
 * null when none is near: at most a third of the letters may differ. A candidate that begins with what was typed is near
 * too. Ties go to the first.
 */
export function nearest(typed: string, candidates: Iterable<string>): string | null {
  let best: string | null = null;
  let bestEdits = Number.POSITIVE_INFINITY;
  const wanted = typed.toLowerCase();
  for (const candidate of candidates) {
    const word = candidate.toLowerCase();
    const edits = wanted.length >= 2 && word.startsWith(wanted) ? 1 : editDistance(wanted, word);
    const allowed = Math.max(1, Math.floor(Math.max(wanted.length, word.length) / 3));
    if (edits <= allowed && edits < bestEdits && edits < word.length) {
      best = candidate;
      bestEdits = edits;
    }
  }
  return best;
}

/** Edits between two words, where swapping two neighbours counts as one (Damerau 1964, restricted). */
export function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const change = previous[column - 1]! + (a[row - 1] === b[column - 1] ? 0 : 1);
      let edits = Math.min(change, previous[column]! + 1, current[column - 1]! + 1);
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (swapped) edits = Math.min(edits, before[column - 2]! + 1);
      current.push(edits);
    }
    before = previous;
    previous = current;
  }
  return previous[b.length]!;
}
