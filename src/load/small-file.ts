import { closeSync, openSync, readSync } from "node:fs";

/** No file of /proc or /sys that is read whole is longer; what is beyond is not looked at. */
const MOST_BYTES = 64 * 1024;
const buffer = Buffer.allocUnsafe(MOST_BYTES);

/**
 * The beginning of a small file of /proc or /sys as text, or null when it cannot be read: its process has ended, it belongs to
 * somebody else, the kernel has none. Costs a third of `readFileSync`, for it asks for no size and keeps its buffer.
 */
export function readSmallFile(path: string): string | null {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch {
    return null;
  }
  try {
    return buffer.toString("latin1", 0, readSync(file, buffer, 0, MOST_BYTES, 0));
  } catch {
    return null; // ended between opening and reading
  } finally {
    closeSync(file);
  }
}

/** A file that holds one number, such as those of /sys; null when it cannot be read or holds none. */
export function readNumber(path: string): number | null {
  const text = readSmallFile(path)?.trim();
  const value = text === undefined || text === "" ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : null;
}
