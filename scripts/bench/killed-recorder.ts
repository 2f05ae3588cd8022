/** The recorder is killed at a random moment, again and again: what becomes of the training and of its record. */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { currentStatus } from "../../src/load/live-status.ts";
import { parseRun } from "../../src/run/run-file.ts";
import type { Run } from "../../src/run/types.ts";
import { defineFigure } from "./_contract.ts";
import { guild, withFolder } from "./project.ts";

const rounds = 200;
const seed = 20261123;

export default defineFigure({
  method:
    `\`guild run -- node train.mjs\` (1,000 lines to stdout and stderr, a millisecond apart; then exit code 0), and ` +
    `${rounds} times its recorder is killed with SIGKILL at a random moment (seed ${seed}) between its start and shortly after its end. ` +
    `The training writes down for itself what it printed and that it came to its end; the log, the record and the status of \`guild runs\` are compared with that`,
  async measure() {
    const random = seeded(seed);
    const found: Aftermath[] = [];
    for (let round = 0; round < rounds; round += 1) {
      found.push(await withFolder((folder) => killRecorder(folder, { afterMs: random() * 2500, lines: 1000, everyMs: 1 })));
    }
    const sum = (of: (one: Aftermath) => number) => found.reduce((all, one) => all + of(one), 0);
    const lost = sum(({ lostLines }) => lostLines);
    const wrong = sum(({ wrongStatuses }) => wrongStatuses.length);
    const hurt = sum((one) => Number(one.hurt));
    const begun = found.filter((one) => one.begun);
    const row = (what: string, count: number) => ({ what, measured: String(count), limit: "0", within: count === 0 });
    return [
      {
        what: `recorders killed while there was a training (of ${rounds})`,
        measured: `${begun.filter((one) => one.killed).length}, printing ${sum(({ lines }) => lines)} lines`,
        limit: "",
        within: true,
      },
      row("lines lost", lost),
      row("wrong statuses", wrong),
      row("trainings hurt", hurt),
      row(
        "empty folders left in content/runs",
        sum((one) => one.emptyFolders),
      ),
    ];
  },
});

export interface Aftermath {
  /** Was the recorder still there to be killed? */
  killed: boolean;
  /** Did the training start at all? */
  begun: boolean;
  /** Lines that the training has printed, and those of them that the log does not hold in their place. */
  lines: number;
  lostLines: number;
  /** Did the training not come to its own end? */
  hurt: boolean;
  /** What `guild runs` said, and would be said of no such run. */
  wrongStatuses: string[];
  /** Folders of the public record without a `run.json`. */
  emptyFolders: number;
}

/** Records a training in `folder`, kills the recorder after so many milliseconds, and looks when everything has settled. */
export async function killRecorder(
  folder: string,
  { afterMs, lines, everyMs }: { afterMs: number; lines: number; everyMs: number },
): Promise<Aftermath> {
  writeFileSync(join(folder, "train.mjs"), TRAINING);
  mkdirSync(join(folder, "home"));
  const [node = "", ...words] = guild;
  const command = ["run", "--quiet", "--", process.execPath, "train.mjs", String(lines), String(everyMs)];
  const recorder = spawn(node, [...words, ...command], { cwd: folder, stdio: "ignore" });
  const ended = new Promise<NodeJS.Signals | null>((done) => recorder.once("exit", (_, signal) => done(signal)));
  await Promise.race([ended, new Promise((done) => setTimeout(done, afterMs))]);
  recorder.kill("SIGKILL");
  const killed = (await ended) === "SIGKILL";

  const wrongStatuses: string[] = [];
  const told = (name: string): string => (existsSync(join(folder, name)) ? readFileSync(join(folder, name), "utf8") : "");
  const isTraining = (): boolean => alive("train.mjs", folder).length > 0;
  for (;;) {
    const before = isTraining();
    const status = statusIn(folder);
    if (before && isTraining() && status !== null && status !== "running") wrongStatuses.push(`${status} while it trained`);
    if (!before && alive(folder, folder).length === 0) break;
    await new Promise((done) => setTimeout(done, 50));
  }

  const printed = told("printed.txt");
  const { run, log } = recordIn(folder);
  const begun = told("begun") !== "";
  const hurt = begun && told("end") !== "0";
  // Nobody who has seen the whole training end well may say anything but this; who could not see its exit code says so.
  const right = run !== null && (run.status === "completed" ? run.exitCode === 0 : run.status === "lost" && run.stopped !== null);
  if (begun && !right) wrongStatuses.push(`${run?.status ?? "no record"} in the end`);
  if (!begun && run !== null && run.status !== "lost") wrongStatuses.push(`${run.status} of a run that never was`);
  const kept = new Set(log.split("\n"));
  return {
    killed,
    begun,
    lines: printed.split("\n").length - 1,
    lostLines: printed.split("\n").filter((line) => line !== "" && !kept.has(line)).length,
    hurt,
    wrongStatuses,
    emptyFolders: idsIn(join(folder, "content", "runs")).filter((id) => !existsSync(join(folder, "content/runs", id, "run.json")))
      .length,
  };
}

/** Prints numbered lines and writes down what it has printed; a failed print is the end of it, as of most programs. */
const TRAINING = `import { appendFileSync, writeFileSync, writeSync } from "node:fs";
const [lines, every] = process.argv.slice(2).map(Number);
writeFileSync("begun", String(process.pid));
let line = 0;
const next = () => {
  line += 1;
  const text = \`step \${line} loss \${(1 / line).toFixed(5)}\\n\`;
  try {
    writeSync(line % 10 === 0 ? 2 : 1, text);
  } catch (error) {
    writeFileSync("end", String(error));
    process.exit(1);
  }
  appendFileSync("printed.txt", text);
  if (line < lines) setTimeout(next, every);
  else writeFileSync("end", "0");
};
next();
`;

function idsIn(runs: string): string[] {
  return existsSync(runs) ? readdirSync(runs).filter((name) => /^\d{8}T/.test(name)) : [];
}

function recordIn(folder: string): { run: Run | null; log: string } {
  const [id = ""] = idsIn(join(folder, "runs"));
  const read = (path: string): string => (existsSync(path) ? readFileSync(path, "utf8") : "");
  const text = read(join(folder, "content/runs", id, "run.json"));
  const log = read(join(folder, "runs", id, ".guild/output.log"));
  if (text === "") return { run: null, log };
  const run = parseRun(JSON.parse(text));
  return { run: { ...run, status: currentStatus(folder, run) }, log };
}

function statusIn(folder: string): string | null {
  return recordIn(folder).run?.status ?? null;
}

/** Processes with a word of their command line that holds `text` and that stand or work in `folder`. */
function alive(text: string, folder: string): number[] {
  return readdirSync("/proc").flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const words = readFileSync(join("/proc", name, "cmdline"), "utf8");
      const environment = readFileSync(join("/proc", name, "environ"), "utf8");
      return words.includes(text) && (words.includes(folder) || environment.includes(folder)) ? [Number(name)] : [];
    } catch {
      return []; // ended meanwhile, or somebody else's
    }
  });
}

/** Numbers from 0 to 1, the same for the same seed. Source: mulberry32, Tommy Ettinger 2017. */
export function seeded(state: number): () => number {
  let at = state;
  return () => {
    at = (at + 0x6d2b79f5) | 0;
    let mixed = Math.imul(at ^ (at >>> 15), 1 | at);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
