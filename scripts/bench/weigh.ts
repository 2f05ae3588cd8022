/** What a page makes a browser fetch. */
import { gzipSync } from "node:zlib";
import type { Browser } from "playwright-core";

export interface Weight {
  /** All scripts together, files and inline ones, each compressed by itself with gzip -9; JSON blocks are data, not scripts. */
  scriptBytes: number;
  /** Requests to any host but the page's own. */
  foreign: string[];
  /** Addresses of the script files. */
  scripts: string[];
}

/** Opens the page in a fresh context, uses its first chart as a reader would, and weighs what came. */
export async function weigh(browser: Browser, url: string): Promise<Weight> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const bodies = new Map<string, Promise<Buffer>>();
  const foreign: string[] = [];
  page.on("request", (request) => {
    if (/^https?:/.test(request.url()) && new URL(request.url()).host !== new URL(url).host) foreign.push(request.url());
  });
  page.on("response", (response) => {
    if (response.request().resourceType() === "script") bodies.set(response.url(), response.body());
  });
  await page.goto(url, { waitUntil: "networkidle" });
  const cursor = page.locator("figure[data-chart] input[type=range]").first();
  if ((await cursor.count()) > 0) {
    await cursor.focus();
    await page.keyboard.press("ArrowRight");
    await page.waitForLoadState("networkidle");
  }
  const inline = await page.evaluate(() =>
    [...document.scripts]
      .filter((script) => script.src === "" && !/json/.test(script.type))
      .map((script) => script.textContent ?? ""),
  );
  const files = await Promise.all([...bodies.values()]);
  const scriptBytes = [...files, ...inline.map((text) => Buffer.from(text))].reduce(
    (sum, body) => sum + gzipSync(body, { level: 9 }).length,
    0,
  );
  await context.close();
  return { scriptBytes, foreign, scripts: [...bodies.keys()] };
}
