/** How long 1,000 runs take to build, and one more on top of them. */
import { existsSync, renameSync } from "node:fs";
import { join } from "node:path";
import { defineFigure, type Row } from "./_contract.ts";
import { guild, withFolder } from "./project.ts";
import { median } from "./statistics.ts";
import { pointCount, tags, writeSyntheticRuns } from "./synthetic.ts";
import { type Cost, timed } from "./timed.ts";

const runCount = 1000;
const rounds = 3;

export default defineFigure({
  method:
    `\`guild build\` of ${runCount.toLocaleString("en")} made-up runs with ${tags.length} series of ${pointCount} points each, ` +
    `\`dist/\` and \`.guild/\` moved away before; then one more run is added and \`guild build\` called again. Median of ${rounds}. ` +
    "All flags and numbers differ, and every page that ships is built.",
  measure: () =>
    withFolder(async (folder) => {
      writeSyntheticRuns(folder, 0, runCount);
      const full: Cost[] = [];
      const oneMore: Cost[] = [];
      for (let round = 0; round < rounds; round++) {
        // Moved away, not deleted: where thousands of files have just been deleted, some file systems make new ones ten times slower.
        for (const name of ["dist", ".guild"])
          if (existsSync(join(folder, name))) renameSync(join(folder, name), join(folder, `old-${round}-${name}`));
        full.push(await timed([...guild, "build"], folder));
        writeSyntheticRuns(folder, runCount + round, 1);
        oneMore.push(await timed([...guild, "build"], folder));
      }
      return [row("build of 1,000 synthetic runs", full, 8), row("one more run on top of them", oneMore, 2)];
    }),
});

function row(what: string, costs: Cost[], limitSeconds: number): Row {
  const wall = median(costs.map((cost) => cost.wallSeconds));
  const cpu = median(costs.map((cost) => cost.cpuSeconds));
  return {
    what,
    measured: `${wall.toFixed(2)} s wall, ${cpu.toFixed(2)} s CPU`,
    limit: `${limitSeconds} s`,
    within: wall <= limitSeconds,
  };
}
