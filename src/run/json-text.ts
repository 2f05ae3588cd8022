/**
 * JSON for files that live in git: objects and lists are opened, one entry a line, down to `depth` levels and are on one
 * line below that, so that a changed value is a changed line and a column of numbers does not fill the screen.
 * Ends with a newline. Keys keep their order; `undefined` values are left out.
 */
export function jsonText(value: unknown, depth: number): string {
  return `${open(value, depth, "")}\n`;
}

function open(value: unknown, depth: number, indent: string): string {
  if (depth <= 0 || typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    if (value.length === 0) return "[]";
    return `[\n${value.map((item) => inner + open(item, depth - 1, inner)).join(",\n")}\n${indent}]`;
  }
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  if (entries.length === 0) return "{}";
  return `{\n${entries.map(([key, item]) => `${inner}${JSON.stringify(key)}: ${open(item, depth - 1, inner)}`).join(",\n")}\n${indent}}`;
}
