import sharp from "sharp";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { drawContactSheet, layOut, type Tile } from "../../../scripts/demo/contact-sheet.ts";

const dark: Tile = { pixels: new Float64Array(64).fill(1), caption: "1>7" };

/** How many cells of the sheet have ink, and how many have red in them. */
async function look(png: Buffer): Promise<{ inked: number; red: number }> {
  const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const cell = layOut(1);
  const found = { inked: 0, red: 0 };
  for (let top = 0; top < info.height; top += cell.height) {
    for (let left = 0; left < info.width; left += cell.width) {
      let inked = false;
      let red = false;
      for (let y = top; y < top + cell.height; y++) {
        for (let x = left; x < left + cell.width; x++) {
          const [r, g] = data.subarray((y * info.width + x) * 3);
          if (r! < 60) inked = true;
          if (r! > 150 && g! < 90) red = true;
        }
      }
      if (inked) found.inked++;
      if (red) found.red++;
    }
  }
  return found;
}

for (const [count, columns, rows] of [
  [1, 1, 1],
  [9, 9, 1],
  [10, 10, 1],
  [11, 10, 2],
  [60, 10, 6],
] as const) {
  test(`${count} digits stand on a sheet of ${columns} by ${rows}, each drawn once`, async () => {
    const { width, height } = layOut(count);
    assert.equal(layOut(count), { columns, rows, width, height });
    const png = await drawContactSheet(Array.from({ length: count }, () => dark));
    const { format, ...size } = await sharp(png).metadata();
    assert.equal([format, size.width, size.height], ["png", width, height]);
    assert.equal(await look(png), { inked: count, red: count });
  });
}

test("a caption without a mistake has no red, and one that cannot be written is a question mark", async () => {
  const plain = await drawContactSheet([{ ...dark, caption: "4" }]);
  assert.equal(await look(plain), { inked: 1, red: 0 });
  assert.equal(await drawContactSheet([{ ...dark, caption: "x" }]), await drawContactSheet([{ ...dark, caption: "?" }]));
});

test("the same digits give the same bytes", async () => {
  assert.equal(await drawContactSheet([dark, dark]), await drawContactSheet([dark, dark]));
});

test("there is no picture of nothing", async () => {
  try {
    await drawContactSheet([]);
    assert.unreachable("should have thrown");
  } catch (error) {
    assert.match(String(error), "no digits to draw");
  }
});

test.run();
