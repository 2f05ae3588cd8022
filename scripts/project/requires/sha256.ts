import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import type { Requirement } from "../../../src/load/requirement-spec.ts";
import { ToolError } from "../../../src/run/error.ts";

/** Hexadecimal, lower case. Rejects with what the file system throws. */
export async function sha256Of(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}

/** A file that is not the one that was meant. */
export function badSha256(name: string, actual: string, { sha256, place }: Requirement): ToolError {
  return new ToolError("bad-sha256", `'${name}' has an unexpected sha256: expected ${sha256}, got ${actual}`, {
    hint: `${place.file}:${place.line}: put the right file there, or write the new sha256.`,
    exitCode: 2,
  });
}
