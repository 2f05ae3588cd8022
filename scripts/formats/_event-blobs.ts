import { fields } from "./_protobuf.ts";

/** What an Event may hold beside a summary, by field: graphs and metadata of runs, which nobody misses here. */
const BLOBS = new Set([4, 8, 9]);

/** Is an event that begins with `bytes[start, end)`, and is too long to be read, a loss? Not when it is a graph. */
export function misses(bytes: Buffer, start: number, end: number): boolean {
  let at = start;
  for (const field of fields(bytes, start, end)) at = field.end;
  return !BLOBS.has((bytes[at] ?? 0) >> 3);
}
