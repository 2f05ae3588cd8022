// timeout: 180 s
/** The gallery that every clone holds: small enough, sound, and built the same way twice. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, globSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, posix } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { copyGallery, guild } from "../../scripts/bench/project.ts";
import { parseRun } from "../../src/run/run-file.ts";
import { root } from "./_tree.ts";

const test = suite("the gallery");
const folder = mkdtempSync(join(tmpdir(), "guildhall-gallery-"));
copyGallery(folder);
const dist = join(folder, "dist");
const built = build();
test.after(() => rmSync(folder, { recursive: true }));

const runs = readdirSync(join(root, "content/runs"))
  .filter((id) => existsSync(join(root, "content/runs", id, "run.json")))
  .map((id) => parseRun(JSON.parse(readFileSync(join(root, "content/runs", id, "run.json"), "utf8"))));

test("builds without a word of warning", () => {
  assert.is(built.status, 0, built.stderr);
  assert.not.match(built.stderr, /warning/i);
});

test("holds what the README promises: configurations with seeds, every operation, a failure and an interruption", () => {
  const trained = runs.filter((run) => run.operation === "train" && run.status === "completed");
  const seeds = new Map<string, Set<unknown>>();
  for (const { flags } of trained) {
    const { seed, ...rest } = flags;
    const configuration = JSON.stringify(Object.entries(rest).sort());
    seeds.set(configuration, (seeds.get(configuration) ?? new Set()).add(seed));
  }
  const repeated = [...seeds.values()].filter((group) => group.size >= 3);
  assert.ok(repeated.length >= 3, `${repeated.length} configurations with three seeds`);
  for (const operation of ["prepare", "evaluate"])
    assert.ok(
      runs.some((run) => run.operation === operation),
      operation,
    );
  assert.ok(runs.some((run) => run.status === "error"));
  assert.ok(runs.some((run) => run.status === "terminated" && run.signal === "SIGINT"));
});

test("was recorded with one state of the code, so that seeds of a configuration are one group", () => {
  const digests = new Set(runs.filter((run) => run.operation === "train").map((run) => run.code.digest));
  assert.is(digests.size, 1, `${digests.size} states of the code; type: npm run gallery`);
});

test("keeps the budget of a record: 250 KB, images and notes aside", () => {
  for (const { id } of runs) {
    const place = join(root, "content/runs", id);
    const bytes = (names: string[]) =>
      names.reduce((sum, name) => sum + (statSync(join(place, name), { throwIfNoEntry: false })?.size ?? 0), 0);
    assert.ok(bytes(["series.json"]) <= 128_000 && bytes(["system.json"]) <= 64_000 && bytes(["output.txt"]) <= 48_000, id);
    assert.ok(bytes(["run.json", "series.json", "system.json", "events.json", "output.txt"]) <= 250_000, id);
  }
});

test("every link and every file that a page asks for is there", () => {
  const missing = globSync("**/*.html", { cwd: dist }).flatMap((path) => {
    const page = readFileSync(join(dist, path), "utf8");
    const targets = [...page.matchAll(/\s(?:href|src)="([^"]+)"/g)].map((match) => match[1] ?? "");
    return [...new Set(targets)].filter((target) => !leadsSomewhere(path, target)).map((target) => `${path}: ${target}`);
  });
  assert.equal(missing, []);
});

test("is the same bytes when it is built again from nothing", () => {
  const first = digests();
  for (const name of ["dist", ".guild"]) rmSync(join(folder, name), { recursive: true });
  assert.is(build().status, 0);
  assert.equal(digests(), first);
});

test.run();

function build() {
  return spawnSync(guild[0] ?? "", [...guild.slice(1), "build", "--base", "/"], { cwd: folder, encoding: "utf8" });
}

function leadsSomewhere(from: string, target: string): boolean {
  if (/^(https?:|mailto:|data:|#)/.test(target)) return true;
  const [path = ""] = target.replaceAll("&#38;", "&").split(/[?#]/);
  const place = join(dist, decodeURI(path.startsWith("/") ? path : posix.join("/", posix.dirname(from), path)));
  return statSync(place, { throwIfNoEntry: false })?.isFile() || existsSync(join(place, "index.html"));
}

function digests(): Record<string, string> {
  const files = globSync("**/*", { cwd: dist, withFileTypes: true }).filter((entry) => entry.isFile());
  const digest = (path: string) => createHash("sha256").update(readFileSync(path)).digest("hex");
  return Object.fromEntries(
    files
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [path, digest(path)]),
  );
}
