/** The documentation of the format and what is really written name the same keys. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { scanProbes } from "../../../scripts/probes/_scan.ts";
import { program, recorded, removeFolders, runWrapped } from "./_wrapped.ts";

const test = suite("run-format");
test.after(removeFolders);

const document = readFileSync(join(import.meta.dirname, "../../../content/docs/run-format.md"), "utf8");

/** Words in code, also those in lists (`code a b`) and objects (`{pid, start}`). */
const named = new Set([...document.matchAll(/`([^`\n]+)`/g)].flatMap((match) => (match[1] ?? "").split(/[^\w/.*-]+/)));

test("every key of every file that a run writes is documented", async () => {
  const { root } = await runWrapped(program("train.mjs"));
  const { contentDir, runDir, run } = recorded(root);
  const json = (...path: string[]): object => JSON.parse(readFileSync(join(...path), "utf8"));
  const lines = (...path: string[]): object[] =>
    readFileSync(join(...path), "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
  const objects = [
    json(contentDir, "run.json"),
    ...Object.values(run.scalars),
    ...run.files,
    run.code,
    json(runDir, ".guild", "run.json"),
    json(root, "content", "environments", `${run.environment}.json`),
    ...lines(runDir, ".guild", "events.jsonl"),
    ...(["series.json", "system.json"] as const).flatMap((name) => {
      const file = json(contentDir, name) as { series: object[] };
      return [file, ...file.series];
    }),
  ];
  const keys = new Set(objects.flatMap((object) => Object.keys(object)));
  assert.equal(
    [...keys].filter((key) => !named.has(key)),
    [],
  );
  for (const folder of [contentDir, join(runDir, ".guild")]) {
    for (const name of readdirSync(folder)) assert.ok(document.includes(name), `${name} is not documented`);
  }
});

test("every system tag is documented with its unit", async () => {
  const { probes } = await scanProbes();
  for (const [tag, unit] of Object.values(probes).flatMap((probe) => Object.entries(probe.tags))) {
    const shown = tag.replace("{}", "<name>");
    const row = document.split("\n").find((line) => line.startsWith("| `") && rowTags(line).includes(shown));
    assert.ok(row, `${shown} is not documented`);
    assert.match(row, `\`${unit}\``, shown);
  }
});

/** The tags of a table row; `…/rest` continues the folder of the tag before. */
function rowTags(row: string): string[] {
  const tags = [...(row.split("|")[1] ?? "").matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? "");
  return tags.map((tag) => (tag.startsWith("…") ? (tags[0] ?? "").replace(/\/[^/]+$/, tag.slice(1)) : tag));
}

test.run();
