const NEWLINE = 10;

/** So many lines a second are all looked at, and so many at once. */
export const LINES_PER_SECOND = 5000;
/** So many lines are looked at together, or none. */
const WORTH_IT = 64;
/** Of lines that came too fast the last are kept back, for they may be the last of all: results are printed at the end. */
const KEPT_LINES = 200;
const KEPT_BYTES = 64 * 1024;
/** Pieces that are smaller together are kept together. */
const JOINED_BYTES = 16 * 1024;

export interface LineBudget {
  /** What of a piece of output, which came `t` microseconds after the start, is to be looked at: whole lines, and perhaps the beginning of one. */
  admit(chunk: Uint8Array, t: number): Uint8Array | null;
  /** What was kept back, when no more will come. */
  end(): Uint8Array | null;
  /** Lines that were passed over so far. */
  readonly passedOver: number;
}

/** What all streams of a run may spend together. */
export interface Allowance {
  left: number;
  at: number;
}

/** A fresh allowance: the lines of one second. */
export function fullAllowance(): Allowance {
  return { left: LINES_PER_SECOND, at: 0 };
}

/**
 * Chooses which lines of one stream are looked at when more than 5,000 a second come: of each piece of output the first, as many as
 * the time since the last piece allows. The same pieces at the same times give the same lines. Up to that rate it is every line.
 * The last lines before a pause and before the end are always looked at.
 */
export function makeLineBudget(allowance: Allowance): LineBudget {
  let kept: Uint8Array | null = null;
  let passedOver = 0;
  /** In the middle of a line whose beginning was passed over. */
  let lost = false;

  /** Keeps the last lines of what is passed over. */
  const keepBack = (rest: Uint8Array): void => {
    let start = rest.length;
    for (let lines = 0; lines <= KEPT_LINES && start > 0; lines += 1) {
      const before = rest.lastIndexOf(NEWLINE, start - 2);
      if (before < 0 || rest.length - before - 1 > KEPT_BYTES) {
        if (before < 0 && rest.length <= KEPT_BYTES) start = 0;
        break;
      }
      start = before + 1;
    }
    passedOver += countLines(rest.subarray(0, start));
    kept = start < rest.length ? rest.slice(start) : null;
    lost = kept === null && rest.at(-1) !== NEWLINE;
  };

  return {
    admit(chunk, t) {
      allowance.left = Math.min(LINES_PER_SECOND, allowance.left + (Math.max(0, t - allowance.at) * LINES_PER_SECOND) / 1e6);
      allowance.at = Math.max(allowance.at, t);
      if (kept !== null && allowance.left < WORTH_IT && kept.length + chunk.length > JOINED_BYTES) {
        // The beginning of a line that was kept back ends in this piece, and is passed over with it.
        passedOver += countLines(kept);
        lost = kept.at(-1) !== NEWLINE;
        kept = null;
      }
      let bytes = kept === null ? chunk : Buffer.concat([kept, chunk]);
      kept = null;
      if (lost) {
        const end = bytes.indexOf(NEWLINE);
        if (end < 0) return null;
        passedOver += 1;
        lost = false;
        bytes = bytes.subarray(end + 1);
      }
      const end = endOfLines(bytes, allowance.left < WORTH_IT ? 0 : Math.floor(allowance.left));
      allowance.left -= end.lines;
      if (end.all) return bytes;
      keepBack(bytes.subarray(end.at));
      return end.at === 0 ? null : bytes.subarray(0, end.at);
    },
    end() {
      const last = kept;
      kept = null;
      return last;
    },
    get passedOver() {
      return passedOver;
    },
  };
}

/** Where the first `count` lines end, and whether no further newline follows. */
function endOfLines(bytes: Uint8Array, count: number): { at: number; lines: number; all: boolean } {
  let at = 0;
  for (let lines = 0; lines < count; lines += 1) {
    const end = bytes.indexOf(NEWLINE, at);
    if (end < 0) return { at, lines, all: true };
    at = end + 1;
  }
  return { at, lines: count, all: !bytes.includes(NEWLINE, at) };
}

function countLines(bytes: Uint8Array): number {
  let lines = 0;
  for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, end + 1)) lines += 1;
  return lines;
}
