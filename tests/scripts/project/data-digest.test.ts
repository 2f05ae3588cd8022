import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { dataDigest } from "../../../scripts/project/data-digest.ts";

const digest = suite<{ root: string }>("data digest");

digest.before.each((context) => {
  context.root = mkdtempSync(join(tmpdir(), "guildhall-data-"));
  for (const folder of ["data/deep", "runs/x"]) mkdirSync(join(context.root, folder), { recursive: true });
  writeFileSync(join(context.root, "data/a.csv"), "1,2\n");
  writeFileSync(join(context.root, "data/deep/b.csv"), "3,4\n");
  writeFileSync(join(context.root, "runs/x/c.csv"), "5,6\n");
});

digest.after.each(({ root }) => rmSync(root, { recursive: true }));

digest("names the data by paths and content", async ({ root }) => {
  const first = await dataDigest(root, { required: ["data"], patterns: [] });
  assert.match(first?.digest ?? "", /^[0-9a-f]{64}$/);
  assert.equal(first?.sources, ["data"]);
  assert.equal(await dataDigest(root, { required: ["data"], patterns: [] }), first, "twice the same");
  writeFileSync(join(root, "data/deep/b.csv"), "3,5\n");
  assert.is.not((await dataDigest(root, { required: ["data"], patterns: [] }))?.digest, first?.digest);
});

digest("globs find the same files, and leave out what is recorded", async ({ root }) => {
  const folder = await dataDigest(root, { required: ["data"], patterns: [] });
  const globs = await dataDigest(root, { required: [], patterns: ["**/*.csv"] });
  assert.is(globs?.digest, folder?.digest);
  assert.equal(globs?.sources, ["**/*.csv"]);
});

digest("is null where nothing is named or nothing is there", async ({ root }) => {
  assert.is(await dataDigest(root, { required: [], patterns: [] }), null);
  assert.is(await dataDigest(root, { required: ["nowhere"], patterns: ["*.nothing"] }), null);
});

digest("reads a file again only when its size or time has changed", async ({ root }) => {
  const path = join(root, "data/a.csv");
  const time = new Date("2026-01-01T00:00:00Z");
  utimesSync(path, time, time);
  const first = await dataDigest(root, { required: ["data/a.csv"], patterns: [] });
  assert.ok(existsSync(join(root, ".guild/cache/data-digests.json")));
  writeFileSync(path, "9,9\n");
  utimesSync(path, time, time);
  assert.equal(await dataDigest(root, { required: ["data/a.csv"], patterns: [] }), first, "size and time are believed");
  writeFileSync(join(root, ".guild/cache/data-digests.json"), "{ broken");
  assert.is.not((await dataDigest(root, { required: ["data/a.csv"], patterns: [] }))?.digest, first?.digest);
});

digest.run();
