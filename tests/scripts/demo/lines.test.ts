/** What the demo prints is what the recorder reads: no number is lost, none is made up. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { epochReporter } from "../../../scripts/demo/progress.ts";
import { detectorOf } from "../record/scalars/_reading.ts";

const flags = ["batch", "epochs", "hidden", "lr", "model", "seed"];
const step = { images: 10, lossSum: 5, right: 4, gradientNorm: 0.25 };

function read(lines: readonly string[]): string[] {
  const detector = detectorOf(flags);
  return lines.flatMap((line, t) => detector.line(line, t).scalars.map(({ k, v, step: at }) => `${k}@${at}=${v}`));
}

test("lines of steps and epochs become scalars at the step where they were printed", () => {
  const lines: string[] = [];
  let time = 0;
  const clock = () => {
    time += 100;
    return time;
  };
  const report = epochReporter(2, 2, (line: string) => lines.push(line), clock);
  for (const epoch of [1, 2]) {
    report.step(step);
    report.step(step);
    report.epoch(epoch, { loss: epoch === 1 ? 0.5 : Number.NaN, accuracy: 0.75, predictions: [] });
  }
  const stepAt = (at: number) => [`batch/loss@${at}=0.5`, `grad/norm@${at}=0.25`, `examples/s@${at}=100`];
  const trained = (at: number) => [`train/loss@${at}=0.5`, `train/acc@${at}=0.4`];
  assert.equal(read(lines), [
    ...stepAt(1),
    ...stepAt(2),
    ...trained(2),
    "val/loss@2=0.5",
    "val/acc@2=0.75",
    ...stepAt(3),
    ...stepAt(4),
    ...trained(4),
    "val/loss@4=NaN",
    "val/acc@4=0.75",
  ]);
});

test("sentences with numbers in them are no scalars", () => {
  const sentences = [
    "training mlp with 9610 parameters on 1079 images, checking it on 359",
    "saved checkpoint-0016.json",
    "mistakes.png shows 7 wrong answers, 30 more left out",
    "reading 359 test images with checkpoint-0080.json, trained for 80 epochs",
    "the loss is NaN: a learning rate of 100 is too large",
    "checked 1797 images of 8×8 with 17 shades of ink, 10 classes",
    "train: a batch of 4096 images is more than the 1079 that there are to train on",
  ];
  for (const sentence of sentences) assert.equal(read([sentence, sentence]), [], sentence);
});

test("one-off results are kept", () => {
  assert.equal(read(["test_acc: 0.9721", "latency_p50_ms: 0.0199", "train_images: 1079"]), [
    "test_acc@0=0.9721",
    "latency_p50_ms@0=0.0199",
    "train_images@0=1079",
  ]);
});

test.run();
