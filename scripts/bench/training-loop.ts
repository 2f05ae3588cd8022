/** What a recorder beside it costs a real training, and what it costs itself. */
import { spawn, spawnSync } from "node:child_process";
import { closeSync, openSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { defineFigure, type Row } from "./_contract.ts";
import { guild, withFolder } from "./project.ts";
import { median } from "./statistics.ts";

const seconds = Number(process.env.GUILD_BENCH_SECONDS ?? 60);
const pairs = Number(process.env.GUILD_BENCH_PAIRS ?? 6);
const program = join(import.meta.dirname, "training-loop.py");
/** Student's t for 95 % and 1 … 9 degrees of freedom. */
const students = [12.71, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262];

interface Trained {
  steps: number;
  cpu: number;
  wall: number;
}

interface Recorder {
  /** Of one core, from its start to its end. */
  share: number;
  rssBytes: number;
}

export default defineFigure({
  method:
    `${pairs} pairs of a PyTorch loop on one thread, ${seconds} s each, a line a step, with and without \`guild run --\` in turns; ` +
    "processor time is the training's own (getrusage) over its steps, the interval is Student's at 95 % over the pairs' logarithms. " +
    "The recorder's own share and peak memory are read from /proc. GUILD_BENCH_PYTHON names a Python that has torch; without one this is skipped.",
  measure: () =>
    withFolder(async (folder) => {
      const python = process.env.GUILD_BENCH_PYTHON;
      if (python === undefined || spawnSync(python, ["-c", "import torch"]).status !== 0) {
        console.error("SKIPPED: GUILD_BENCH_PYTHON must name a Python that can import torch");
        return [];
      }
      spawnSync("git", ["init", "--quiet", folder]);
      const ratios: number[] = [];
      const recorders: Recorder[] = [];
      const rates: number[] = [];
      for (let pair = 0; pair < pairs; pair += 1) {
        const plainFirst = pair % 2 === 0;
        const plain = plainFirst ? await trainPlain(python, folder) : null;
        const { trained, recorder } = await trainRecorded(python, folder);
        const other = plain ?? (await trainPlain(python, folder));
        ratios.push(trained.cpu / trained.steps / (other.cpu / other.steps));
        rates.push(trained.steps / trained.wall);
        recorders.push(recorder);
        console.error(`pair ${pair + 1}: ${ratios.at(-1)?.toFixed(4)}, recorder ${(recorder.share * 100).toFixed(2)} %`);
      }
      return rows(ratios, recorders, median(rates));
    }),
});

function rows(ratios: readonly number[], recorders: readonly Recorder[], stepsPerSecond: number): Row[] {
  const logs = ratios.map(Math.log);
  const mean = logs.reduce((sum, value) => sum + value, 0) / logs.length;
  const spread = Math.sqrt(logs.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, logs.length - 1));
  const half = ((students[logs.length - 2] ?? Number.NaN) * spread) / Math.sqrt(logs.length);
  const [low, ratio, high] = [Math.exp(mean - half), Math.exp(mean), Math.exp(mean + half)];
  const share = median(recorders.map((recorder) => recorder.share));
  const rss = Math.max(...recorders.map((recorder) => recorder.rssBytes));
  return [
    {
      what: `processor time of a training's step, recorded over plain (${stepsPerSecond.toFixed(0)} steps and lines a second)`,
      measured: `${ratio.toFixed(3)}, 95 % from ${low.toFixed(3)} to ${high.toFixed(3)}, ${ratios.length} pairs`,
      limit: "1.01, or 1.00 within an interval of ± 2 %",
      within: ratio <= 1.01 || (low <= 1 && high >= 1 && half <= 0.02),
    },
    {
      what: "the recorder's own processor time beside it",
      measured: `${(share * 100).toFixed(2)} % of a core, median`,
      limit: "1 %",
      within: share <= 0.01,
    },
    { what: "its peak memory", measured: `${(rss / 1e6).toFixed(1)} MB, the largest`, limit: "70 MB", within: rss <= 70e6 },
  ];
}

async function trainPlain(python: string, folder: string): Promise<Trained> {
  const output = openSync(join(folder, "plain.log"), "w");
  const report = join(folder, "plain.json");
  const child = spawn(python, [program, String(seconds), report], { cwd: folder, stdio: ["ignore", output, output] });
  const code = await new Promise((done) => child.on("close", done));
  closeSync(output);
  if (code !== 0) throw new Error(`${program} ended with code ${code}`);
  return read(report);
}

async function trainRecorded(python: string, folder: string): Promise<{ trained: Trained; recorder: Recorder }> {
  rmSync(join(folder, "runs"), { recursive: true, force: true });
  const report = join(folder, "recorded.json");
  const words = [...guild, "run", "--quiet", "--", python, program, String(seconds), report];
  // What it prints goes where the plain one's output goes: into a file.
  const output = openSync(join(folder, "recorded.log"), "w");
  const began = performance.now();
  const child = spawn(words[0] ?? "", words.slice(1), { cwd: folder, stdio: ["ignore", output, output] });
  let cost = { ticks: 0, rssBytes: 0 };
  const timer = setInterval(() => {
    cost = costOf(folder) ?? cost;
  }, 500);
  const code = await new Promise((done) => child.on("close", done));
  clearInterval(timer);
  closeSync(output);
  if (code !== 0) throw new Error(`${words.join(" ")} ended with code ${code}`);
  return {
    trained: read(report),
    recorder: { share: cost.ticks / 100 / ((performance.now() - began) / 1000), rssBytes: cost.rssBytes },
  };
}

/** Processor time (clock ticks) and peak resident memory of the recorder itself, by the number in its manifest. */
function costOf(folder: string): { ticks: number; rssBytes: number } | null {
  try {
    const [id = ""] = readdirSync(join(folder, "runs")).filter((name) => !name.startsWith("."));
    const { recorder } = JSON.parse(readFileSync(join(folder, "runs", id, ".guild/run.json"), "utf8")) as {
      recorder: { pid: number };
    };
    const stat = readFileSync(`/proc/${recorder.pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const peak = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${recorder.pid}/status`, "utf8"))?.[1];
    return { ticks: Number(fields[11]) + Number(fields[12]), rssBytes: Number(peak) * 1024 };
  } catch {
    return null; // not yet, or no longer, there
  }
}

function read(report: string): Trained {
  return JSON.parse(readFileSync(report, "utf8")) as Trained; // our own program's
}
