import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isAlive, startOf } from "../../src/load/processes.ts";
import { ToolError } from "../../src/run/error.ts";

/**
 * Keeps two builds of one project apart: they would destroy each other's bundles. Gives back what releases the lock.
 * A lock whose holder is gone is taken over. Throws ToolError `build-running`.
 */
export function lockBuild(cacheDir: string): () => void {
  const lock = join(cacheDir, "build.lock");
  const release = () => rmSync(lock, { recursive: true, force: true });
  if (!claim(lock)) {
    const holder = holderOf(lock);
    if (holder !== null && isAlive(holder.pid, holder.start)) {
      throw new ToolError("build-running", `Another build of this project is running (process ${holder.pid}).`, {
        hint: "Wait for it, or stop it.",
      });
    }
    release();
    if (!claim(lock)) throw new ToolError("build-running", "Another build of this project has just started.");
  }
  writeFileSync(join(lock, "holder"), `${process.pid} ${startOf(process.pid) ?? ""}`);
  return release;
}

function claim(lock: string): boolean {
  try {
    mkdirSync(lock); // without `recursive`, making a folder is the lock
    return true;
  } catch {
    return false;
  }
}

function holderOf(lock: string): { pid: number; start: string | null } | null {
  try {
    const [pid, start] = readFileSync(join(lock, "holder"), "utf8").split(" ");
    return { pid: Number(pid), start: start || null };
  } catch {
    return null; // claimed a moment ago by somebody who is about to write, or left behind before it could
  }
}
