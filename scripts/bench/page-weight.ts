/** How much JavaScript the page of a run brings, and whom else it asks. */
import { spawnSync } from "node:child_process";
import { globSync } from "node:fs";
import { join } from "node:path";
import { defineFigure } from "./_contract.ts";
import { startBrowser } from "./chromium.ts";
import { copyGallery, guild, withFolder } from "./project.ts";
import { serve } from "./serve.ts";
import { weigh } from "./weigh.ts";

const limitKilobytes = 35;

export default defineFigure({
  method:
    "Every run page of the built gallery is opened in a browser and its first chart's cursor is moved; all scripts, inline ones " +
    "too, each compressed with gzip -9. The figures are the heaviest page's, 1 KB = 1,000 bytes, and the requests of all of them " +
    "to other hosts.",
  measure: () =>
    withFolder(async (folder) => {
      copyGallery(folder);
      const built = spawnSync(guild[0] ?? "", [...guild.slice(1), "build"], { cwd: folder, encoding: "utf8" });
      if (built.status !== 0) throw new Error(`guild build failed:\n${built.stderr}`);
      const browser = await startBrowser();
      if ("absent" in browser) throw new Error(browser.absent);
      const server = await serve(join(folder, "dist"));
      try {
        const weights = [];
        for (const path of globSync("runs/*/index.html", { cwd: join(folder, "dist") })) {
          weights.push(await weigh(browser, server.url + path.replace("index.html", "")));
        }
        const kilobytes = Math.max(...weights.map((weight) => weight.scriptBytes)) / 1000;
        const foreign = weights.flatMap((weight) => weight.foreign).length;
        return [
          {
            what: "JavaScript on the run page, gzipped",
            measured: `${kilobytes.toFixed(1)} KB`,
            limit: `${limitKilobytes} KB`,
            within: kilobytes <= limitKilobytes,
          },
          { what: "third-party requests", measured: String(foreign), limit: "0", within: foreign === 0 },
        ];
      } finally {
        server.close();
        await browser.close();
      }
    }),
});
