/** How long the gallery of this repository takes to build when nothing has been built before. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { defineFigure } from "./_contract.ts";
import { copyGallery, guild, withFolder } from "./project.ts";
import { median } from "./statistics.ts";
import { timed } from "./timed.ts";

const rounds = 5;
const limitSeconds = 6;

export default defineFigure({
  method: `\`guild build\` in a copy of this repository's \`content/\`, \`dist/\` and \`.guild/\` removed before each; median of ${rounds}.`,
  measure: () =>
    withFolder(async (folder) => {
      copyGallery(folder);
      const costs = [];
      for (let round = 0; round < rounds; round++) {
        for (const name of ["dist", ".guild"]) rmSync(join(folder, name), { recursive: true, force: true });
        costs.push(await timed([...guild, "build"], folder));
      }
      const wall = median(costs.map((cost) => cost.wallSeconds));
      const cpu = median(costs.map((cost) => cost.cpuSeconds));
      return [
        {
          what: "build of the gallery, cold",
          measured: `${wall.toFixed(2)} s wall, ${cpu.toFixed(2)} s CPU`,
          limit: `${limitSeconds} s`,
          within: wall <= limitSeconds,
        },
      ];
    }),
});
