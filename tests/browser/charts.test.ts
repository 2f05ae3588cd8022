// timeout: 240 s
/** Charts under the hand: the built picture stays, and everything that can be chosen is in the address. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import * as assert from "uvu/assert";
import { parseRun } from "../../src/run/run-file.ts";
import { browserSuite, complaints, gallery, open } from "./_browser.ts";

const { browser, test } = await browserSuite("charts");
// Below a base path, as on GitHub Pages: the points have to be found there too.
const site = await gallery("/repo/");
test.after(() => site.close());

/** The run with the most training charts' worth of points. */
const path = site.pages
  .filter((page) => /^runs\/[^/]+\/$/.test(page))
  .map((page) => ({ page, run: parseRun(JSON.parse(readFileSync(join(site.dist, page, "run.json"), "utf8"))) }))
  .map(({ page, run }) => ({ page, points: Object.values(run.scalars).reduce((sum, scalar) => sum + scalar.count, 0) }))
  .sort((a, b) => b.points - a.points)[0]!.page;

test("hydration keeps every picture as it was built, and moves nothing", async () => {
  const bare = await browser.newPage({ javaScriptEnabled: false });
  await bare.goto(site.url + path);
  const built = await pictures(bare);
  const page = await browser.newPage();
  const heard = await complaints(page, async () => {
    await open(page, site.url + path);
    await visitAll(page);
  });
  assert.ok(built.length > 2, `${built.length} charts`);
  assert.equal(await pictures(page), built);
  assert.equal(heard, []);
  const shift = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const seen = new PerformanceObserver((list) => {
          resolve(list.getEntries().reduce((sum, entry) => sum + (entry as PerformanceEntry & { value: number }).value, 0));
        });
        seen.observe({ type: "layout-shift", buffered: true });
        // Without a shift there is no entry to be told of.
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(0)));
      }),
  );
  assert.ok(shift < 0.02, `layout shift ${shift}`);
  await bare.close();
  await page.close();
});

test("a pointer on one chart shows its tooltip there and the cursor in every chart on the same axis", async () => {
  const page = await runPage();
  await point(page, await firstSlider(page), 0.5);
  const tips = await page.locator(".chart-tip:visible").allInnerTexts();
  assert.is(tips.length, 1);
  assert.match(tips[0]!, /^step [\d,]+/);
  const hairs = await page.locator("figure[data-chart] .hair").count();
  assert.ok(hairs > 1, `${hairs} cursors`);
  await page.mouse.move(2, 2);
  await page.waitForFunction(() => document.querySelector(".chart-tip:not([hidden])") === null);
  assert.is(await page.locator("figure[data-chart] .hair").count(), 0);
  await page.close();
});

test("at 320 px the tooltip fits, wherever the finger is, and stays when it is lifted", async () => {
  const context = await browser.newContext({ viewport: { width: 320, height: 700 }, hasTouch: true, isMobile: true });
  const page = await context.newPage();
  await open(page, site.url + path);
  for (const share of [0.02, 0.5, 0.98]) {
    const slider = await firstSlider(page);
    const box = (await slider.boundingBox())!;
    await page.touchscreen.tap(box.x + share * box.width, box.y + box.height / 2);
    const tip = page.locator(".chart-tip:visible");
    await tip.waitFor();
    const { x, width } = (await tip.boundingBox())!;
    assert.ok(x >= 0 && x + width <= 320, `tooltip from ${x} to ${x + width}`);
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 320, "the page became wider");
  }
  await context.close();
});

test("the keyboard moves the cursor point by point, and the place is spoken", async () => {
  const page = await runPage();
  const slider = await firstSlider(page);
  await slider.focus();
  await page.keyboard.press("Home");
  const first = await spoken(slider);
  await page.keyboard.press("ArrowRight");
  const second = await spoken(slider, first);
  await page.keyboard.press("End");
  const last = await spoken(slider, second);
  for (const text of [first, second, last]) assert.match(text, /^step [\d,]+: .*\d/);
  assert.ok(stepOf(first) < stepOf(second) && stepOf(second) < stepOf(last));
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => document.querySelector(".chart-tip:not([hidden])") === null);
  await page.close();
});

test("dragging zooms all charts, typing does the same, reset brings everything back", async () => {
  const page = await runPage();
  const before = await pictures(page);
  const slider = await firstSlider(page);
  const box = (await slider.boundingBox())!;
  await page.mouse.move(box.x + 0.25 * box.width, box.y + 30);
  await page.mouse.down();
  await page.mouse.move(box.x + 0.5 * box.width, box.y + 40, { steps: 4 });
  await page.mouse.up();
  await page.waitForURL(/xr=/);
  const [from, to] = new URL(page.url()).searchParams.get("xr")!.split("..").map(Number) as [number, number];
  assert.ok(from < to);
  assert.is(await field(page, "from").inputValue(), String(from));
  await page.mouse.move(2, 2);
  await visitAll(page);
  const dragged = await pictures(page);
  assert.ok(dragged.every((picture, i) => picture !== before[i]));

  await page.getByRole("button", { name: "Reset" }).click();
  await page.waitForURL((url) => !url.search.includes("xr="));
  await visitAll(page);
  assert.equal(await pictures(page), before);

  await field(page, "from").fill(String(from));
  await field(page, "from").press("Tab");
  await field(page, "to").fill(String(to));
  await field(page, "to").press("Tab");
  await page.waitForURL(/xr=[\d.e-]+\.\.[\d.e-]+/);
  await visitAll(page);
  assert.equal(await pictures(page), dragged);
  await page.close();
});

