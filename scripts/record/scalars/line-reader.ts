import { withoutSequences } from "../terminal-text.ts";
import { LINE_LIMIT } from "./plain-text.ts";
import { startsAnew } from "./redrawn.ts";
import { makeRedrawnRegion } from "./redrawn-region.ts";

const NEWLINE = 10;
const RETURN = 13;
const BACKSPACE = 8;
const ESCAPE = 27;
/** UTF-8 takes up to four bytes a character. */
const BYTE_LIMIT = LINE_LIMIT * 4;
/** A bar that is drawn again and again is read once in this time. */
const LIVE_MICROS = 1_000_000;

/** Gets a line; `live` when it is a frame that has been drawn over. */
export type OnLine = (line: string, live: boolean) => void;

export interface LineReader {
  /** Feeds bytes as they come, `t` microseconds after the start; `onLine` is called for each line that they complete. */
  push(chunk: Uint8Array, t: number, onLine: OnLine): void;
  /** Gives what is left as a last line. */
  end(onLine: OnLine): void;
}

/**
 * Cuts a stream of bytes into lines as a terminal shows them, in bounded memory.
 *
 * Progress bars redraw a line after `\r`, a run of backspaces, or by moving the cursor up (`ESC [ A`). Of such frames the last that is
 * not blank is the line. A frame before it is given too, as `live`: the last before a bar begins anew (the next epoch), and else one
 * a second. A frame is kept up to `LINE_LIMIT` characters; the rest of a line of any length is passed over. Bytes that are
 * not UTF-8 become U+FFFD. Lines come without their newline; blank ones come as "".
 */
export function makeLineReader(): LineReader {
  const region = makeRedrawnRegion();
  const decoder = new TextDecoder("utf-8", { fatal: false });
  /** The frame that is being written, and the last one before it that was not blank. */
  let frame = new Uint8Array(1024);
  let length = 0;
  let before = "";
  /** When a frame was read last that has been drawn over. */
  let liveAt: number | null = null;

  const keep = (bytes: Uint8Array): void => {
    const room = Math.min(bytes.length, BYTE_LIMIT - length);
    if (room <= 0) return;
    if (length + room > frame.length) {
      const larger = new Uint8Array(Math.min(BYTE_LIMIT, Math.max(frame.length * 2, length + room)));
      larger.set(frame.subarray(0, length));
      frame = larger;
    }
    frame.set(bytes.subarray(0, room), length);
    length += room;
  };
  const endFrame = (t: number, onLine: OnLine): void => {
    if (length === 0) return;
    const shown = decoder.decode(frame.subarray(0, length));
    length = 0;
    if (isBlank(shown)) return;
    // A bar's first second says nothing that will not be said again.
    liveAt ??= t;
    if (before !== "" && (t - liveAt >= LIVE_MICROS || startsAnew(before, shown))) {
      onLine(before, true);
      liveAt = t;
    }
    before = shown;
  };
  const keepFrames = (bytes: Uint8Array, t: number, onLine: OnLine): void => {
    let start = 0;
    for (let turn = nextTurn(bytes, 0); turn !== null; turn = nextTurn(bytes, start)) {
      keep(bytes.subarray(start, turn.at));
      endFrame(t, onLine);
      if (turn.up > 0) {
        region.up(turn.up, before, onLine);
        before = "";
      }
      start = turn.end;
    }
    keep(bytes.subarray(start));
  };
  const endLine = (onLine: OnLine): void => {
    let line = before;
    if (length > 0) {
      const shown = decoder.decode(frame.subarray(0, length));
      length = 0;
      if (before === "" || !isBlank(shown)) {
        if (before !== "" && startsAnew(before, shown)) onLine(before, true);
        line = shown;
      }
    }
    before = "";
    region.line(line, onLine);
  };

  return {
    push(chunk, t, onLine) {
      // Most output is never redrawn: it is not looked through byte by byte.
      const redrawn = [RETURN, BACKSPACE, ESCAPE].some((byte) => chunk.includes(byte));
      const add = redrawn ? keepFrames : keep;
      let start = 0;
      for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
        add(chunk.subarray(start, end), t, onLine);
        endLine(onLine);
        start = end + 1;
      }
      add(chunk.subarray(start), t, onLine);
    },
    end(onLine) {
      if (length > 0 || before !== "") endLine(onLine);
      region.end(onLine);
    },
  };
}

/** A frame of nothing but blanks and what a terminal is told. */
function isBlank(frame: string): boolean {
  return frame.trim() === "" || (frame.includes("\u001b") && withoutSequences(frame).trim() === "");
}

interface Turn {
  at: number;
  end: number;
  /** Lines that the cursor goes up. */
  up: number;
}

/** Where a frame ends, and where the next begins; null when the bytes hold no further end. */
function nextTurn(bytes: Uint8Array, from: number): Turn | null {
  for (let at = from; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === RETURN || byte === BACKSPACE) return { at, end: at + 1, up: 0 };
    if (byte === ESCAPE && bytes[at + 1] === 0x5b) {
      let last = at + 2;
      while (last < bytes.length && isDigit(bytes[last])) last += 1;
      // A: up, F: up to the beginning of a line.
      if (bytes[last] === 0x41 || bytes[last] === 0x46) {
        return { at, end: last + 1, up: Number(String.fromCharCode(...bytes.subarray(at + 2, Math.min(last, at + 5)))) || 1 };
      }
    }
  }
  return null;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}
