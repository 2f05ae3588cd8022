import type { Run } from "./types.ts";

/**
 * Tags that a program prints and writes to a file as well, under names that differ in their separators and capitals only
 * (`val_acc` printed, `val/acc` in an event file): what is printed is rounded, and often counts epochs where the file counts steps.
 * A tag that any run tells by a file itself is no echo. Empty without runs.
 */
export function echoes(runs: readonly Run[]): Set<string> {
  const printed = new Set<string>();
  const written = new Set<string>();
  const plainWritten = new Set<string>();
  for (const { scalars } of runs) {
    for (const tag of Object.keys(scalars)) {
      if (scalars[tag]!.source === "out") printed.add(tag);
      else if (!written.has(tag)) {
        written.add(tag);
        plainWritten.add(plain(tag));
      }
    }
  }
  if (plainWritten.size === 0) return new Set();
  return new Set([...printed].filter((tag) => !written.has(tag) && plainWritten.has(plain(tag))));
}

function plain(tag: string): string {
  return tag.toLowerCase().replaceAll(/[^a-z0-9]+/g, "/");
}
