"""Writes runs of scalars with torch's SummaryWriter, or tensorboardX's where there is no torch: FOLDER RUNS TAGS STEPS."""

import math
import os
import sys

try:
    from torch.utils.tensorboard import SummaryWriter
except ImportError:
    from tensorboardX import SummaryWriter

folder, runs, tags, steps = sys.argv[1], *map(int, sys.argv[2:])
for run in range(runs):
    writer = SummaryWriter(os.path.join(folder, f"run{run:03d}"), max_queue=10000, flush_secs=3600)
    for step in range(steps):
        for tag in range(tags):
            name = f"layer{tag}/loss" if tag % 2 else f"train/metric_{tag}"
            writer.add_scalar(name, math.sin(step * 0.01 + tag) + run, step)
    writer.close()
