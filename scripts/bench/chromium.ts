/** Finds a browser that starts: the benchmarks and the browser tests ask here. */
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, chromium, type LaunchOptions } from "playwright-core";
import { shippedChromium } from "./shipped-chromium.ts";

/** A container has a small /dev/shm and often no user namespaces; these pages are our own. */
const args = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--font-render-hinting=none"];

const macApplications = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];
const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

/**
 * Starts the first that can be started: `CHROME_PATH` (and then nothing else), an installed Chrome or Chromium, the one
 * shipped inside an npm package, the same with the libraries that it brings along. Resolves to why none started otherwise.
 */
export async function startBrowser(env: NodeJS.ProcessEnv = process.env): Promise<Browser | { absent: string }> {
  const reasons: string[] = [];
  for (const { title, options } of candidates(env)) {
    try {
      return await chromium.launch({ args, ...options() });
    } catch (error) {
      reasons.push(`${title}: ${firstLineOf(error)}`);
    }
  }
  return { absent: `No Chrome or Chromium could be started (${reasons.join("; ")}). Set CHROME_PATH to one.` };
}

interface Candidate {
  title: string;
  options: () => LaunchOptions;
}

function candidates(env: NodeJS.ProcessEnv): Candidate[] {
  if (env.CHROME_PATH) return [installed(env.CHROME_PATH)];
  const onPath = (env.PATH ?? "").split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  const found = [...onPath, ...macApplications].filter((path) => existsSync(path));
  return [
    ...found.slice(0, 2).map(installed),
    { title: "shipped", options: () => ({ executablePath: shippedChromium().executablePath }) },
    { title: "shipped with its libraries", options: () => withLibraries(env) },
  ];
}

function installed(path: string): Candidate {
  return { title: path, options: () => ({ executablePath: path }) };
}

function withLibraries(env: NodeJS.ProcessEnv): LaunchOptions {
  const shipped = shippedChromium();
  const inherited = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { executablePath: shipped.executablePath, env: { ...Object.fromEntries(inherited), ...shipped.env } };
}

/** Playwright's errors are pages long; the loader's complaint, where there is one, says it best. */
function firstLineOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return /error while loading shared libraries: [^\n]*/.exec(text)?.[0] ?? text.split("\n")[0] ?? text;
}
