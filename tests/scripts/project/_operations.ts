/** Operations for tests, read from text as they are read from a file. */

import { type Found, findOperation } from "../../../scripts/project/operation.ts";
import type { GuildFile } from "../../../src/load/guild-file.ts";
import { parseGuildFile } from "../../../src/load/guild-parse.ts";
import { ToolError } from "../../../src/run/error.ts";

export function guildFile(text: string): GuildFile {
  return parseGuildFile(text, "guild.yml");
}

/** The operation `name` of a `guild.yml` with this text. */
export function operationOf(text: string, name = "train"): Found {
  return findOperation(guildFile(text), name, null);
}

/** The ToolError that `action` throws. */
export function refusal(action: () => unknown): ToolError {
  try {
    action();
  } catch (error) {
    if (error instanceof ToolError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}
