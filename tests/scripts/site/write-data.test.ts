import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { writeData } from "../../../scripts/site/write-data.ts";

const test = suite<{ folder: string; source: string; out: string }>("write data");
test.before.each((context) => {
  context.folder = mkdtempSync(join(tmpdir(), "guildhall-data-"));
  context.source = join(context.folder, "source.json");
  context.out = join(context.folder, "dist");
  writeFileSync(context.source, "1\n");
});
test.after.each(({ folder }) => rmSync(folder, { recursive: true }));

test("a copy of a read-only file can be written to, since the next build may have to replace it", ({ source, out }) => {
  chmodSync(source, 0o444);
  assert.equal(writeData([{ path: "a/b.json", copyOf: source }], out), ["a/b.json"]);
  assert.is(statSync(join(out, "a/b.json")).mode & 0o200, 0o200);
});

test("what is right already is left alone, and what has changed is replaced", ({ source, out }) => {
  const files = [
    { path: "copy.json", copyOf: source },
    { path: "made.json", text: () => "made\n" },
  ];
  writeData(files, out);
  const stamps = () => files.map(({ path }) => statSync(join(out, path)).ctimeMs);
  const before = stamps();
  writeData(files, out);
  assert.equal(stamps(), before);
  writeFileSync(source, "2\n");
  utimesSync(source, 5, 5);
  writeData(files, out);
  assert.is(readFileSync(join(out, "copy.json"), "utf8"), "2\n");
});

test.run();
