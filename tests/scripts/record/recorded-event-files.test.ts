/** Event files on their way through the whole recorder: found, followed, believed, restarted, refreshed. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { refresh } from "../../../scripts/record/refresh.ts";
import { decodeNumber, type RawNumber } from "../../../src/run/numbers.ts";
import { program, recorded, removeFolders, runWrapped } from "./_wrapped.ts";

const test = suite("recorded event files");
test.after(removeFolders);

const expected = JSON.parse(readFileSync(join(import.meta.dirname, "../../fixtures/event-files/EXPECTED.json"), "utf8")) as {
  torch: { scalars: Record<string, [wall: number, step: number, value: RawNumber][]> };
}; // made by make.py

test("what TensorBoard would show is what the record shows, though the same tag was printed and the program began again", async () => {
  const { root } = await runWrapped(program("restarts.mjs"));
  const { run, series, events, runDir, contentDir, manifest, id } = recorded(root);
  for (const [tag, rows] of Object.entries(expected.torch.scalars)) {
    const shown = series.find((one) => one.tag === tag)!;
    assert.equal(
      shown.steps,
      rows.map(([, step]) => step),
    );
    const values = rows.map(([, , value]) => decodeNumber(value));
    assert.equal(
      shown.last.map((value) => value.toPrecision(6)),
      values.map((value) => value.toPrecision(6)),
    );
    assert.is(run.scalars[tag]!.source, "events");
    assert.is(run.scalars[tag]!.count, rows.length);
    assert.is(run.scalars[tag]!.last.value, values.at(-1));
    assert.is(run.scalars[tag]!.nonFinite, values.filter((value) => !Number.isFinite(value)).length);
  }
  assert.is(run.scalars["grad_norm"]!.source, "out", "what only the text tells stays");
  assert.ok(run.scalars["weights/p50"]);
  assert.ok(events.some(({ kind, step }) => kind === "restart" && step === 6));
  assert.equal(manifest.warnings, []);

  const log = readFileSync(join(runDir, ".guild/scalars.jsonl"), "utf8");
  assert.match(log, '"k":"loss","v":103,"step":3,"src":"out"');
  assert.match(log, '"k":"loss","v":0.10000000149011612,"step":9,"src":"events"');
  assert.match(log, /"k":"loss","void":6,"src":"events"/);

  const files = () => readdirSync(contentDir).filter((name) => /\.(json|txt)$/.test(name));
  const text = () => Object.fromEntries(files().map((name) => [name, readFileSync(join(contentDir, name), "utf8")]));
  const before = text();
  await refresh(root, id);
  assert.equal(text(), before, "rebuilt from the log it is the same");
});

test("a record with a wrong checksum is passed over, and the run says so", async () => {
  const { root, code } = await runWrapped(program("restarts.mjs", "broken"));
  const { run, manifest } = recorded(root);
  assert.is(code, 0);
  assert.is(manifest.warnings.length, 1);
  assert.match(
    manifest.warnings[0]!,
    /events\.out\.tfevents\.1795458986\.host\.1\.0 could not be read \(record 3: wrong checksum\)/,
  );
  assert.is(run.scalars.loss!.count + run.scalars["val/acc"]!.count, 23);
});

test.run();
