"""A real training on the processor, for so many seconds: prints a line a step, writes its steps and processor time to a file."""
import json
import resource
import sys
import time

import torch

seconds, report = float(sys.argv[1]), sys.argv[2]
torch.manual_seed(0)
torch.set_num_threads(1)
model = torch.nn.Sequential(
    torch.nn.Linear(256, 1024), torch.nn.ReLU(), torch.nn.Linear(1024, 1024), torch.nn.ReLU(), torch.nn.Linear(1024, 10)
)
optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
batches = [(torch.randn(256, 256), torch.randint(0, 10, (256,))) for _ in range(32)]


def step(number):
    inputs, labels = batches[number % len(batches)]
    loss = torch.nn.functional.cross_entropy(model(inputs), labels)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()


for number in range(50):
    step(number)
usage = resource.getrusage(resource.RUSAGE_SELF)
began, cpu, steps = time.monotonic(), usage.ru_utime + usage.ru_stime, 0
while time.monotonic() - began < seconds:
    loss = step(steps)
    steps += 1
    print(f"step {steps} loss {loss:.4f}", flush=True)
usage = resource.getrusage(resource.RUSAGE_SELF)
with open(report, "w") as file:
    json.dump({"steps": steps, "cpu": usage.ru_utime + usage.ru_stime - cpu, "wall": time.monotonic() - began}, file)
