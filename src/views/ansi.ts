/**
 * What a terminal would have shown, as HTML: colours and weights become spans, every other control sequence goes.
 *
 * Only SGR (`ESC [ … m`) is understood. Links, titles, cursor movements and whatever else a program may print are dropped,
 * text is escaped, and class names and colours are ours: nothing of the output reaches the page as markup.
 */
import { escapeHtml } from "./escape.ts";

/** What the last escape sequence left switched on; carried from one piece of output to the next. */
export interface AnsiStyle {
  /** A palette index 0..255, or `#rrggbb`. */
  color: number | string | null;
  background: number | string | null;
  bold: boolean;
  dim: boolean;
  italic: boolean;
  underline: boolean;
  strike: boolean;
  inverse: boolean;
}

export const plainStyle: Readonly<AnsiStyle> = {
  color: null,
  background: null,
  bold: false,
  dim: false,
  italic: false,
  underline: false,
  strike: false,
  inverse: false,
};

/**
 * HTML of one piece of output, and the style in which the next piece begins. A line that was overwritten with carriage
 * returns (a progress bar) shows what stood there last. An escape sequence that is cut off at the end of `text` is dropped.
 */
export function ansiHtml(text: string, style: Readonly<AnsiStyle> = plainStyle): { html: string; style: AnsiStyle } {
  let current = { ...style };
  let html = "";
  for (const token of tokensOf(lastOverwrite(text))) {
    if (token.startsWith("\x1b")) current = applySequence(token, current);
    else html += span(token, current);
  }
  return { html, style: current };
}

/** The text alone: no colours, no control sequences, no overwritten parts of lines. */
export function stripAnsi(text: string): string {
  return tokensOf(lastOverwrite(text))
    .filter((token) => !token.startsWith("\x1b"))
    .join("");
}

/** Keeps the colours that the overwritten part switched on: terminals do. */
function lastOverwrite(text: string): string {
  if (!text.includes("\r")) return text;
  return text
    .replace(/\r+\n/g, "\n")
    .split("\n")
    .map((line) => {
      const parts = line.split("\r").filter((part) => part !== "");
      const kept = parts.pop() ?? "";
      // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are what this file is about
      return parts.flatMap((part) => part.match(/\x1b\[[\d;:]*m/g) ?? []).join("") + kept;
    })
    .join("\n");
}

// CSI (ESC [ … letter), OSC and other strings (ESC ] … BEL or ESC \), two-character escapes; each may be cut short.
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are what this file is about
const sequence = /\x1b\[[0-?]*[ -/]*[@-~]?|\x1b[\]PX^_][^\x07\x1b\n]*(?:\x07|\x1b\\)?|\x1b[ -/]*[0-~]?/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: what is no text has no place in HTML
const unprintable = /[\x00-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f-\x9f]/g;

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  let from = 0;
  for (const match of text.matchAll(sequence)) {
    tokens.push(text.slice(from, match.index).replace(unprintable, ""), match[0]);
    from = match.index + match[0].length;
  }
  tokens.push(text.slice(from).replace(unprintable, ""));
  return tokens.filter((token) => token !== "");
}

function applySequence(token: string, style: AnsiStyle): AnsiStyle {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are what this file is about
  const codes = /^\x1b\[([\d;:]*)m$/.exec(token)?.[1];
  if (codes === undefined) return style;
  const numbers = codes.split(/[;:]/).map(Number);
  const next = { ...style };
  for (let index = 0; index < numbers.length; index += 1) index += applyCode(next, numbers, index);
  return next;
}

/** Changes `style` by the code at `index`; gives back how many further codes it used up. */
function applyCode(style: AnsiStyle, codes: number[], index: number): number {
  const code = codes[index]!;
  if (code === 0) Object.assign(style, plainStyle);
  else if (code === 1) style.bold = true;
  else if (code === 2) style.dim = true;
  else if (code === 3) style.italic = true;
  else if (code === 4) style.underline = true;
  else if (code === 7) style.inverse = true;
  else if (code === 9) style.strike = true;
  else if (code === 22) Object.assign(style, { bold: false, dim: false });
  else if (code === 23) style.italic = false;
  else if (code === 24) style.underline = false;
  else if (code === 27) style.inverse = false;
  else if (code === 29) style.strike = false;
  else if (code === 39) style.color = null;
  else if (code === 49) style.background = null;
  else if (code >= 30 && code <= 37) style.color = code - 30;
  else if (code >= 40 && code <= 47) style.background = code - 40;
  else if (code >= 90 && code <= 97) style.color = code - 82;
  else if (code >= 100 && code <= 107) style.background = code - 92;
  else if (code === 38 || code === 48) {
    const { color, used } = extendedColor(codes.slice(index + 1));
    if (color !== null) style[code === 38 ? "color" : "background"] = color;
    return used;
  }
  return 0;
}

function extendedColor([kind, ...rest]: number[]): { color: number | string | null; used: number } {
  if (kind === 5) return { color: isByte(rest[0]) ? rest[0] : null, used: 2 };
  if (kind !== 2) return { color: null, used: kind === undefined ? 0 : 1 };
  const channels = rest.slice(0, 3);
  const whole = channels.length === 3 && channels.every(isByte);
  return { color: whole ? `#${channels.map((byte) => byte.toString(16).padStart(2, "0")).join("")}` : null, used: 4 };
}

function isByte(value: number | undefined): value is number {
  return value !== undefined && Number.isInteger(value) && value >= 0 && value <= 255;
}

function span(text: string, style: AnsiStyle): string {
  const classes = (["bold", "dim", "italic", "underline", "strike", "inverse"] as const)
    .filter((key) => style[key])
    .map((key) => `a-${key}`);
  const declared: string[] = [];
  for (const [key, property] of [
    ["color", "color"],
    ["background", "background-color"],
  ] as const) {
    const color = style[key];
    // The first sixteen are the theme's: a terminal's own yellow would vanish on paper.
    if (typeof color === "number" && color < 16) classes.push(`a-${key === "color" ? "fg" : "bg"}${color}`);
    else if (color !== null) declared.push(`${property}:${typeof color === "number" ? paletteColor(color) : color}`);
  }
  if (classes.length === 0 && declared.length === 0) return escapeHtml(text);
  const attributes = `${classes.length > 0 ? ` class="${classes.join(" ")}"` : ""}${declared.length > 0 ? ` style="${declared.join(";")}"` : ""}`;
  return `<span${attributes}>${escapeHtml(text)}</span>`;
}

/** xterm's 256 colours from 16 on: a 6×6×6 cube, then 24 greys. */
function paletteColor(index: number): string {
  if (index >= 232) return hex([0, 0, 0].map(() => 8 + 10 * (index - 232)));
  const cube = index - 16;
  return hex([Math.floor(cube / 36), Math.floor(cube / 6) % 6, cube % 6].map((level) => (level === 0 ? 0 : 55 + 40 * level)));
}

function hex(channels: number[]): string {
  return `#${channels.map((channel) => channel.toString(16).padStart(2, "0")).join("")}`;
}
