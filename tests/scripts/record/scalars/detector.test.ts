/** What is read out of printed lines: one table of lines and scalars, then the memory between lines. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { detectorOf, found } from "./_reading.ts";

const test = suite("detector");

/** Lines, and the scalars in them as `key@step=value`. */
const TABLE: [string[], string[]][] = [
  // Guild's default rule: a whole line, one word, a colon
  [["loss: 0.25"], ["loss@0=0.25"]],
  [["latency_p50_ms: 3.1"], ["latency_p50_ms@0=3.1"]],
  [["  accuracy:   0.9   "], ["accuracy@0=0.9"]],
  [["loss: 1.5e-3 (best so far)"], ["loss@0=0.0015"]],
  [
    ["loss: 0.5 (step 300)", "acc: 0.7 (400)"],
    ["loss@300=0.5", "acc@400=0.7"],
  ],
  [["loss: nan"], ["loss@0=NaN"]],
  [["loss: -inf"], ["loss@0=-Infinity"]],
  [["grad: +Infinity"], ["grad@0=Infinity"]],
  [["x: .5"], ["x@0=0.5"]],
  [
    ["loss: 3", "loss: 2", "loss: 1"],
    ["loss@0=3", "loss@1=2", "loss@2=1"],
  ],
  [
    ["loss: 3", "acc: 0.1", "loss: 2", "acc: 0.2"],
    ["loss@0=3", "acc@0=0.1", "loss@1=2", "acc@1=0.2"],
  ],
  [["step: 5", "loss: 0.3"], ["loss@5=0.3"]],
  [
    ["epoch: 2", "loss: 0.3", "epoch: 3", "loss: 0.2"],
    ["loss@2=0.3", "loss@3=0.2"],
  ],
  // key=value
  [["loss=0.5"], ["loss@0=0.5"]],
  [["step=1200 loss=0.332 lr=3.0e-04 tok/s=15230"], ["loss@1200=0.332", "lr@1200=0.0003", "tok/s@1200=15230"]],
  [["loss = 0.25, acc = 0.9"], ["loss@0=0.25", "acc@0=0.9"]],
  // epoch 3 … loss 0.12
  [["epoch 3 loss 0.4132"], ["loss@3=0.4132"]],
  [["epoch 3/20 train/loss 0.123 val/acc 0.95"], ["train/loss@3=0.123", "val/acc@3=0.95"]],
  [["Epoch 3: loss=0.12, acc=0.9"], ["loss@3=0.12", "acc@3=0.9"]],
  [["Epoch [3/10] - loss: 0.12 - val_loss: 0.3"], ["loss@3=0.12", "val_loss@3=0.3"]],
  [["Epoch 7 | train loss 0.5 | val loss 0.6"], ["train loss@7=0.5", "val loss@7=0.6"]],
  [["step 250: train loss 2.0512, val loss 2.1201"], ["train loss@250=2.0512", "val loss@250=2.1201"]],
  [["Iteration 2, loss = 0.72602710"], ["loss@2=0.7260271"]],
  [["step 31 loss nan"], ["loss@31=NaN"]],
  [["epoch 7 val acc: 91.2%"], ["val acc@7=91.2"]],
  [["Epoch [3/10], Step [100/600], Loss: 0.2412"], ["Loss@100=0.2412"]],
  [["global_step 900 step 3 loss 0.1"], ["loss@900=0.1"]],
  [["2026-11-23 18:30:33,120 - INFO - epoch 2 loss 0.3"], ["loss@2=0.3"]],
  [["[2026-11-23 18:30:33] [INFO] epoch 2: loss 0.3"], ["loss@2=0.3"]],
  [["Epoch 1/2", "loss: 0.6"], ["loss@1=0.6"]],
  [["Test loss: 0.67"], ["Test loss@0=0.67"]],
  [["Model saved with accuracy: 0.9"], ["accuracy@0=0.9"]],
  // JSON lines
  [['{"step": 5, "loss": 0.3, "meta": {"lr": 0.001}}'], ["loss@5=0.3", "meta/lr@5=0.001"]],
  [['{"epoch": 0.5, "custom": 7}'], ["custom@0.5=7"]],
  [['{"loss": NaN, "step": 1, "big": -Infinity}'], ["loss@1=NaN", "big@1=-Infinity"]],
  [['{"event": "done", "accuracy": 0.97}'], ["accuracy@0=0.97"]],
  [['{"loss": 0.3, "text": "a: NaN, b"}'], ["loss@0=0.3"]],
  [["{'loss': '0.6955', 'epoch': '0.5'}"], ["loss@0.5=0.6955"]],
  [["{'eval_loss': 0.69, 'eval_runtime': 0.0022, 'epoch': 2.0}"], ["eval_loss@2=0.69", "eval_runtime@2=0.0022"]],
  // what a terminal is told besides
  [["\u001b[32mepoch 1\u001b[0m \u001b[1mloss: 0.5\u001b[0m"], ["loss@1=0.5"]],
  // never
  [["2026-11-23 18:30:33 starting run"], []],
  [["Listening on 127.0.0.1:8080"], []],
  [["seed: 42", "pid: 1234", "port: 8080", "version: 1.2", "epochs: 3", "batch_size: 32"], []],
  [["Using seed: 42"], []],
  [["torch==2.15.0", "numpy 1.26.4", "python: 3.11.7"], []],
  [["time: 18:30:33", "date: 2026-11-23", "started=2026-11-23"], []],
  [["path: /data/1/2", "loss: ./out/3", "log=/tmp/3/x"], []],
  [["Saving checkpoint to /data/ckpt/step-1000.pt"], []],
  [['  File "train.py", line 12, in <module>', "Traceback (most recent call last):"], []],
  [["RuntimeError: CUDA out of memory. Tried to allocate 2.00 GiB (GPU 0; 79.15 GiB total capacity)"], []],
  [["eta: 0:05:11", "Elapsed time: 12.3s", "ETA 3"], []],
  [["epochs: 20, batch size: 32, workers=4"], []],
  [["commit 3f2a9c1d version 1.2.3"], []],
  [["step size 0.1 is used for 20 steps"], []],
  [["Accuracy: 9823/10000 (98%)"], ["Accuracy (n/10000)@0=9823"]],
  [["Done: 9823/10000"], []],
  [["", " ", "---", "100%|####|"], []],
];

