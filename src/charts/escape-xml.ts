import { escapeHtml } from "../views/escape.ts";

/**
 * Makes text safe inside elements and double-quoted attributes of HTML and SVG alike. Control characters that XML forbids
 * are dropped: a label read from a program's output may hold any.
 */
export function escapeXml(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what has to go
  return escapeHtml(text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, ""));
}
