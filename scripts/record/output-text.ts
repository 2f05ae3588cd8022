import { closeSync, fstatSync, openSync, readSync, statSync } from "node:fs";
import type { Redactor } from "../../src/run/redact.ts";
import { lastFrame, onlyColours } from "./terminal-text.ts";

/** What `output.txt` may take. */
const BUDGET_BYTES = 48_000;
const HALF = 23_000;

/**
 * The text of `output.txt`: beginning and end of what was printed, redacted, ANSI colours kept, at most 48,000 bytes.
 *
 * Of a line that was redrawn after `\r` the last frame stands; other control characters and cursor movements are left out, and
 * bytes that are not UTF-8 become U+FFFD. Cuts are at line ends, so that no half of a secret is left; where a line is too long
 * for that, what lies beside the cut is left out too. What is missing is said in a line of its own. No output gives "".
 */
export function outputText(path: string, redactor: Redactor): string {
  return openOutputText(path, redactor)();
}

/** The same again and again, while the file grows: its beginning is redacted once, and all of it only when something has been added. */
export function openOutputText(path: string, redactor: Redactor): () => string {
  let known: { size: number; text: string } | null = null;
  let head: string | null = null;
  return () => {
    const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    if (known?.size === size) return known.text;
    const text = textOf(path, redactor, (bytes) => {
      // Of a long log the beginning has been whole for a while.
      head ??= headOf(bytes, redactor);
      return head;
    });
    known = { size, text };
    return text;
  };
}

function textOf(path: string, redactor: Redactor, longHead: (bytes: Buffer) => string): string {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch {
    return "";
  }
  try {
    const size = fstatSync(file).size;
    if (size <= 2 * HALF) {
      const whole = shown(read(file, 0, size), redactor);
      if (Buffer.byteLength(whole) <= BUDGET_BYTES) return whole;
    }
    const middle = Math.min(HALF, Math.floor(size / 2));
    const bytes = read(file, 0, middle);
    const head = middle === HALF ? longHead(bytes) : headOf(bytes, redactor);
    const tail = tailOf(read(file, Math.max(size - HALF, middle), HALF), redactor);
    const left = size - Buffer.byteLength(head) - Buffer.byteLength(tail);
    const words = left > 0 ? `about ${left.toLocaleString("en-US")} bytes left out` : "cut here";
    return `${head}${head.endsWith("\n") ? "" : "\n"}[… ${words} …]\n${tail}`;
  } finally {
    closeSync(file);
  }
}

function read(file: number, from: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  return bytes.subarray(0, readSync(file, bytes, 0, length, from));
}

/** Whole lines of the beginning, redacted. */
function headOf(bytes: Buffer, redactor: Redactor): string {
  const end = bytes.lastIndexOf(10) + 1;
  if (end > 0) return firstBytes(shown(bytes.subarray(0, end), redactor));
  return firstBytes(shown(bytes, redactor).slice(0, -EDGE));
}

/** Whole lines of the end, redacted. */
function tailOf(bytes: Buffer, redactor: Redactor): string {
  const start = bytes.indexOf(10) + 1;
  if (start > 0 && start < bytes.length) return lastBytes(shown(bytes.subarray(start), redactor));
  return lastBytes(shown(bytes, redactor).slice(EDGE));
}

/** Room for the rest of a secret, or of a path, that a cut inside a line went through. */
const EDGE = 1024;

function shown(bytes: Buffer, redactor: Redactor): string {
  return redactor.text(
    bytes
      .toString("utf8")
      .split("\n")
      .map((line) => lastFrame(onlyColours(line)))
      .join("\n"),
  );
}

function firstBytes(text: string): string {
  const bytes = Buffer.from(text);
  return bytes.length <= HALF
    ? text
    : bytes
        .subarray(0, HALF)
        .toString("utf8")
        .replace(/\ufffd$/, "");
}

function lastBytes(text: string): string {
  const bytes = Buffer.from(text);
  return bytes.length <= HALF
    ? text
    : bytes
        .subarray(-HALF)
        .toString("utf8")
        .replace(/^\ufffd+/, "");
}
