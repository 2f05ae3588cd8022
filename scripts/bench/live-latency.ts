/** How long a printed line takes to stand in the open page. */
import { setTimeout as pause } from "node:timers/promises";
import type { Page } from "playwright-core";
import { defineFigure } from "./_contract.ts";
import { startBrowser } from "./chromium.ts";
import { startToldRun, startView } from "./live-session.ts";
import { withFolder } from "./project.ts";
import { median, quantile } from "./statistics.ts";

const lines = 50;
const limitMs = 250;

export default defineFigure({
  method:
    `A recorded program prints ${lines} lines at uneven intervals of 120 to 320 ms, each with the time of its writing; in the open ` +
    "page of the run an observer notes when the line stands in the document. Both clocks are the machine's own, in whole milliseconds.",
  measure: () =>
    withFolder(async (folder) => {
      const browser = await startBrowser();
      if ("absent" in browser) throw new Error(browser.absent);
      const run = await startToldRun(folder);
      const view = await startView(folder);
      try {
        const page = await browser.newPage();
        await openOnlyRun(page, view.url);
        await observe(page);
        for (let mark = 1; mark <= lines; mark++) {
          await pause(120 + ((mark * 67) % 200));
          run.tell(`step ${mark} loss ${(1 / mark).toFixed(4)} mark=${mark} written={now}`);
        }
        const delays = await collect(page);
        const p95 = quantile(delays, 0.95);
        return [
          {
            what: "a written line until it stands in the open page",
            measured: `${p95.toFixed(0)} ms, p95 of ${lines} (median ${median(delays).toFixed(0)} ms)`,
            limit: `${limitMs} ms`,
            within: p95 <= limitMs,
          },
        ];
      } finally {
        await run.end();
        await view.stop();
        await browser.close();
      }
    }),
});

/** Opens the page of the only run and waits until the server's first message could have come. */
async function openOnlyRun(page: Page, url: string): Promise<void> {
  await page.goto(`${url}runs/`);
  await page.locator('a[href*="/runs/2"]').first().click();
  await page.locator("[data-output]").waitFor();
  await page.waitForFunction(() => document.documentElement.dataset.live === "on");
}

/** From now on the page notes for each numbered line how long ago it was written. */
function observe(page: Page): Promise<void> {
  return page.evaluate(() => {
    const delays = new Map<number, number>();
    Object.assign(globalThis, { delays });
    const look = () => {
      const text = document.querySelector("[data-output]")?.textContent ?? "";
      for (const match of text.slice(-4000).matchAll(/mark=(\d+) written=(\d+)/g)) {
        if (!delays.has(Number(match[1]))) delays.set(Number(match[1]), Date.now() - Number(match[2]));
      }
    };
    new MutationObserver(look).observe(document.body, { childList: true, characterData: true, subtree: true });
  });
}

async function collect(page: Page): Promise<number[]> {
  await page.waitForFunction((count) => (globalThis as unknown as { delays: Map<number, number> }).delays.size >= count, lines);
  return page.evaluate(() => [...(globalThis as unknown as { delays: Map<number, number> }).delays.values()]);
}
