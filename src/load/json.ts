import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { parseDocument } from "yaml";
import { ToolError } from "../run/error.ts";

/**
 * Reads a JSON file that somebody else wrote; what is in it is unknown until a `parse…` has looked.
 *
 * Throws ToolError `invalid-json` naming the file (relative to `root`) and the line;
 * file-system errors (ENOENT …) pass through unchanged.
 */
export function readJson(root: string, path: string): unknown {
  const text = readFileSync(path, "utf8");
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InvalidJson(relative(root, path), faultyLine(text), error instanceof Error ? error.message : String(error));
  }
}

/** V8 tells the position of some mistakes only; the YAML parser knows the place of nearly all. Else it is the last line. */
function faultyLine(text: string): number {
  const place = parseDocument(text, { schema: "json", logLevel: "silent" }).errors[0]?.linePos?.[0];
  return place?.line ?? text.trimEnd().split("\n").length;
}

/** A file that is not JSON; `line` counts from 1. */
export class InvalidJson extends ToolError {
  readonly line: number;
  constructor(file: string, line: number, reason: string) {
    super("invalid-json", `${file} line ${line} is not JSON (${reason}).`, {
      hint: "The file may have been cut short; if the run was recorded here, `guild runs refresh` writes it again.",
    });
    this.line = line;
  }
}
