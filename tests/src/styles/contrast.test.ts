/** The page's colours, read off its style sheets: legible on every ground, in both themes. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const styles = join(import.meta.dirname, "../../../src/styles");
const themes = ["light", "dark"] as const;

/** `--name: light-dark(#a, #b)` as [#a, #b] by name. */
function colours(file: string): Map<string, [string, string]> {
  const css = readFileSync(join(styles, file), "utf8");
  const found = css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g);
  return new Map([...found].map(([, name = "", light = "", dark = ""]) => [name, [light, dark]]));
}

const base = colours("base.css");
const terminal = [...colours("parts.css").entries()].filter(([name]) => /^a\d+$/.test(name));

/** WCAG 2.2, relative luminance. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((channel) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

const test = suite("contrast");

test("the formula is the standard's", () => {
  assert.is(contrast("#000000", "#ffffff"), 21);
  assert.ok(Math.abs(contrast("#777777", "#ffffff") - 4.48) < 0.01);
});

for (const [at, theme] of themes.entries()) {
  const of = (name: string) => base.get(name)?.[at] ?? assert.unreachable(`no colour --${name}`) ?? "";

  test(`text has 4.5:1 on every ground it stands on: ${theme}`, () => {
    const faults: string[] = [];
    const check = (text: string, ground: string) => {
      const ratio = contrast(of(text), of(ground));
      if (ratio < 4.5) faults.push(`${text} on ${ground}: ${ratio.toFixed(2)}`);
    };
    for (const text of ["ink", "soft", "faint", "accent", "good", "bad", "warn", "live"])
      for (const ground of ["paper", "sheet"]) check(text, ground);
    for (const text of ["ink", "soft", "accent", "good", "bad", "warn", "live"]) check(text, "wash");
    for (const text of ["ink", "bad"]) check(text, "bad-wash");
    check("accent", "accent-wash");
    check("paper", "accent");
    assert.equal(faults, []);
  });

  test(`a terminal's sixteen colours can be read: ${theme}`, () => {
    assert.is(terminal.length, 16);
    const faint = terminal
      .map(([name, pair]) => [name, contrast(pair[at]!, of("sheet"))] as const)
      .filter(([, ratio]) => ratio < 4.5);
    assert.equal(faint, []);
  });
}

test.run();
