import type { Manifest } from "../../../src/run/manifest.ts";
import { plainRun } from "./_plain-run.ts";

/** The private manifest of the plain run. */
export function plainManifest(): Manifest {
  return {
    ...plainRun(),
    recorder: { pid: 100, start: "5000" },
    child: { pid: 101, start: "5001" },
    bootId: "b00t",
    host: "workshop",
    root: "/home/ada/digits",
    cwd: "/home/ada/digits",
    runDir: "/home/ada/digits/runs/20261123T190119-7f3a",
    argv: ["python3", "train.py", "--out", "/home/ada/digits/runs/20261123T190119-7f3a", "--lr", "0.1"],
    sharedOutput: true,
    survivors: [],
    warnings: [],
    guildhall: "0.1.0",
  };
}
