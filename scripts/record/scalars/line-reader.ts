import { LINE_LIMIT } from "./plain-text.ts";

const NEWLINE = 10;
const RETURN = 13;
const BACKSPACE = 8;
/** UTF-8 takes up to four bytes a character. */
const BYTE_LIMIT = LINE_LIMIT * 4;

export interface LineReader {
  /** Feeds bytes as they come; `onLine` is called for each line that they complete. */
  push(chunk: Uint8Array, onLine: (line: string) => void): void;
  /** Gives what is left as a last line. */
  end(onLine: (line: string) => void): void;
}

/**
 * Cuts a stream of bytes into lines as a terminal shows them, in bounded memory.
 *
 * Progress bars redraw a line after `\r` (or a run of backspaces): of such frames the last that is not blank is the line.
 * A frame is kept up to `LINE_LIMIT` characters; the rest of a line of any length is passed over. Bytes that are not
 * UTF-8 become U+FFFD. Lines come without their newline; blank ones come as "".
 */
export function makeLineReader(): LineReader {
  const decoder = new TextDecoder("utf-8", { fatal: false });
  /** The frame that is being written, and the last one before it that was not blank. */
  let frame = new Uint8Array(1024);
  let length = 0;
  let before = "";

  const text = (): string => decoder.decode(frame.subarray(0, length));
  const endFrame = (): void => {
    if (length > 0) {
      const shown = text();
      if (shown.trim() !== "") before = shown;
    }
    length = 0;
  };
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
  const keepFrames = (bytes: Uint8Array): void => {
    let start = 0;
    for (let i = nextTurn(bytes, 0); i >= 0; i = nextTurn(bytes, start)) {
      keep(bytes.subarray(start, i));
      endFrame();
      start = i + 1;
    }
    keep(bytes.subarray(start));
  };
  const endLine = (onLine: (line: string) => void): void => {
    endFrame();
    const line = before;
    before = "";
    onLine(line);
  };

  return {
    push(chunk, onLine) {
      let start = 0;
      for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
        keepFrames(chunk.subarray(start, end));
        endLine(onLine);
        start = end + 1;
      }
      keepFrames(chunk.subarray(start));
    },
    end(onLine) {
      if (length > 0 || before !== "") endLine(onLine);
    },
  };
}

/** Where the frame ends, or -1. */
function nextTurn(bytes: Uint8Array, from: number): number {
  const turn = bytes.indexOf(RETURN, from);
  const back = bytes.indexOf(BACKSPACE, from);
  if (turn < 0 || back < 0) return Math.max(turn, back);
  return Math.min(turn, back);
}