test("the address restores what was chosen, byte for byte", async () => {
  const page = await runPage();
  const key = await page.locator(".chart-keys li:not(:only-child)").first().getAttribute("data-key");
  for (const state of [
    "x=time",
    "smooth=0.9",
    "xr=100..300",
    "x=time&smooth=0.3&xr=1..",
    `hide=${encodeURIComponent(key ?? "")}`,
  ]) {
    await open(page, `${site.url}${path}?${state}`);
    await visitAll(page);
    const chosen = await pictures(page);
    const again = await browser.newPage();
    await open(again, page.url());
    await visitAll(again);
    assert.equal(await pictures(again), chosen, state);
    await again.close();
  }
  await page.close();
});

test("what the address says wrongly is ignored and told, and what is not ours is kept", async () => {
  const page = await browser.newPage();
  await open(page, `${site.url}${path}?x=sideways&smooth=2&other=1`);
  assert.match((await page.locator("[data-notice]").textContent()) ?? "", /x=sideways, smooth=2/);
  await page.getByRole("radio", { name: "time" }).check();
  await page.waitForURL(/x=time/);
  assert.is(new URL(page.url()).searchParams.get("other"), "1");
  await page.close();
});

test("a line can be switched off and on, and keeps the keyboard's focus", async () => {
  const page = await runPage();
  const button = page.locator(".chart-keys li:not(:only-child) button").first();
  await button.focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/hide=/);
  assert.is(await button.getAttribute("aria-pressed"), "false");
  assert.ok(await button.evaluate((element) => element === document.activeElement));
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => !url.search.includes("hide="));
  assert.is(await button.getAttribute("aria-pressed"), "true");
  await page.close();
});

test("a chart can be saved as picture and as numbers", async () => {
  const page = await runPage();
  const figure = page.locator("figure[data-chart]").first();
  const saved: Record<string, Buffer> = {};
  for (const kind of ["svg", "csv", "json", "png"]) {
    await figure.locator(".chart-menu summary").click();
    const [download] = await Promise.all([page.waitForEvent("download"), figure.locator(`[data-export=${kind}]`).click()]);
    assert.match(download.suggestedFilename(), new RegExp(`\\.${kind}$`));
    saved[kind] = readFileSync((await download.path())!);
  }
  const svg = saved.svg!.toString();
  assert.match(svg, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
  assert.match(svg, "<metadata>Source: http");
  assert.not.match(svg, "var(--");
  assert.ok(svg.length < 60_000, `${svg.length} bytes of SVG`);
  assert.match(saved.csv!.toString(), /^run,label,tag,step,seconds,value,min,max\r\n20/);
  assert.ok((JSON.parse(saved.json!.toString()) as { series: unknown[] }).series.length > 0);
  assert.equal([...saved.png!.subarray(1, 4)], [...Buffer.from("PNG")]);
  await page.close();
});

test("a chart whose points cannot be read stays the picture that it was", async () => {
  const page = await browser.newPage();
  await page.route("**/series.json", (route) => route.abort());
  await page.goto(site.url + path);
  await page.waitForFunction(() => document.querySelector("figure[data-chart][data-ready]") !== null);
  assert.ok((await page.locator("figure[data-chart] svg path").count()) > 0);
  await page.close();
});

async function runPage(): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 1400 } });
  await open(page, site.url + path);
  return page;
}

/** The hand on the first chart, once it has come into view, got its points and was drawn from them. */
async function firstSlider(page: Page): Promise<Locator> {
  const slider = page.locator("figure[data-chart] input.chart-slider").first();
  await slider.scrollIntoViewIfNeeded();
  await page.waitForFunction((input) => (input as HTMLInputElement).max !== "0", await slider.elementHandle());
  return slider;
}

function field(page: Page, name: string): Locator {
  return page.locator(`[data-chart-controls] input[name=${name}]`);
}

async function point(page: Page, slider: Locator, share: number): Promise<void> {
  await slider.scrollIntoViewIfNeeded();
  const box = (await slider.boundingBox())!;
  await page.mouse.move(box.x + share * box.width, box.y + box.height / 2);
  await page.locator(".chart-tip:visible").waitFor();
}

/** What the slider says, once it says something else than before. */
async function spoken(slider: Locator, before = ""): Promise<string> {
  const page = slider.page();
  await page.waitForFunction(([element, old]) => ![old, null].includes((element as Element).getAttribute("aria-valuetext")), [
    await slider.elementHandle(),
    before,
  ] as const);
  return (await slider.getAttribute("aria-valuetext")) ?? "";
}

function stepOf(text: string): number {
  return Number(/^step ([\d,]+)/.exec(text)?.[1]?.replaceAll(",", ""));
}

/** Charts draw when they are near the window: brings each near, and waits two frames for what it has to draw. */
async function visitAll(page: Page): Promise<void> {
  for (const figure of await page.locator("figure[data-chart]").all()) {
    await figure.scrollIntoViewIfNeeded();
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  }
  await page.waitForLoadState("networkidle");
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
}

function pictures(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll("figure[data-chart]")].map((figure) => figure.querySelector("svg.plot")?.outerHTML ?? ""),
  );
}

test.run();
