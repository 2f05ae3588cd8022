import type { Run } from "../../../src/run/types.ts";

/** A completed run with every field filled in. */
export function plainRun(): Run {
  return {
    schema: 1,
    id: "20261123T190119-7f3a",
    operation: "train",
    model: "softmax",
    command: ["python3", "train.py", "--out", "$" + "{RUN_DIR}", "--lr", "0.1"],
    flags: { lr: 0.1, layers: [1, 2], fast: true, note: "ü", none: null },
    label: "lr=0.1",
    tags: ["baseline"],
    status: "completed",
    exitCode: 0,
    signal: null,
    started: "2026-11-23T19:01:19.123Z",
    stopped: "2026-11-23T19:01:29.123Z",
    durationSeconds: 10,
    scalars: {
      loss: {
        count: 2,
        first: { step: 0, value: 1 },
        last: { step: 1, value: 0.1 + 0.2 },
        min: { step: 1, value: 0.3 },
        max: { step: 0, value: 1 },
        mean: 0.65,
        nonFinite: 0,
        unit: "1",
        source: "out",
      },
    },
    system: {},
    derived: null,
    environment: "0123456789abcdef",
    code: { commit: "3f2a1c0", branch: "main", dirty: false, digest: "abc" },
    data: { digest: "d1", sources: ["data/digits.csv"] },
    files: [{ path: "model.json", bytes: 12, sha256: "00" }],
    outside: [],
    parents: { prepare: "20261123T180000-0001" },
    sweep: null,
    updated: "2026-11-23T19:01:29.123Z",
    intervalSeconds: 1,
    source: { kind: "record" },
    starred: false,
    hidden: false,
  };
}
