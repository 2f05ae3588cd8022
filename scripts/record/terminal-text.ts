/** What terminals are told in control characters, and what of it a reader wants to see. */

const CSI = String.raw`\u001b\[[0-?]*[ -/]*`;
const OTHER = String.raw`\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|\u001b[@-Z\\^_]`;
const CONTROLS = String.raw`[\u0000-\u0007\u000b\u000c\u000e-\u001a\u001c-\u001f\u007f]`;

const SEQUENCES = new RegExp(`${CSI}[@-~]|${OTHER}|${CONTROLS}`, "g");
const ALL_BUT_COLOURS = new RegExp(`${CSI}[@-ln-~]|${OTHER}|${CONTROLS}`, "g");
const REDRAW = /[\r\b]+/;

/** A line without colours, cursor movements and control characters; tabs, returns and backspaces stay. */
export function withoutSequences(line: string): string {
  return line.replace(SEQUENCES, "");
}

/** A line with its colours, and nothing else that a terminal would be told. */
export function onlyColours(line: string): string {
  return line.replace(ALL_BUT_COLOURS, "");
}

/** What is left of a line that was redrawn after `\r` or backspaces: its last frame that is not blank. */
export function lastFrame(line: string): string {
  if (!REDRAW.test(line)) return line;
  return line.split(REDRAW).findLast((frame) => frame.trim() !== "") ?? "";
}
