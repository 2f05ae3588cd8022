// timeout: 180 s
/** Finding runs in the table, and choosing some to compare. */
import type { Page } from "playwright-core";
import * as assert from "uvu/assert";
import { browserSuite, gallery, open } from "./_browser.ts";

const { browser, test } = await browserSuite("the table of runs");
const site = await gallery();
test.after(() => site.close());

test("the filter leaves the rows that match, counts them, and is kept in the address", async () => {
  const page = await runsPage();
  const all = await shownIds(page);
  const wanted = all[1] ?? "";
  await page.getByRole("searchbox").fill(wanted);
  assert.equal(await shownIds(page), [wanted]);
  assert.match(await countText(page), `1 of ${all.length}`);

  const again = await browser.newPage();
  await open(again, page.url());
  assert.equal(await shownIds(again), [wanted]);
  await again.getByRole("searchbox").fill("");
  assert.is((await shownIds(again)).length, all.length);
  await page.close();
  await again.close();
});

test("a filter that nothing matches says so", async () => {
  const page = await runsPage();
  await page.getByRole("searchbox").fill("no-such-run");
  assert.equal(await shownIds(page), []);
  assert.match(await countText(page), "no-such-run");
  await page.close();
});

test("a column's heading sorts by its values, with the keyboard too, and runs without a value stay last", async () => {
  const page = await runsPage();
  const heading = page.getByRole("columnheader", { name: /val\/acc\s*best/ });
  await heading.getByRole("button").focus();
  await page.keyboard.press("Enter");
  assert.is(await heading.getAttribute("aria-sort"), "descending");
  const descending = await columnValues(page, "val/accbest");
  await page.keyboard.press("Enter");
  assert.is(await heading.getAttribute("aria-sort"), "ascending");
  const ascending = await columnValues(page, "val/accbest");

  const numbers = (values: (number | null)[]) => values.filter((value) => value !== null);
  assert.ok(numbers(descending).length > 1, "the gallery has too few values to sort");
  assert.equal(
    numbers(descending),
    numbers(descending).toSorted((a, b) => b - a),
  );
  assert.equal(
    numbers(ascending),
    numbers(ascending).toSorted((a, b) => a - b),
  );
  for (const values of [descending, ascending]) {
    const missing = values.indexOf(null);
    assert.ok(missing === -1 || values.slice(missing).every((value) => value === null), values.join(" "));
  }
  await page.close();
});

test("two ticked runs are compared: curves of both, and what differs", async () => {
  const page = await runsPage();
  await page.getByRole("searchbox").fill("op:train status:completed");
  const [first, second] = await shownIds(page);
  for (const id of [first, second]) await page.locator(`input[name=runs][value="${id}"]`).check();
  await page.getByRole("button", { name: /compare 2 runs/i }).click();
  await page.waitForURL(/\/compare\/\?runs=/);
  const asked = new URL(page.url()).searchParams.get("runs")?.split(",") ?? [];
  assert.equal(asked.toSorted(), [first, second].toSorted());
  await page.waitForFunction(() => document.querySelectorAll("figure[data-chart] svg path").length > 1);
  const text = (await page.locator("main").textContent()) ?? "";
  for (const id of asked) {
    const links = await page.locator(`main a[href*="/runs/${id}/"]`).count();
    assert.ok(links > 0 || text.includes(id), `${id} is not in the comparison`);
  }
  assert.ok((await page.locator("main table tbody tr").count()) > 0, "no table of differences");
  await page.close();
});

test.run();

async function runsPage(): Promise<Page> {
  const page = await browser.newPage();
  await open(page, `${site.url}runs/`);
  return page;
}

function shownIds(page: Page): Promise<string[]> {
  return page
    .locator("[data-runs] tbody tr:visible")
    .evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset.id ?? ""));
}

async function countText(page: Page): Promise<string> {
  return (await page.locator("[data-count]").textContent()) ?? "";
}

/** What the cells of a column hold, in the order of the rows; null where a cell is empty. */
function columnValues(page: Page, label: string): Promise<(number | null)[]> {
  return page.locator("[data-runs]").evaluate((table, wanted) => {
    const heads = [...table.querySelectorAll("thead th")];
    const column = heads.findIndex((head) => head.textContent?.replace(/\s+/g, "").includes(wanted));
    return [...table.querySelectorAll<HTMLTableRowElement>("tbody tr")].map((row) => {
      const cell = row.cells[column];
      const text = cell?.dataset.sort ?? cell?.textContent?.trim() ?? "";
      return text === "" ? null : Number.parseFloat(text);
    });
  }, label);
}
