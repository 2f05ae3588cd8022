import { test } from "uvu";
import * as assert from "uvu/assert";
import { readCommand } from "../../../src/run/command.ts";

const commands: [string, string, number][] = [
  ["python3 train.py --lr 0.1", "train", 2],
  ["python -u -m pkg.train x", "train", 4],
  ["python3.11 -W ignore a/b/train_mnist.py", "train_mnist", 4],
  ["/usr/bin/python3 ./train.py", "train", 2],
  ["python -c print(1)", "python", 3],
  ["python", "python", 1],
  ["node --max-old-space-size=4000 scripts/train.ts", "train", 3],
  ["bash -ec 'x'", "bash", 3],
  ["bash train.sh", "train", 2],
  ["./train.sh", "train", 1],
  ["torchrun --nproc_per_node=4 --nnodes 2 train.py", "train", 5],
  ["accelerate launch --num_processes 2 train.py", "train", 5],
  ["uv run --with torch train.py", "train", 5],
  ["uv run python -m app.fit", "fit", 5],
  ["env A=1 CUDA_VISIBLE_DEVICES=0 python train.py", "train", 5],
  ["timeout 10m nice -n 5 python train.py", "train", 7],
  ["conda run -n lab python train.py", "train", 6],
  ["make all", "make", 1],
  ["a\\b\\train.exe", "train", 1],
  ["./my(model)v1.2", "my-model-v1.2", 1],
  ["...", "run", 1],
];

for (const [command, operation, argumentsFrom] of commands) {
  test(`"${command}" is ${operation}`, () => assert.equal(readCommand(command.split(" ")), { operation, argumentsFrom }));
}

test("an empty command is a run", () => assert.equal(readCommand([]), { operation: "run", argumentsFrom: 0 }));

test.run();
