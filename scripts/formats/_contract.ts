/** What a reader of a foreign file finds: the recorder tails files with it while they grow, importers read them whole. */
import type { Flags } from "../../src/run/types.ts";

/**
 * Takes what a file holds, in its order. Tags are the file's own. `wallSeconds` is since the epoch, null where the file does not say.
 */
export interface Findings {
  scalar(tag: string, step: number | null, wallSeconds: number | null, value: number): void;
  /** An encoded picture (PNG, JPEG, GIF, WebP) of untrusted bytes. */
  image(tag: string, step: number | null, wallSeconds: number | null, encoded: Uint8Array): void;
  text(tag: string, step: number | null, wallSeconds: number | null, text: string): void;
  flags(flags: Flags): void;
  /** The program has begun again at this step: what this file's directory told for it and later steps before is void. */
  restart(step: number, wallSeconds: number | null): void;
  /** Something in the file that could not be read, in a few words: "record 17: wrong checksum". The rest was read. */
  damaged(what: string): void;
}

/** One growing file that is being read. */
export interface Tail {
  /**
   * Reads what was appended since the last call, at most `budgetBytes` of it; true when there is more to read at once. A torn last
   * record or line is left for the next call. Throws what the file system throws; never for what the file holds.
   */
  read(findings: Findings, budgetBytes: number): boolean;
  /** The last call: like `read` without a budget, and what is torn now is told as damaged. Closes the file. */
  end(findings: Findings): void;
}

export interface Format {
  summary: string;
  /** Is this such a file? By its name (forward slashes, relative to where it was found) and its first bytes, at most 4 KB. */
  recognises(path: string, head: Uint8Array): boolean;
  /**
   * Begins to read. What lies before byte `from` was there before the run: it may say what the rest means (a header), and is told to
   * nobody. A format whose records carry their own times may leave `from` alone: the recorder drops what is older than the run.
   */
  open(path: string, from?: number): Tail;
}

/** Gives the format back unchanged; it is here for its type. */
export function defineFormat(format: Format): Format {
  return format;
}
