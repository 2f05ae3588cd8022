/**
 * Runs the tests: `npm test`, or `npm test -- ids browser/` for the files whose path contains one of these words.
 *
 * Each file is a process of its own, two at a time. The last line is plain, for people and machines alike:
 * `N passed, N failed` or `N passed, N failed, N skipped`. Ends with code 1 when anything failed, or when nothing ran.
 */
import { join } from "node:path";
import { findTestFiles, type TestFile } from "./runner/files.ts";
import { type FileResult, killLiving, runFile } from "./runner/run-file.ts";

const filesAtOnce = 2;

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.once(signal, () => {
    killLiving();
    process.kill(process.pid, signal);
  });
}
process.exitCode = await main(join(import.meta.dirname, ".."), process.argv.slice(2));

async function main(root: string, filters: string[]): Promise<number> {
  const files = findTestFiles(root, "tests", filters);
  if (files.length === 0) {
    console.log(`No test file matches ${filters.map((filter) => `"${filter}"`).join(" or ")}.\n0 passed, 1 failed`);
    return 1;
  }
  const results = await runAll(root, files);
  const total = (key: "passed" | "failed" | "skipped") => results.reduce((sum, result) => sum + result[key], 0);
  summarize(results);
  const skipped = total("skipped");
  console.log(`${total("passed")} passed, ${total("failed")} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
  return total("failed") > 0 ? 1 : 0;
}

async function runAll(root: string, files: TestFile[]): Promise<FileResult[]> {
  const results: FileResult[] = [];
  const waiting = files.values();
  const worker = async () => {
    for (const file of waiting) {
      const result = await runFile(root, file);
      results.push(result);
      printFile(result);
    }
  };
  await Promise.all(Array.from({ length: filesAtOnce }, worker));
  return results;
}

function printFile(result: FileResult): void {
  const tests = `${result.passed + result.failed} ${result.passed + result.failed === 1 ? "test" : "tests"}`;
  const skipped = result.skipped > 0 ? `, ${result.skipped} SKIPPED` : "";
  console.log(`${result.failed > 0 ? "FAIL" : "ok  "}  ${result.path}  ${tests}${skipped}, ${result.seconds.toFixed(1)} s`);
  if (result.failed > 0) console.log(result.output.trim().replace(/^/gm, "      "));
  if (result.trouble !== null) console.log(`      ${result.path} ${result.trouble}.`);
}

/** What has to be looked at, once more and together, where a reader of the last screen finds it. */
function summarize(results: FileResult[]): void {
  const failed = results.filter((result) => result.failed > 0);
  const skipped = results.filter((result) => result.skipped > 0);
  console.log("");
  for (const result of failed) console.log(`FAILED   ${result.path}: ${result.trouble ?? `${result.failed} of its tests`}`);
  for (const result of skipped) {
    const reasons = [...new Set(result.skipReasons)].join("; ") || "no reason given";
    console.log(`SKIPPED  ${result.path}: ${result.skipped} ${result.skipped === 1 ? "test" : "tests"}. ${reasons}`);
  }
}
