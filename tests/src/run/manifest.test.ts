import { suite } from "uvu";
import * as assert from "uvu/assert";
import { formatManifest, parseManifest, publicPart } from "../../../src/run/manifest.ts";
import { formatRun } from "../../../src/run/run-file.ts";
import { plainManifest } from "./_plain-manifest.ts";
import { plainRun } from "./_plain-run.ts";

const test = suite("manifest");

test("a manifest survives writing and reading, before and after the command was started", () => {
  const manifest = plainManifest();
  assert.equal(parseManifest(JSON.parse(formatManifest(manifest))), manifest);
  const pending = { ...manifest, child: null, bootId: null };
  assert.equal(parseManifest(JSON.parse(formatManifest(pending))), pending);
});

test("its public part is the run and nothing of the machine", () => {
  assert.is(formatRun(publicPart(plainManifest())), formatRun(plainRun()));
});

test("unknown keys are kept, wrong ones named", () => {
  const raw = JSON.parse(formatManifest(plainManifest()));
  assert.match(formatManifest(parseManifest({ ...raw, cgroup: "x" })), '"cgroup": "x"');
  assert.throws(() => parseManifest({ ...raw, recorder: { pid: "100" } }), /recorder.pid: "100"/);
});

test.run();
