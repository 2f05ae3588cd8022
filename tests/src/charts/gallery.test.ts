import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { render } from "../../../src/charts/line.ts";
import { DEFAULT_STATE } from "../../../src/views/chart-state.ts";
import { lineChart } from "../../../src/views/line-chart.ts";
import type { Example } from "./gallery/_make.ts";

/*
 * One file of gallery/ is one concept, and its picture is tests/output/charts/<name>.svg. A new picture is written, a
 * changed one is laid beside the old as <name>-changed.svg: look at both, then keep one. CI writes nothing.
 */
const test = suite("gallery of line charts");
const gallery = new URL("gallery/", import.meta.url);
const pictures = new URL("../../output/charts/", import.meta.url);

const names = readdirSync(gallery)
  .filter((file) => !file.startsWith("_"))
  .map((file) => file.replace(/\.ts$/, ""));

for (const name of names) {
  test(name.replaceAll("-", " "), async () => {
    const { default: example } = (await import(new URL(`${name}.ts`, gallery).href)) as { default: Example };
    const data = new Map(example.data.map((one) => [one.id, one]));
    const model = lineChart(example.spec, data, { ...DEFAULT_STATE, ...example.state });
    const svg = render(model, { width: example.width ?? 760, height: 220, theme: example.theme ?? "light" });
    const golden = new URL(`${name}.svg`, pictures);
    const changed = new URL(`${name}-changed.svg`, pictures);
    if (!existsSync(golden)) {
      assert.ok(!process.env.CI, `no picture of ${name}: run this test outside CI, look at it and commit it`);
      writeFileSync(golden, svg);
      console.log(`! wrote ${name}.svg`);
    }
    const expected = readFileSync(golden, "utf8");
    if (svg === expected) rmSync(changed, { force: true });
    else if (!process.env.CI) writeFileSync(changed, svg);
    assert.is(firstDifference(svg, expected), null, `${name} is drawn differently: compare ${name}.svg with ${name}-changed.svg`);
    assert.not.match(svg, /NaN[^ ,.<>]|undefined|Infinity|null/, "a number did not arrive in the drawing");
  });
}

/** The first line that differs, cut short: lines hold whole curves. */
function firstDifference(actual: string, expected: string): string | null {
  if (actual === expected) return null;
  const lines = expected.split("\n");
  const at = actual.split("\n").findIndex((line, i) => line !== lines[i]);
  return `line ${at + 1}: ${actual.split("\n")[at]?.slice(0, 120)} … instead of ${lines[at]?.slice(0, 120)} …`;
}

test("every picture has its example", () => {
  const orphans = readdirSync(pictures).filter((file) => !names.includes(file.replace(/(-changed)?\.svg$/, "")));
  assert.equal(orphans, []);
});

test.run();
