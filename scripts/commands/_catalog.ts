/** The commands, found by scanning this folder: the file name is the command's name. */
import { readdirSync } from "node:fs";
import { extname } from "node:path";
import { pathToFileURL } from "node:url";
import { ToolError } from "../../src/run/error.ts";
import { nearest } from "../../src/run/nearest.ts";
import type { Command } from "./_contract.ts";

/** `.ts` in the sources, `.js` in the package. */
const extension = extname(import.meta.url);

/** All names, sorted. Files that begin with `_` are private. */
export function commandNames(): string[] {
  return readdirSync(import.meta.dirname)
    .filter((file) => file.endsWith(extension) && !file.endsWith(`.d${extension}`) && !file.startsWith("_"))
    .map((file) => file.slice(0, -extension.length))
    .sort();
}

/** Loads one command. Throws ToolError `unknown-command` (exit code 2) with the name that is nearest. */
export async function loadCommand(name: string): Promise<Command> {
  const names = commandNames();
  if (!names.includes(name)) {
    const near = nearest(name, names);
    throw new ToolError("unknown-command", `guild has no command "${name}"`, {
      hint:
        near === null ? 'Type "guild help" for the list. Operations of guild.yml: guild run NAME.' : `Did you mean "${near}"?`,
      exitCode: 2,
    });
  }
  const module: { default: Command } = await import(pathToFileURL(`${import.meta.dirname}/${name}${extension}`).href);
  return module.default;
}
