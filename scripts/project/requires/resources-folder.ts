import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ToolError } from "../../../src/run/error.ts";

/** `.guild/cache/resources` of the project, made where it is not there, with git told to leave it alone. Throws ToolError `not-writable` (exit code 125). */
export async function resourcesFolder(root: string): Promise<string> {
  const folder = join(root, ".guild", "cache", "resources");
  try {
    await mkdir(folder, { recursive: true });
    const ignore = join(root, ".guild", ".gitignore");
    if (!existsSync(ignore)) await writeFile(ignore, "*\n");
    return folder;
  } catch (cause) {
    throw new ToolError("not-writable", `Cannot write ${folder}: ${cause instanceof Error ? cause.message : cause}`, {
      hint: "Required files are downloaded and unpacked there.",
      exitCode: 125,
      cause,
    });
  }
}
