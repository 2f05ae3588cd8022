import { readFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { scanProbes } from "../../../scripts/probes/_scan.ts";
import { SYSTEM_NAMES } from "../../../src/run/system-names.ts";

const test = suite("system-names");

const FACTORS: Record<string, number> = { "1": 1, "100": 100, "1/1024²": 1024 ** -2, "1/1024³": 1024 ** -3, "1/1000²": 1e-6 };

test("the documentation shows every name and factor, and no other", () => {
  const document = readFileSync(join(import.meta.dirname, "../../../content/docs/system-statistics.md"), "utf8");
  const rows = document
    .slice(document.indexOf("## Names elsewhere"))
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .map((line) => line.split("|").map((cell) => cell.replaceAll("`", "").trim()));
  const shown = rows.map(([, tag = "", wandb = "", ofWandb = "", mlflow = "", ofMlflow = ""]) => ({
    tag,
    wandb: wandb === "" ? null : { name: wandb, factor: FACTORS[ofWandb] },
    mlflow: mlflow === "" ? null : { name: mlflow, factor: FACTORS[ofMlflow] },
  }));
  assert.equal(shown, SYSTEM_NAMES);
});

test("every tag is one that a probe gives; no two have one name", async () => {
  const { probes } = await scanProbes();
  const tags = new Set(Object.values(probes).flatMap((probe) => Object.keys(probe.tags)));
  assert.equal(
    SYSTEM_NAMES.filter(({ tag }) => !tags.has(tag)),
    [],
  );
  for (const other of ["wandb", "mlflow"] as const) {
    const names = SYSTEM_NAMES.flatMap((row) => row[other]?.name ?? []);
    assert.is(new Set(names).size, names.length);
  }
});

test.run();
