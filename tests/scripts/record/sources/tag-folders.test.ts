import { suite } from "uvu";
import * as assert from "uvu/assert";
import { makeTagFolders } from "../../../../scripts/record/sources/tag-folders.ts";

const test = suite("tag-folders");

/** The run's tags of `path: tag` pairs, placed in their order. */
function tags(files: readonly (readonly [path: string, tag: string])[], format = "event-file"): string[] {
  const folders = makeTagFolders();
  return files.map(([path, tag]) => folders.place(path, format).tagOf(tag));
}
const event = "events.out.tfevents.1.host.2.0";

test("one writer has its own tags, however deep its folder lies", () => {
  assert.equal(tags([[`runs/Nov23_19-01-19_host/${event}`, "train/loss"]]), ["train/loss"]);
  assert.equal(tags([[`lightning_logs/version_0/${event}`, "loss"]]), ["loss"]);
  assert.equal(tags([[event, "loss"]]), ["loss"]);
});

test("several files of a folder are one", () => {
  assert.equal(
    tags([
      [`tb/${event}`, "loss"],
      [`tb/${event}1`, "loss"],
    ]),
    ["loss", "loss"],
  );
});

test("Keras' train/ and validation/ stand before the tag, in either order", () => {
  const expected = ["train/epoch_loss", "validation/epoch_loss"];
  for (const logs of ["logs/", ""]) {
    const pairs = [
      [`${logs}train/${event}.v2`, "epoch_loss"],
      [`${logs}validation/${event}.v2`, "epoch_loss"],
    ] as const;
    assert.equal(tags(pairs), expected);
    assert.equal(tags([...pairs].reverse()), [...expected].reverse());
  }
});

test("what a writer makes below its own folder is a sub-run", () => {
  assert.equal(
    tags([
      [`tb/${event}`, "loss"],
      [`tb/custom/${event}`, "loss"],
      [`tb/custom/deep/${event}`, "loss"],
    ]),
    ["loss", "custom/loss", "custom/deep/loss"],
  );
});

test("add_scalars: the folder's name ends with what was drawn together", () => {
  assert.equal(
    tags([
      [`tb/${event}`, "loss"],
      [`tb/both_acc_eval/${event}`, "both/acc"],
      [`tb/both_acc_eval_pct/${event}`, "both/acc"],
    ]),
    ["loss", "both/acc/eval", "both/acc/eval_pct"],
  );
});

test("hparams: a folder that is a time is none, and neither is one that tells flags", () => {
  assert.equal(
    tags([
      [`tb/${event}`, "loss"],
      [`tb/1795459001.123/${event}`, "hparam/acc"],
    ]),
    ["loss", "hparam/acc"],
  );
  const folders = makeTagFolders();
  folders.place(`tb/${event}`, "event-file");
  const place = folders.place(`tb/hp/${event}`, "event-file");
  place.unfold();
  assert.is(place.tagOf("hparam/acc"), "hparam/acc");
});

test("a second run beside the first is told by what differs", () => {
  assert.equal(
    tags([
      [`lightning_logs/version_0/${event}`, "loss"],
      [`lightning_logs/version_1/${event}`, "loss"],
      [`other/${event}`, "loss"],
    ]),
    ["loss", "version_1/loss", "other/loss"],
  );
});

test("places elsewhere are not below those of the run, and tell no path of the machine", () => {
  const folders = makeTagFolders();
  assert.is(folders.place("old.csv", "metrics-csv", "/project").tagOf("loss"), "loss");
  assert.is(folders.place("tmp/secret/logs/metrics.csv", "metrics-csv", "/").tagOf("loss"), "loss");
  assert.is(folders.place("data/me/other/metrics.csv", "metrics-csv", "/").tagOf("loss"), "other/loss");
});

test("tables: common names are no prefix, parts of the data are, and of others the second is", () => {
  assert.equal(
    tags(
      [
        ["metrics.csv", "loss"],
        ["training.log", "loss"],
        ["val.csv", "loss"],
        ["train.csv", "loss"],
        ["val_log.csv", "loss"],
        ["model_a.csv", "loss"],
        ["model_b.csv", "loss"],
      ],
      "metrics-csv",
    ),
    ["loss", "loss", "val/loss", "train/loss", "val/loss", "loss", "model_b/loss"],
  );
});

test("each checkpoint of Hugging Face's Trainer holds the same history", () => {
  const folders = makeTagFolders();
  const places = ["checkpoint-20/trainer_state.json", "checkpoint-40/trainer_state.json", "trainer_state.json"].map((path) =>
    folders.place(path, "trainer-state"),
  );
  assert.equal(
    places.map(({ tagOf }) => tagOf("loss")),
    ["loss", "loss", "loss"],
  );
  assert.is(new Set(places.map(({ folder }) => folder)).size, 1);
});

test.run();
