/** How fast event files become columns, beside TensorBoard's own two readers of them. */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { defineFigure, type Row } from "./_contract.ts";
import { repository, withFolder } from "./project.ts";
import { median, quantile } from "./statistics.ts";

const rounds = 7;
const [runs, tags, steps] = [100, 20, 1000];
const points = runs * tags * steps;

/** A Python with tensorboard, and torch or tensorboardX to write with. */
const python = process.env.GUILDHALL_BENCH_PYTHON ?? "python3";

interface Reader {
  name: string;
  command: string[];
  /** What the process prints, on either stream, when the points can be used. */
  ready: RegExp;
  /** How much faster ours has to be; null for ours. */
  least: number | null;
}

export default defineFigure({
  method:
    `${points.toLocaleString("en")} points (${runs} runs × ${tags} tags × ${steps.toLocaleString("en")} steps) that torch's SummaryWriter wrote, ` +
    "every checksum verified by our reader, none skipped, one thread. From the start of the process to the line that says that all " +
    `points can be used, ${rounds} rounds in turns after one unmeasured; files in the page cache. A factor is the median of the rounds' own ` +
    "factors, with their smallest and largest. EventAccumulator keeps all scalars (`size_guidance` 0); rustboard " +
    "(tensorboard-data-server) keeps all (`--samples-per-plugin scalars=all`) and verifies no checksums, as is its default; it uses all cores. " +
    "The peers are those of the Python that GUILDHALL_BENCH_PYTHON names, or `python3`.",
  measure: () =>
    withFolder(async (folder) => {
      const data = join(folder, "runs");
      const written = spawnSync(python, [
        join(import.meta.dirname, "write-event-files.py"),
        data,
        `${runs}`,
        `${tags}`,
        `${steps}`,
      ]);
      if (written.status !== 0) {
        console.error(`NOT MEASURED: event-files. ${python} could not write event files: ${lastLine(written.stderr)}`);
        console.error("Hint: set GUILDHALL_BENCH_PYTHON to a Python that has torch (or tensorboardX) and tensorboard.");
        return [];
      }
      const readers = [ours(folder, data), ...peers(data)];
      const seconds = new Map<Reader, number[]>(readers.map((reader) => [reader, []]));
      for (let round = -1; round < rounds; round += 1) {
        for (const reader of readers) {
          const taken = await secondsUntilReady(reader);
          if (round >= 0) seconds.get(reader)!.push(taken);
        }
      }
      const [own] = [...seconds.values()];
      return [...seconds].map(([reader, taken]) => row(reader, taken, own!));
    }),
});

function row({ name, least }: Reader, taken: number[], own: number[]): Row {
  const what = `${(points / 1e6).toFixed(0)} M event-file points, process start to usable columns: ${name}`;
  const wall = `${median(taken).toFixed(2)} s, median of ${taken.length}`;
  if (least === null) return { what, measured: wall, limit: "", within: true };
  const factors = taken.map((one, round) => one / own[round]!);
  const factor = median(factors);
  const spread = `${quantile(factors, 0).toFixed(1)} to ${quantile(factors, 1).toFixed(1)}`;
  return {
    what,
    measured: `${wall}; ours is ${factor.toFixed(1)} × as fast (${spread})`,
    limit: `at least ${least} ×`,
    within: factor >= least,
  };
}

/** Our reader as the package ships it: compiled to JavaScript. */
function ours(folder: string, data: string): Reader {
  const config = join(folder, "tsconfig.json");
  const reader = join(repository, "scripts/bench/read-event-files.ts");
  const compilerOptions = {
    rootDir: repository,
    outDir: join(folder, "lib"),
    typeRoots: [join(repository, "node_modules/@types")],
  };
  writeFileSync(
    config,
    JSON.stringify({ extends: join(repository, "tsconfig.lib.json"), compilerOptions, include: [reader], exclude: [] }),
  );
  writeFileSync(join(folder, "package.json"), '{"type":"module"}');
  const compiled = spawnSync(join(repository, "node_modules/.bin/tsc"), ["-p", config], { encoding: "utf8" });
  if (compiled.status !== 0) throw new Error(`the reader does not compile:\n${compiled.stdout}`);
  const command = [process.execPath, join(folder, "lib/scripts/bench/read-event-files.js"), data];
  return { name: "guild's reader", command, ready: new RegExp(`"points":${points}\\b.*"damaged":0`), least: null };
}

/** The readers that this machine has; those that it lacks are named on stderr. */
function peers(data: string): Reader[] {
  const accumulator: Reader = {
    name: "EventAccumulator",
    command: [python, join(import.meta.dirname, "event-accumulator.py"), data],
    ready: new RegExp(`"points": ${points}\\b`),
    least: 50,
  };
  const asked = spawnSync(python, ["-c", "import tensorboard_data_server as s; print(s.server_binary())"], { encoding: "utf8" });
  const server = asked.stdout.trim();
  const rustboard: Reader = {
    name: "rustboard",
    command: [server, "--logdir", data, "--port", "0", "--reload", "once", "--samples-per-plugin", "scalars=all", "--verbose"],
    ready: /Finished load cycle/,
    least: 1.5,
  };
  const found: Reader[] = [];
  if (spawnSync(python, ["-c", "import tensorboard"]).status === 0) found.push(accumulator);
  else console.error(`NOT MEASURED: EventAccumulator. ${python} has no tensorboard.`);
  if (server !== "" && existsSync(server)) found.push(rustboard);
  else console.error(`NOT MEASURED: rustboard. ${python} has no tensorboard-data-server for this machine.`);
  return found;
}

/** Runs a reader until it says that it is ready. Rejects when it ends before. */
function secondsUntilReady({ command: [program, ...words], ready }: Reader): Promise<number> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(program!, words, { stdio: ["ignore", "pipe", "pipe"] });
    let printed = "";
    let taken: number | null = null;
    const listen = (text: string): void => {
      printed += text;
      if (taken !== null || !ready.test(printed)) return;
      taken = (performance.now() - started) / 1000;
      child.kill();
    };
    child.stdout.setEncoding("utf8").on("data", listen);
    child.stderr.setEncoding("utf8").on("data", listen);
    child.on("error", reject);
    child.on("close", () =>
      taken === null ? reject(new Error(`${program} did not become ready:\n${printed}`)) : resolve(taken),
    );
  });
}

function lastLine(text: Buffer | null): string {
  return text?.toString().trim().split("\n").at(-1) ?? "it could not be started";
}
