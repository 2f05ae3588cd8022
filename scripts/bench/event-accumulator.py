"""Reads all event files below a folder with TensorBoard's EventAccumulator, keeping every scalar, and prints one line of JSON
when they can be used: the peer in `npm run bench -- event-files`."""

import json
import os
import sys

from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

keep_all = {"scalars": 0, "tensors": 0, "images": 1, "histograms": 1, "compressedHistograms": 1, "audio": 1}
points = total = 0
kept = []
for name in sorted(os.listdir(sys.argv[1])):
    run = EventAccumulator(os.path.join(sys.argv[1], name), size_guidance=keep_all)
    run.Reload()
    kept.append(run)
    for tag in run.Tags()["scalars"]:
        scalars = run.Scalars(tag)
        points += len(scalars)
        total += scalars[-1].value
print(json.dumps({"runs": len(kept), "points": points, "sum": total}), flush=True)
