// timeout: 300 s
/** Every page of the gallery, in both themes, on a phone and on a desk; the pictures are kept in screenshots/. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import * as assert from "uvu/assert";
import { weigh } from "../../scripts/bench/weigh.ts";
import { browserSuite, complaints, gallery, open } from "./_browser.ts";

const { browser, test } = await browserSuite("pages");
const site = await gallery();
const pictures = join(import.meta.dirname, "../../screenshots");
mkdirSync(pictures, { recursive: true });
test.after(() => site.close());

for (const width of [320, 1280]) {
  test(`every page fits, says nothing in the console and asks nobody else: ${width} px, in both themes`, async () => {
    const context = await browser.newContext({ viewport: { width, height: width < 600 ? 640 : 900 }, reducedMotion: "reduce" });
    const page = await context.newPage();
    const foreign: string[] = [];
    page.on("request", (request) => {
      if (/^https?:/.test(request.url()) && !request.url().startsWith(site.url)) foreign.push(request.url());
    });
    const faults: string[] = [];
    for (const path of site.pages) {
      const heard = await complaints(page, async () => {
        await page.emulateMedia({ colorScheme: "light" });
        await open(page, site.url + path);
        await picture(page, path, "light", width);
        await page.emulateMedia({ colorScheme: "dark" });
        await picture(page, path, "dark", width);
      });
      faults.push(...heard.map((fault) => `/${path}: ${fault}`));
      faults.push(...(await overflowing(page)).map((element) => `/${path}: wider than the screen: ${element}`));
    }
    await context.close();
    assert.equal(faults, []);
    assert.equal(foreign, []);
  });
}

test("the page of a run brings at most 35 KB of JavaScript, gzipped", async () => {
  const page = site.pages.find((path) => /^runs\/[^/]+\/$/.test(path)) ?? "";
  const { scriptBytes, scripts } = await weigh(browser, site.url + page);
  assert.ok(scripts.length > 0, "no script was seen: nothing was weighed");
  assert.ok(scriptBytes <= 35_000, `${scriptBytes} bytes in ${scripts.join(", ")}`);
});

test("every page can be read by a machine: one heading, a title, names for what can be used", async () => {
  const page = await browser.newPage();
  const faults: string[] = [];
  for (const path of site.pages) {
    await page.goto(site.url + path);
    faults.push(...(await page.evaluate(unreadable)).map((fault) => `/${path}: ${fault}`));
  }
  await page.close();
  assert.equal(faults, []);
});

test("the theme can be changed by hand and stays changed on the next page", async () => {
  const context = await browser.newContext({ colorScheme: "light" });
  const page = await context.newPage();
  await page.goto(site.url);
  const ink = () => page.evaluate(() => getComputedStyle(document.body).color);
  const light = await ink();
  await page
    .getByRole("button", { name: /theme|dark|light/i })
    .first()
    .click();
  const dark = await ink();
  assert.is.not(dark, light);
  await page.goto(`${site.url}runs/`);
  assert.is(await ink(), dark);
  await context.close();
});

test.run();

/** The outermost element that makes the page scroll sideways; what scrolls inside a region of its own is well kept. */
function overflowing(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) return [];
    const wide = [...document.body.querySelectorAll("*")].filter((element) => {
      if (element.getBoundingClientRect().right <= room + 1) return false;
      for (let up = element.parentElement; up !== null && up !== document.body; up = up.parentElement) {
        if (getComputedStyle(up).overflowX !== "visible") return false;
      }
      return true;
    });
    return wide.slice(0, 1).map((element) => element.outerHTML.slice(0, 120));
  });
}

/** Runs in the page: what a screen reader would stumble over. */
function unreadable(): string[] {
  const faults: string[] = [];
  const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)];
  const show = (element: Element) => element.outerHTML.slice(0, 100);
  const named = (element: HTMLElement) =>
    [element.textContent, element.getAttribute("aria-label"), element.getAttribute("title"), element.getAttribute("alt")].some(
      (text) => text?.trim(),
    ) ||
    element.hasAttribute("aria-labelledby") ||
    element.querySelector("[aria-label], img[alt]:not([alt=''])") !== null;

  if (all("h1").length !== 1) faults.push(`${all("h1").length} elements h1`);
  if (!document.title.trim()) faults.push("no title");
  if (!document.documentElement.lang) faults.push("no language");
  if (all("main").length !== 1) faults.push(`${all("main").length} elements main`);
  const levels = all("h1, h2, h3, h4, h5, h6").map((heading) => Number(heading.tagName[1]));
  levels.forEach((level, index) => {
    if (index > 0 && level > (levels[index - 1] ?? 0) + 1) faults.push(`heading h${level} after h${levels[index - 1]}`);
  });
  for (const image of all("img")) if (!image.hasAttribute("alt")) faults.push(`no alt: ${show(image)}`);
  for (const drawing of all("svg[role=img]")) if (!named(drawing)) faults.push(`drawing without a name: ${show(drawing)}`);
  for (const element of all("a[href], button, summary")) if (!named(element)) faults.push(`no name: ${show(element)}`);
  for (const field of all("input:not([type=hidden]), select, textarea")) {
    const labels = (field as HTMLInputElement).labels;
    if (!labels?.length && !named(field)) faults.push(`no label: ${show(field)}`);
  }
  for (const table of all("table")) if (table.querySelector("th") === null) faults.push(`table without headings: ${show(table)}`);
  for (const figure of all("figure[data-chart]")) if (!named(figure)) faults.push(`chart without a name: ${show(figure)}`);
  const ids = all("[id]").map((element) => element.id);
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index);
  if (twice.length > 0) faults.push(`ids used twice: ${[...new Set(twice)].join(", ")}`);
  for (const link of all('a[href^="#"]')) {
    const target = link.getAttribute("href")?.slice(1);
    if (target && document.getElementById(target) === null) faults.push(`link to nothing: #${target}`);
  }
  return faults;
}

async function picture(page: Page, path: string, theme: string, width: number): Promise<void> {
  await page.screenshot({ path: join(pictures, `${pictureName(path)}-${theme}-${width}.png`), fullPage: true });
}

function pictureName(path: string): string {
  return path === ""
    ? "home"
    : path
        .replace(/\/$/, "")
        .replace(/\.html$/, "")
        .replaceAll("/", "-");
}