for (const [lines, expected] of TABLE) {
  test(JSON.stringify(lines.length === 1 ? lines[0] : lines), () => {
    assert.equal(found([], lines), expected);
  });
}

test("flags that are printed are no scalars, but a learning rate beside a step is", () => {
  assert.equal(found(["lr", "--hidden"], ["lr: 0.1", "hidden: 32", '{"lr": 0.1}']), []);
  assert.equal(found(["lr"], ["epoch 1 lr 0.1 loss 0.5"]), ["lr@1=0.1", "loss@1=0.5"]);
});

test("an unknown key counts when it comes again at another step, and then from its first value on", () => {
  assert.equal(found([], ["step=1 foo=2"]), []);
  assert.equal(found([], ["step=1 foo=2", "step=1 foo=2"]), []);
  assert.equal(found([], ["step=1 foo=2", "step=2 foo=3", "step=3 foo=4"]), ["foo@1=2", "foo@2=3", "foo@3=4"]);
  const detector = detectorOf();
  detector.line("step=1 foo=2", 10);
  assert.equal(
    detector.line("step=2 foo=3", 20).scalars.map(({ t }) => t),
    [10, 20],
  );
});

test("a step word moves the lines after it; the finest word counts", () => {
  assert.equal(found([], ["epoch 1", "step 100 loss 0.5", "epoch 2", "acc: 0.9"]), ["loss@100=0.5", "acc@100=0.9"]);
});

test("batches that start anew in each epoch go on counting, and do not place what is said per epoch", () => {
  const lines = [
    "Epoch [1/2], Step [600/600], Loss: 0.3",
    "epoch 1 val_acc 0.8",
    "Epoch [2/2], Step [600/600], Loss: 0.2",
    "epoch 2 val_acc 0.9",
  ];
  assert.equal(found([], lines), ["Loss@600=0.3", "val_acc@1=0.8", "Loss@1200=0.2", "val_acc@2=0.9"]);
});

test("epochs are events once each, at the step where they begin; evaluations are events", () => {
  const detector = detectorOf();
  const events = ["epoch 1 loss 0.5", "epoch 1 acc 0.9", "val/acc: 0.8", "epoch 2 loss 0.4"].flatMap(
    (line, i) => detector.line(line, i * 1e6).events,
  );
  assert.equal(events, [
    { step: 1, t: 0, kind: "epoch", detail: "1" },
    { step: 1, t: 2, kind: "eval", detail: "val/acc" },
    { step: 2, t: 3, kind: "epoch", detail: "2" },
  ]);
});

test("no line is slow, whatever it holds", () => {
  const long = [
    "a ".repeat(2000),
    `step${" ".repeat(3990)}x`,
    "a=1 ".repeat(1000),
    "loss 1".repeat(600),
    "1".repeat(4000),
    "a:".repeat(2000),
  ];
  const braces = [
    `{${"[".repeat(3998)}}`,
    `{'a': '${"'".repeat(3000)}}`,
    "nan".repeat(1300),
    "step 1 ".repeat(570),
    "2026-".repeat(800),
  ];
  for (const line of [...long, ...braces]) {
    const detector = detectorOf();
    const begin = performance.now();
    detector.line(line, 0);
    assert.ok(performance.now() - begin < 250, line.slice(0, 20));
  }
});

test("only the first 4,000 characters of a line are looked at", () => {
  assert.equal(found([], [`${"x".repeat(3000)} ${"y".repeat(985)} loss: 0.123456789 epoch 1`]), []);
  assert.equal(found([], [`loss: 0.5 (${"x".repeat(9000)})`]), ["loss@0=0.5"]);
  assert.equal(found([], [`epoch 1 loss 0.5 ${"x".repeat(9000)}`]), ["loss@1=0.5"]);
});

test.run();
