/** How long a person waits for `guild runs` in a project with ten thousand runs, and for the help. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeRunId } from "../../src/run/ids.ts";
import { formatRun, parseRun } from "../../src/run/run-file.ts";
import { defineFigure, type Row } from "./_contract.ts";
import { guild, withFolder } from "./project.ts";
import { median } from "./statistics.ts";
import { writeSyntheticRuns } from "./synthetic.ts";
import { timed } from "./timed.ts";

const count = 10_000;
const rounds = 5;
const firstStart = Date.UTC(2026, 0, 5);

export default defineFigure({
  method:
    `${count.toLocaleString("en-US")} records of \`run.json\` alone, each with six scalars and flags of its own, from a checkout. Warm: after one ` +
    `unmeasured \`guild runs\`, which also writes the index; medians of ${rounds}.`,
  measure: () =>
    withFolder(async (folder) => {
      writeRecords(folder);
      return [
        await row(`\`guild runs\` of ${count.toLocaleString("en-US")} runs, warm`, [...guild, "runs"], folder, 0.5),
        await row(
          "the same, five of them chosen by a scalar",
          [...guild, "runs", "--filter", "val/acc>0.5", "--last", "5"],
          folder,
          0.75,
        ),
        await row("`guild --help`", [...guild, "--help"], folder, 0.12),
      ];
    }),
});

async function row(what: string, command: readonly string[], folder: string, limitSeconds: number): Promise<Row> {
  await timed(command, folder);
  const walls: number[] = [];
  const processor: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const { wallSeconds, cpuSeconds } = await timed(command, folder);
    walls.push(wallSeconds);
    processor.push(cpuSeconds);
  }
  const wall = median(walls);
  return {
    what,
    measured: `${wall.toFixed(3)} s wall, ${median(processor).toFixed(3)} s CPU`,
    limit: `${limitSeconds} s`,
    within: wall <= limitSeconds,
  };
}

/** One synthetic record, ten thousand times with another name, start and flags. */
function writeRecords(folder: string): void {
  writeSyntheticRuns(folder, 0, 1);
  const records = join(folder, "content/runs");
  const [id = ""] = readdirSync(records);
  const plain = parseRun(JSON.parse(readFileSync(join(records, id, "run.json"), "utf8")));
  for (let index = 1; index < count; index++) {
    const started = new Date(firstStart + index * 60_000);
    const name = makeRunId(started, () => (index % 16) / 16);
    const flags = { ...plain.flags, seed: index, lr: 0.1 + (index % 100) / 1000 };
    mkdirSync(join(records, name));
    writeFileSync(join(records, name, "run.json"), formatRun({ ...plain, id: name, started: started.toISOString(), flags }));
  }
}
