// timeout: 180 s
/** Charts in the hands of a reader: what was built is what is hydrated, and what can be done with it. */
import type { Locator, Page } from "playwright-core";
import * as assert from "uvu/assert";
import { browserSuite, gallery, open } from "./_browser.ts";

const { browser, test } = await browserSuite("charts");
const site = await gallery();
test.after(() => site.close());

/** A training with curves: the first run page that has several charts. */
const runPage = await firstWithCharts();

test("the hydrated chart is the picture that was built", async () => {
  const built = await pictures(await openPage({ javaScriptEnabled: false }));
  const page = await openPage();
  for (const chart of await page.locator("figure[data-chart]").all()) await wake(chart);
  const hydrated = await pictures(page);
  assert.ok(Object.keys(built).length > 1);
  assert.equal(Object.keys(hydrated), Object.keys(built));
  for (const [id, picture] of Object.entries(built)) assert.is(hydrated[id], picture, `${id} was drawn differently`);
});

test("the arrow keys move a cursor through all charts, and say what stands there", async () => {
  const page = await openPage();
  const [first, second] = await wakeTwo(page);
  await slider(first).focus();
  const said: (string | null)[] = [];
  for (const key of ["Home", "ArrowRight", "ArrowRight", "End"]) {
    await page.keyboard.press(key);
    await nextFrame(page);
    said.push(await slider(first).getAttribute("aria-valuetext"));
  }
  assert.is(new Set(said).size, said.length, said.join(" | "));
  for (const text of said) assert.match(text ?? "", /step|s\b/);
  assert.ok((await first.locator(".chart-over *").count()) > 0, "no cursor in the chart that has the keyboard");
  assert.ok((await second.locator(".chart-over *").count()) > 0, "no cursor in the other chart");
  await page.keyboard.press("Escape");
  await nextFrame(page);
  assert.is(await second.locator(".chart-over *").count(), 0);
});

test("pointing at a chart shows the values there, and leaving it hides them", async () => {
  const page = await openPage();
  const [first] = await wakeTwo(page);
  await slider(first).hover();
  await first.locator(".chart-tip").waitFor({ state: "visible" });
  assert.match((await first.locator(".chart-tip").textContent()) ?? "", /\d/);
  await page.locator("h1").hover();
  await first.locator(".chart-tip").waitFor({ state: "hidden" });
});

test("smoothing changes the lines, is kept in the address, and can be taken back", async () => {
  const page = await openPage();
  const [first] = await wakeTwo(page);
  const before = await lines(first);
  const smoothing = page.locator("form[data-chart-controls] input[name=smooth]");
  await smoothing.fill("0.9");
  await changed(first, before);
  const smoothed = await lines(first);
  assert.match(new URL(page.url()).search, /smooth=0\.9/);

  const [again] = await wakeTwo(await openPage({}, page.url()));
  assert.is(await lines(again), smoothed);

  await page.locator("form[data-chart-controls] button[type=reset]").click();
  await changed(first, smoothed);
  assert.is(await lines(first), before);
});

test("the axis can be time, and a stretch of it can be typed", async () => {
  const page = await openPage();
  const [first] = await wakeTwo(page);
  const before = await lines(first);
  await page.locator("form[data-chart-controls] input[name=x][value=time]").check({ force: true });
  await changed(first, before);
  const overTime = await lines(first);
  assert.match(new URL(page.url()).search, /x=(time|rel)/);

  await page.locator("form[data-chart-controls] input[name=to]").fill("1");
  await page.keyboard.press("Enter");
  await changed(first, overTime);
});

test("dragging over a chart zooms all of them, and a double click gives everything back", async () => {
  const page = await openPage();
  const [first, second] = await wakeTwo(page);
  const before = [await lines(first), await lines(second)];
  await slider(first).scrollIntoViewIfNeeded();
  const box = (await slider(first).boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  await page.mouse.move(box.x + box.width * 0.2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.6, box.y + box.height / 2, { steps: 4 });
  await page.mouse.up();
  await changed(first, before[0] ?? "");
  await changed(second, before[1] ?? "");
  await slider(first).dblclick();
  const zoomed = await lines(first);
  if (zoomed !== before[0]) await changed(first, zoomed);
  assert.is(await lines(first), before[0]);
});

test("the name of a line switches it off and on", async () => {
  const page = await openPage();
  const [first] = await wakeTwo(page);
  const name = first.locator(".chart-keys button").first();
  const before = await lines(first);
  assert.is(await name.getAttribute("aria-pressed"), "true");
  await name.click();
  await changed(first, before);
  assert.is(await first.locator(".chart-keys button").first().getAttribute("aria-pressed"), "false");
  const without = await lines(first);
  await page.keyboard.press("Enter");
  await changed(first, without);
  assert.is(await lines(first), before);
});

test.run();

async function openPage(options: { javaScriptEnabled?: boolean } = {}, url = site.url + runPage): Promise<Page> {
  const context = await browser.newContext({ ...options, viewport: { width: 1280, height: 900 }, reducedMotion: "reduce" });
  const page = await context.newPage();
  if (options.javaScriptEnabled === false) await page.goto(url);
  else await open(page, url);
  return page;
}

async function firstWithCharts(): Promise<string> {
  if (browser === null) return "";
  const page = await browser.newPage();
  for (const path of site.pages.filter((one) => /^runs\/[^/]+\/$/.test(one))) {
    await page.goto(site.url + path);
    if ((await page.locator("figure[data-chart]").count()) > 3) return path;
  }
  throw new Error("no run of the gallery has several charts");
}

/** The drawn chart of each figure, without the layer that a cursor is drawn on. */
function pictures(page: Page): Promise<Record<string, string>> {
  return page
    .locator("figure[data-chart]")
    .evaluateAll((figures) =>
      Object.fromEntries(
        figures.map((figure) => [figure.id, figure.querySelector(".chart-plot > svg:not(.chart-over)")?.outerHTML ?? ""]),
      ),
    );
}

function slider(chart: Locator): Locator {
  return chart.locator("input[type=range]");
}

/** Scrolls to a chart and waits until it has its points and was drawn from them. */
async function wake(chart: Locator): Promise<void> {
  await chart.scrollIntoViewIfNeeded();
  const range = await slider(chart).elementHandle();
  await chart.page().waitForFunction((input) => (input as HTMLInputElement).max !== "0", range);
}

async function wakeTwo(page: Page): Promise<[Locator, Locator]> {
  const charts = page.locator("figure[data-chart]");
  const pair: [Locator, Locator] = [charts.nth(0), charts.nth(1)];
  for (const chart of pair.toReversed()) await wake(chart);
  return pair;
}

/** Everything that is drawn in a chart, as text. */
async function lines(chart: Locator): Promise<string> {
  return chart.locator(".chart-plot > svg:not(.chart-over)").evaluate((svg) => svg.outerHTML);
}

async function changed(chart: Locator, before: string): Promise<void> {
  const figure = await chart.elementHandle();
  await chart
    .page()
    .waitForFunction(
      ([element, text]) => (element as Element).querySelector(".chart-plot > svg:not(.chart-over)")?.outerHTML !== text,
      [figure, before] as const,
    );
}

function nextFrame(page: Page): Promise<void> {
  return page.evaluate(() => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))));
}
