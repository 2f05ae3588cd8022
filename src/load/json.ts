import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { ToolError } from "../run/error.ts";

/**
 * Reads a JSON file that somebody else wrote; what is in it is unknown until a `parse…` has looked.
 *
 * Throws ToolError `invalid-json` naming the file (relative to `root`) and, where V8 tells it, the line;
 * file-system errors (ENOENT …) pass through unchanged.
 */
export function readJson(root: string, path: string): unknown {
  const text = readFileSync(path, "utf8");
  try {
    return JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const position = /position (\d+)/.exec(message)?.[1];
    // An unexpected end carries no position: the file was cut short, so the fault is in its last line.
    const line = text.slice(0, position === undefined ? text.length : Number(position)).split("\n").length;
    throw new InvalidJson(relative(root, path), line, message);
  }
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
