import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const test = suite("small-heap");
const module = join(import.meta.dirname, "../../../scripts/record/small-heap.ts");

/** What the memory for young objects has grown to after much was made and thrown away, in bytes. */
function youngBytes(call: string): number {
  const program = `
    import { getHeapSpaceStatistics } from "node:v8";
    import { keepHeapSmall } from ${JSON.stringify(module)};
    ${call};
    let kept = [];
    for (let index = 0; index < 2e6; index += 1) { kept.push({ index }); if (kept.length > 1e5) kept = []; }
    console.log(getHeapSpaceStatistics().find(({ space_name }) => space_name === "new_space").space_size);`;
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", program], { encoding: "utf8" });
  assert.is(stderr, "");
  return Number(stdout);
}

test("the memory for young objects stays small; engines that were not tried are left alone", () => {
  const small = youngBytes("keepHeapSmall()");
  const usual = youngBytes("keepHeapSmall(99)");
  assert.ok(small * 4 <= usual, `${small} and ${usual} bytes`);
});

test.run();
