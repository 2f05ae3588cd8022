import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Trial } from "./trials.ts";

export interface Recorded {
  trial: Trial;
  /** Id of the run. */
  id: string;
  status: string;
  durationSeconds: number | null;
  /** The last value of a tag, or null when the run has none. */
  last(tag: string): number | null;
}

/**
 * Records one trial with the real command line, in the foreground, as a person would.
 *
 * Throws an Error when it does not leave exactly one new run, or one that ended otherwise than the trial says.
 */
export async function recordTrial(root: string, trial: Trial, parentId: string | null): Promise<Recorded> {
  const before = new Set(runIds(root));
  const words = parentId === null ? trial.words : [...trial.words, "--run", parentId];
  const output = await runGuild(root, words, trial.interruptAt);
  const ids = runIds(root).filter((id) => !before.has(id));
  const [id] = ids;
  if (id === undefined || ids.length > 1) throw new Error(`${trial.name} left ${ids.length} new runs instead of one:\n${output}`);
  const path = join(root, "content/runs", id, "run.json");
  if (!existsSync(path)) throw new Error(`${trial.name} (${id}) left no run.json:\n${output}`);
  const recorded = { trial, id, ...readRecord(path) };
  if (recorded.status !== trial.ends)
    throw new Error(`${trial.name} (${id}) is ${recorded.status}, not ${trial.ends}:\n${output}`);
  return recorded;
}

/** Ids of the public records, oldest first. */
export function runIds(root: string): string[] {
  const folder = join(root, "content/runs");
  return existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => /^\d{8}T\d{6}-/.test(name))
        .sort()
    : [];
}

/** Runs `guild` to its end and gives back what it printed. With `interruptAt`, presses Ctrl-C once that has been printed. */
function runGuild(root: string, words: string[], interruptAt: string | undefined): Promise<string> {
  return new Promise((resolve, reject) => {
    // A group of its own: Ctrl-C sends SIGINT to all of a terminal's foreground group, guild and program alike.
    const child = spawn(process.execPath, [join(root, "scripts/launch.mjs"), ...words], {
      cwd: root,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    let pressed = false;
    const take = (chunk: Buffer) => {
      output += chunk.toString("utf8");
      if (interruptAt === undefined || pressed || !output.includes(interruptAt)) return;
      pressed = true;
      if (child.pid !== undefined) process.kill(-child.pid, "SIGINT");
    };
    child.stdout.on("data", take);
    child.stderr.on("data", take);
    child.on("error", reject);
    child.on("close", () => resolve(output));
  });
}

function readRecord(path: string): Omit<Recorded, "trial" | "id"> {
  const raw = asObject(JSON.parse(readFileSync(path, "utf8")));
  const scalars = new Map(Object.entries(asObject(raw.scalars)));
  return {
    status: String(raw.status),
    durationSeconds: typeof raw.durationSeconds === "number" ? raw.durationSeconds : null,
    last(tag) {
      const { value } = asObject(asObject(scalars.get(tag)).last);
      return value === undefined ? null : Number(value);
    },
  };
}

function asObject(raw: unknown): Record<string, unknown> {
  return typeof raw === "object" && raw !== null ? { ...raw } : {};
}
