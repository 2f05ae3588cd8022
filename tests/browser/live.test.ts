// timeout: 180 s
/** The live view: what a program prints stands in the open page, by the same charts and words as in the built site. */
import { appendFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import * as assert from "uvu/assert";
import { startToldRun, startView, type ToldRun, type View } from "../../scripts/bench/live-session.ts";
import { record, restart, scalar, version } from "../scripts/formats/_event-bytes.ts";
import { browserSuite, complaints } from "./_browser.ts";

const { browser, test } = await browserSuite("the live view");
const folder = mkdtempSync(join(tmpdir(), "guildhall-live-"));
const runs: ToldRun[] = [];
let view: View;

test.before(async () => {
  view = await startView(folder);
});
test.after(async () => {
  await Promise.all(runs.map((run) => run.end()));
  await view.stop();
  rmSync(folder, { recursive: true, force: true });
});

test("the address stands on a line of its own, and an empty project has a page", async () => {
  assert.equal(view.printed, [view.url]);
  const page = await newPage();
  await page.goto(view.url);
  assert.is(await page.locator("h1").count(), 1);
});

test("a run that starts while the page is open appears in it", async () => {
  const [home, table] = [await newPage(), await newPage()];
  await home.goto(view.url);
  await table.goto(`${view.url}runs/`);
  await begin("--label", "first");
  for (const page of [home, table]) await page.getByRole("link", { name: "first" }).first().waitFor();
  // The chart of a first run comes into the page that had none, and it can be used.
  runs[0]?.tell("epoch 1 loss 1.5");
  runs[0]?.tell("epoch 2 loss 1.25");
  await home.locator("figure[data-chart] .chart-keys", { hasText: "1.25" }).waitFor({ state: "attached" });
});

test("a run in progress stands in the served page, without scripts", async () => {
  runs[0]?.tell("epoch 3 loss 0.875");
  const page = await newPage({ javaScriptEnabled: false });
  await until(page, `${view.url}runs/`, async () => (await page.locator("tbody tr", { hasText: "running" }).count()) === 1);
  await page.getByRole("link", { name: "first" }).click();
  await until(page, page.url(), async () =>
    ((await page.locator("[data-output]").textContent()) ?? "").includes("epoch 3 loss 0.875"),
  );
  assert.match((await page.locator("main").textContent()) ?? "", /running/);
});

test("a written line stands in the open page: in the output, and as a point of its chart", async () => {
  const page = await openRun("first");
  const heard = await complaints(page, async () => {
    for (let epoch = 4; epoch <= 8; epoch *= 2) {
      runs[0]?.tell(`epoch ${epoch} loss ${0.5 / epoch}`);
      await page.locator("[data-output]", { hasText: `epoch ${epoch} loss` }).waitFor();
    }
    const chart = page.locator("figure[data-chart]", { hasText: "loss" }).first();
    await chart.locator(".chart-keys", { hasText: "0.0625" }).waitFor();
    assert.match((await chart.locator(".chart-plot > svg:not(.chart-over)").innerHTML()) ?? "", /<path/);
  });
  assert.equal(heard, []);
});

test("when an event file begins to tell a tag, its line takes the place of the printed one; and a restart goes back", async () => {
  const page = await openRun("first");
  const chart = page.locator("figure[data-chart]", { hasText: "loss" }).first();
  const steps = async () => {
    const words = await chart.locator(".chart-plot > svg:not(.chart-over) text").allTextContents();
    return words.map(Number).filter(Number.isInteger);
  };
  assert.ok((await steps()).includes(8), "the printed line reaches to epoch 8");
  const [id] = readdirSync(join(folder, "content/runs"));
  const file = join(folder, "runs", id!, "events.out.tfevents.1.host");
  const values = (...all: [number, number][]) => all.map(([step, value]) => record(scalar("loss", step, value)));
  writeFileSync(file, Buffer.concat([record(version), ...values([100, 3], [200, 2], [300, 1.75])]));
  await chart.locator(".chart-keys", { hasText: "1.75" }).waitFor();
  await page.waitForFunction(() => [...document.querySelectorAll(".chart-plot text")].some((one) => one.textContent === "300"));
  assert.not((await steps()).includes(8));
  appendFileSync(file, Buffer.concat([record(restart(200)), ...values([200, 1.625])]));
  await chart.locator(".chart-keys", { hasText: "1.625" }).waitFor();
  await page.waitForFunction(() => ![...document.querySelectorAll(".chart-plot text")].some((one) => one.textContent === "300"));
  assert.ok((await steps()).includes(200));
});

test("the page says that the run has ended as soon as it has", async () => {
  const page = await openRun("first");
  await page.locator('[data-live="header"]', { hasText: "running" }).waitFor();
  assert.is(await runs[0]?.end(3), 3);
  await page.locator('[data-live="header"]', { hasText: "failed" }).waitFor();
});

test("a run that has ended can be looked at beside one that goes on", async () => {
  await begin("--label", "second");
  const page = await openRun("first");
  assert.match((await page.locator("[data-output]").textContent()) ?? "", /epoch 8 loss/);
  await page.goto(view.url);
  for (const name of ["first", "second"]) await page.getByRole("link", { name }).first().waitFor();
});

test.run();

async function begin(...options: string[]): Promise<void> {
  runs.push(await startToldRun(folder, ...options));
}

async function newPage(options: { javaScriptEnabled?: boolean } = {}): Promise<Page> {
  const page = await browser.newPage(options);
  page.setDefaultTimeout(10_000);
  return page;
}

async function openRun(name: string): Promise<Page> {
  const page = await newPage();
  await page.goto(`${view.url}runs/`);
  await page.getByRole("link", { name }).click();
  await page.waitForFunction(() => document.documentElement.dataset.live === "on");
  return page;
}

/** Asks for a page until it says what it has to, for a quarter of a minute at most: a page without scripts cannot tell when. */
async function until(page: Page, url: string, holds: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 15_000;
  do {
    await page.goto(url);
    if (await holds()) return;
  } while (performance.now() < deadline);
  throw new Error(`${url} still says:\n${await page.locator("main").textContent()}`);
}
