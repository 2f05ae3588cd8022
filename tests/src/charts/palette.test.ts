import { readFileSync } from "node:fs";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { GROUND, PALETTE } from "../../../src/charts/palette.ts";
import { ciede2000, contrast, distance, VISION } from "./color-vision.ts";

const test = suite("palette");
const THEMES = ["light", "dark"] as const;

test("the measure itself agrees with published pairs", () => {
  // Sharma, Wu & Dalal 2005, table 1, pairs 1, 7, 17 and 25.
  const pairs: [[number, number, number], [number, number, number], number][] = [
    [[50, 2.6772, -79.7751], [50, 0, -82.7485], 2.0425],
    [[50, 0, 0], [50, -1, 2], 2.3669],
    [[50, 2.5, 0], [73, 25, -18], 27.1492],
    [[60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644],
  ];
  for (const [a, b, expected] of pairs) assert.ok(Math.abs(ciede2000(a, b) - expected) < 5e-5, `${a} ${b}`);
});

for (const theme of THEMES) {
  test(`${theme}: every colour has 3:1 with the paper`, () => {
    for (const color of PALETTE[theme]) {
      const ratio = contrast(color, GROUND[theme].paper);
      assert.ok(ratio >= 3, `${color} has ${ratio.toFixed(2)}`);
    }
  });

  for (const vision of Object.keys(VISION)) {
    test(`${theme}: colours are apart in ${vision} vision`, () => {
      PALETTE[theme].forEach((a, i) => {
        PALETTE[theme].slice(0, i).forEach((b) => {
          const least = i < 6 ? 10 : 8;
          const apart = distance(a, b, vision);
          assert.ok(apart >= least, `${a} and ${b}: ${apart.toFixed(1)}, wanted ${least}`);
        });
      });
    });
  }
}

test("the style sheets say the same colours", () => {
  const chart = readFileSync(new URL("../../../src/styles/chart.css", import.meta.url), "utf8");
  const base = readFileSync(new URL("../../../src/styles/base.css", import.meta.url), "utf8");
  const pair = (css: string, name: string) => new RegExp(`--${name}: light-dark\\((#\\w+), (#\\w+)\\)`).exec(css)?.slice(1);
  PALETTE.light.forEach((color, slot) => {
    assert.equal(pair(chart, `series-${slot}`), [color, PALETTE.dark[slot]]);
  });
  for (const [key, name] of Object.entries({
    paper: "paper",
    wash: "wash",
    ink: "ink",
    soft: "soft",
    faint: "faint",
    rule: "rule",
    strong: "rule-strong",
  })) {
    const ground = key as keyof typeof GROUND.light;
    assert.equal(pair(base, name), [GROUND.light[ground], GROUND.dark[ground]], name);
  }
});

test.run();
