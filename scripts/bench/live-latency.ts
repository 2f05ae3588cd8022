/** How long a printed line takes to stand in the open page. */
import { type ChildProcess, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Page } from "playwright-core";
import { defineFigure } from "./_contract.ts";
import { startBrowser } from "./chromium.ts";
import { guild, withFolder } from "./project.ts";
import { median, quantile } from "./statistics.ts";

const lines = 50;
const limitMs = 250;

/** Prints a numbered line with the moment of its writing, at uneven intervals, when it is told to begin. */
const program = `
process.stdin.once("data", async () => {
  for (let mark = 1; mark <= ${lines}; mark++) {
    await new Promise((resolve) => setTimeout(resolve, 120 + (mark * 67) % 200));
    console.log(\`step \${mark} loss \${(1 / mark).toFixed(4)} mark=\${mark} written=\${Date.now()}\`);
  }
  await new Promise((resolve) => setTimeout(resolve, 3000));
  process.exit(0);
});
console.log("ready");
`;

export default defineFigure({
  method:
    `A recorded program prints ${lines} lines at uneven intervals of 120 to 320 ms, each with the time of its writing; in the open ` +
    "page of the run an observer notes when the line stands in the document. Both clocks are the machine's own, in whole milliseconds.",
  measure: () =>
    withFolder(async (folder) => {
      writeFileSync(join(folder, "train.mjs"), program);
      const browser = await startBrowser();
      if ("absent" in browser) throw new Error(browser.absent);
      const view = start([...guild, "view", "--no-open", "--port", "0"], folder);
      const run = start([...guild, "run", "--quiet", "--", process.execPath, "train.mjs"], folder);
      try {
        const [url] = await Promise.all([lineWith(view, /https?:\/\/\S+/), lineWith(run, /ready/)]);
        const page = await browser.newPage();
        await page.goto(await onlyRun(page, url));
        await observe(page);
        run.stdin?.write("begin\n");
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
        run.kill("SIGTERM");
        view.kill("SIGTERM");
        await browser.close();
      }
    }),
});

function start(command: readonly string[], cwd: string): ChildProcess {
  return spawn(command[0] ?? "", command.slice(1), { cwd, stdio: ["pipe", "pipe", "inherit"] });
}

/** What the pattern finds in the first line of the process's output that holds it. Rejects when the process ends before. */
async function lineWith(child: ChildProcess, pattern: RegExp): Promise<string> {
  if (child.stdout === null) throw new Error("no output to read");
  const reader = createInterface({ input: child.stdout });
  for await (const line of reader) {
    const found = pattern.exec(line);
    // What follows is still read and dropped, so that the process never waits for us.
    if (found !== null) {
      reader.close();
      child.stdout.resume();
      return found[0];
    }
  }
  throw new Error(`the process ended before it printed ${pattern}`);
}

/** The address of the only run: it has printed already, so its page is there. */
async function onlyRun(page: Page, url: string): Promise<string> {
  await page.goto(new URL("runs/", url).href);
  const links = page.locator('a[href*="/runs/2"]');
  return await links.first().evaluate((link) => (link as HTMLAnchorElement).href);
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
  await page.waitForFunction((count) => (globalThis as unknown as { delays: Map<number, number> }).delays.size >= count, lines, {
    timeout: 60_000,
  });
  return page.evaluate(() => [...(globalThis as unknown as { delays: Map<number, number> }).delays.values()]);
}
