/** A suite whose tests need a browser, and the site that they look at. */
import { spawnSync } from "node:child_process";
import { globSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { suite, type Test } from "uvu";
import { startBrowser } from "../../scripts/bench/chromium.ts";
import { copyGallery, guild } from "../../scripts/bench/project.ts";
import { type Server, serve } from "../../scripts/bench/serve.ts";
import { announceSkip } from "../runner/skip.ts";

export interface BrowserSuite {
  /** Only tests use it, and they run only where it has started. */
  browser: Browser;
  test: Test;
}

/**
 * Starts a browser for the tests of a file. Where none starts, every test is skipped and the reason said; with `CI=true`
 * every test fails with it instead: there, a browser that is missing is a defect.
 */
export async function browserSuite(name: string): Promise<BrowserSuite> {
  const started = await startBrowser();
  const real = suite(name);
  if (!("absent" in started)) {
    real.after(() => started.close());
    return { browser: started, test: real };
  }
  const { absent } = started;
  if (!process.env.CI) announceSkip(absent);
  const stand = (title: string) => {
    if (process.env.CI) {
      real(title, () => {
        throw new Error(absent);
      });
    } else real.skip(title);
  };
  // What was started for the tests (a site, a view) has to be ended all the same.
  const { before, after, run, skip } = real;
  const test = Object.assign(stand, { only: stand, skip, before, after, run });
  return { browser: null as unknown as Browser, test };
}

export interface Site extends Server {
  dist: string;
  /** Every page, relative to the site: "", "runs/", "runs/<id>/", "404.html". */
  pages: string[];
}

/** Builds the gallery of this repository into a temporary folder and serves it; `close()` removes it again. */
export async function gallery(base = "/"): Promise<Site> {
  const folder = mkdtempSync(join(tmpdir(), "guildhall-site-"));
  copyGallery(folder);
  const built = spawnSync(guild[0] ?? "", [...guild.slice(1), "build", "--base", base], { cwd: folder, encoding: "utf8" });
  if (built.status !== 0) throw new Error(`guild build ended with ${built.status}:\n${built.stdout}${built.stderr}`);
  const dist = join(folder, "dist");
  const pages = globSync("**/*.html", { cwd: dist })
    .map((path) => path.replace(/(^|\/)index\.html$/, "$1"))
    .sort();
  const server = await serve(dist, base);
  const close = () => {
    server.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { url: server.url, dist, pages, close };
}

/** Opens a page and waits until its charts, if it has any, can be used. Rejects when one of them never can. */
export async function open(page: Page, url: string): Promise<void> {
  page.setDefaultTimeout(10_000);
  await page.goto(url);
  await page.waitForFunction(() => document.querySelector("figure[data-chart]:not([data-ready])") === null, null, {
    timeout: 10_000,
  });
}

/** What a page complained about while `use` was at it: errors and warnings of the console, exceptions, failed requests. */
export async function complaints(page: Page, use: () => Promise<unknown>): Promise<string[]> {
  const heard: string[] = [];
  const onConsole = (message: { type(): string; text(): string }) => {
    if (message.type() === "error" || message.type() === "warning") heard.push(`${message.type()}: ${message.text()}`);
  };
  const onError = (error: Error) => heard.push(`exception: ${error.message}`);
  const onFailed = (request: { url(): string }) => heard.push(`failed: ${request.url()}`);
  page.on("console", onConsole).on("pageerror", onError).on("requestfailed", onFailed);
  await use();
  page.off("console", onConsole).off("pageerror", onError).off("requestfailed", onFailed);
  return heard;
}
