import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { refresh } from "../../../../scripts/record/refresh.ts";
import { emptyFolder, program, recorded, removeFolders, runWrapped } from "../_wrapped.ts";

const test = suite("foreign-files");
test.after(removeFolders);

const values = (root: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(recorded(root).run.scalars).map(([tag, { count, first, last, source }]) => [
      tag,
      `${source}: ${count} from ${first.step} to ${last.step}`,
    ]),
  );

test("event files anywhere under RUN_DIR are read; Keras' train and validation are folded back", async () => {
  const { root } = await runWrapped(program("measure.mjs", "keras"));
  assert.equal(values(root), {
    "train/epoch_loss": "events: 5 from 0 to 4",
    "validation/epoch_loss": "events: 5 from 0 to 4",
  });
  assert.ok(recorded(root).events.some(({ kind, detail }) => kind === "eval" && detail === "validation/epoch_loss"));
});

test("torch: scalars of two files, quantiles, pictures as thumbnails, flags; refresh makes the same record", async () => {
  const { root } = await runWrapped(program("measure.mjs", "torch"));
  const { id, run, contentDir, events } = recorded(root);
  assert.is(run.scalars.loss!.source, "events");
  assert.is(run.scalars.loss!.count, 12, "the restart voids what came after it");
  assert.ok(run.scalars["weights/p50"]!.count > 0);
  assert.ok(Object.keys(run.flags).length > 0, "hparams are flags");
  assert.ok(events.some(({ kind }) => kind === "restart"));
  assert.ok(events.some(({ kind, detail }) => kind === "nan" && detail === "loss"));
  const newest = Math.max(...events.filter(({ kind }) => kind === "image").map(({ step }) => step ?? 0));
  const [thumbnail] = recordedImages(contentDir);
  assert.match(thumbnail!, new RegExp(`^digit-step-${newest}\\.webp$`));
  const names = ["run.json", "series.json", "events.json"];
  const before = names.map((name) => readFileSync(join(contentDir, name), "utf8"));
  rmSync(contentDir, { recursive: true });
  await refresh(root, id);
  for (const [index, name] of names.entries()) assert.fixture(readFileSync(join(contentDir, name), "utf8"), before[index]!, name);
  assert.equal(recordedImages(contentDir), [thumbnail]);
});

test("event files in ./runs that the command's own process wrote are read, and nobody else's", async () => {
  const { root } = await runWrapped(program("measure.mjs", "default"));
  const id = recorded(root, runId(root)).id;
  const { run } = recorded(root, id);
  assert.is(run.scalars.loss!.count, 5);
  assert.ok(run.outside.some((path) => path.startsWith("runs/Nov23_19-01-19_host/")));
});

test("a record with a wrong checksum is left out, counted in run.json and said", async () => {
  const { root, stderr } = await runWrapped(program("measure.mjs", "damaged"));
  const { run, manifest } = recorded(root);
  assert.equal([run.scalars.loss!.count, run.scalars.loss!.last.step], [2, 3]);
  assert.equal(Object.values(run.notRead!), [1]);
  assert.match(stderr, /guild: One place of tb\/events\S+ could not be read \(.*checksum.*\); the rest was/);
  assert.ok(manifest.warnings.some((warning) => warning.includes("could not be read")));
});

test("tables, JSON lines and trainer_state.json win over what is printed", async () => {
  const { root } = await runWrapped(program("measure.mjs", "print", "tables"));
  const found = values(root);
  assert.is(found.train_loss, "file: 22 from 4 to 109");
  assert.is(found["trainer_state/train_loss"], "file: 1 from 60 to 60", "two tables with the same name for a tag");
  assert.is(found.reward, "file: 2 from 1 to 2");
  assert.is(found.loss, "file: 12 from 5 to 60");
  assert.is(found.eval_loss, "file: 3 from 20 to 60", "each checkpoint holds the history of the one before");
  const { run, events } = recorded(root);
  assert.is(run.scalars.epoch, undefined, "a column that only counts");
  assert.ok(events.some(({ kind }) => kind === "epoch"));
});

test("a table elsewhere is read while it is held open; an older one from the size that it had", async () => {
  const root = emptyFolder();
  const elsewhere = emptyFolder();
  writeFileSync(join(root, "old.csv"), "step,old\n1,10\n2,20\n");
  await runWrapped(program("measure.mjs", "open"), { root, env: { ELSEWHERE: elsewhere } });
  assert.equal(values(root), { old: "file: 1 from 3 to 3", loss: "file: 2 from 1 to 2" });
});

test("one table written twice, as CSV and as JSON lines, is one", async () => {
  const { root } = await runWrapped(program("measure.mjs", "twice"));
  assert.equal(values(root), { reward: "file: 2 from 256 to 512" });
});

test("a file elsewhere that is open and stays empty until the end is read all the same", async () => {
  const root = emptyFolder();
  const elsewhere = emptyFolder();
  await runWrapped(program("measure.mjs", "late"), { root, env: { ELSEWHERE: elsewhere } });
  assert.equal(values(root), { loss: "events: 3 from 0 to 2" });
});

function recordedImages(contentDir: string): string[] {
  return readdirSync(join(contentDir, "images")).sort();
}

/** The recorded run: TensorBoard's default folder stands beside it. */
function runId(root: string): string {
  return readdirSync(join(root, "content", "runs"))[0]!;
}

test.run();
