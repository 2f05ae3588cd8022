/** Pieces that follow each other so closely are read together: each reading costs the command and us as much as a hundred lines in it do. */
const BREATH_MS = 10;
/** A command that prints so much meanwhile would have to wait for room, so there is no pause: half a pipe, half a terminal's buffer. */
const PIPE_BYTES = 512 * 1024;
const TERMINAL_BYTES = 2048;
/** A piece of this size filled what it was read into: there is more. */
const FULL_BYTES = 64 * 1024;

export interface Breath {
  /** A piece of so many bytes has come: how many milliseconds to wait before the next is read. */
  after(bytes: number): number;
}

/**
 * Decides when to let output gather. A line that comes alone is read at once; of lines that come closer together than ten
 * milliseconds, ten milliseconds' worth. Nothing is at risk meanwhile: what is not read lies in the pipe, which outlives us.
 */
export function makeBreath(isTerminal: boolean, nowMs: () => number = () => performance.now()): Breath {
  const most = isTerminal ? TERMINAL_BYTES : PIPE_BYTES;
  let lastMs = Number.NEGATIVE_INFINITY;
  let gathered = 0;
  return {
    after(bytes) {
      const now = nowMs();
      const since = now - lastMs;
      lastMs = now;
      // What comes at once after the last piece belongs to what had gathered.
      gathered = since < 1 ? gathered + bytes : bytes;
      return bytes < FULL_BYTES && gathered < most && since < 2 * BREATH_MS ? BREATH_MS : 0;
    },
  };
}
