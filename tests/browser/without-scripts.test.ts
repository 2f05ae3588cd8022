// timeout: 240 s
/** Everything that the site knows stands in its HTML. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import * as assert from "uvu/assert";
import { parseRun } from "../../src/run/run-file.ts";
import { statusWord } from "../../src/run/status-words.ts";
import { browserSuite, gallery } from "./_browser.ts";

const { browser, test } = await browserSuite("without scripts");
const site = await gallery();
test.after(() => site.close());

const runs = site.pages
  .filter((path) => /^runs\/[^/]+\/$/.test(path))
  .map((path) => parseRun(JSON.parse(readFileSync(join(site.dist, path, "run.json"), "utf8"))));

test("the page of a run states its status, its command, its flags and how its scalars ended", async () => {
  assert.ok(runs.length > 0, "the gallery is empty");
  await withPage(async (page) => {
    for (const run of runs) {
      await page.goto(`${site.url}runs/${run.id}/`);
      const text = (await page.locator("main").textContent()) ?? "";
      const { word } = statusWord(run);
      assert.ok(text.toLowerCase().includes(word), `${run.id} does not say ${word}`);
      assert.ok(text.includes(run.command[0] ?? ""), `${run.id} does not show its command`);
      for (const name of Object.keys(run.flags)) assert.ok(text.includes(name), `${run.id} does not show flag ${name}`);
      for (const tag of Object.keys(run.scalars)) assert.ok(text.includes(tag), `${run.id} does not show ${tag}`);
    }
  });
});

test("the page of a run with series draws them, and gives each chart a table and a caption", async () => {
  await withPage(async (page) => {
    for (const run of runs.filter((one) => Object.values(one.scalars).some((scalar) => scalar.count > 1))) {
      await page.goto(`${site.url}runs/${run.id}/`);
      const charts = page.locator("figure[data-chart]");
      assert.ok((await charts.count()) > 0, `${run.id} has no chart`);
      for (const chart of await charts.all()) {
        const id = await chart.getAttribute("id");
        assert.ok((await chart.locator("svg path").count()) > 0, `${id} of ${run.id} is empty`);
        assert.ok((await chart.locator("table td").count()) > 0, `${id} of ${run.id} has no data table`);
        assert.ok(await chart.locator("figcaption").textContent(), `${id} of ${run.id} has no caption`);
      }
    }
  });
});

test("the table of runs has a row for each, with a link to it", async () => {
  await withPage(async (page) => {
    await page.goto(`${site.url}runs/`);
    const links = await page.locator("tbody tr a").evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).pathname));
    assert.equal(
      runs.filter((run) => !links.includes(`/runs/${run.id}/`)).map((run) => run.id),
      [],
    );
  });
});

test("the overview opens with a sentence about the runs and draws learning curves", async () => {
  await withPage(async (page) => {
    await page.goto(site.url);
    assert.match((await page.locator("main").textContent()) ?? "", /\d+ runs?/);
    assert.ok((await page.locator("figure[data-chart] svg path").count()) > 0);
    assert.ok((await page.locator('a[href*="/runs/2"]').count()) > 0);
  });
});

test("the page for comparing lists what was saved, and each of these is a page with curves and differences", async () => {
  const saved = site.pages.filter((path) => /^compare\/[^/]+\/$/.test(path));
  assert.ok(saved.length > 0, "no saved comparison in the gallery");
  await withPage(async (page) => {
    await page.goto(`${site.url}compare/`);
    for (const path of saved) assert.ok((await page.locator(`a[href$="/${path}"]`).count()) > 0, `no link to ${path}`);
    for (const path of saved) {
      await page.goto(site.url + path);
      assert.ok((await page.locator("figure[data-chart] svg path").count()) > 0, `${path} has no curves`);
      assert.ok((await page.locator("table td").count()) > 0, `${path} has no table of differences`);
    }
  });
});

test.run();

async function withPage(use: (page: Page) => Promise<void>): Promise<void> {
  const context = await browser.newContext({ javaScriptEnabled: false });
  try {
    await use(await context.newPage());
  } finally {
    await context.close();
  }
}
