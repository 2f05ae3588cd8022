/** Checks the scanned digits, scales their ink to 0..1 and deals them out to train, val and test. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { drawContactSheet } from "./contact-sheet.ts";
import { classCount, type Digit, parseScans } from "./digits.ts";
import { parsePrepareFlags } from "./flags.ts";
import { formatPrepared, normalise, preparedPath } from "./prepared.ts";
import { outputDirectory, runProgram } from "./program.ts";
import { seededRandom } from "./random.ts";
import { parts, stratifiedSplit } from "./split.ts";

const source = new URL("data/digits.csv.gz", import.meta.url);

await runProgram("prepare", async () => {
  const { seed } = parsePrepareFlags(process.argv.slice(2));
  const scans = parseScans(gunzipSync(readFileSync(source)).toString("utf8"));
  console.log(`checked ${scans.length} images of 8×8 with 17 shades of ink, ${classCount} classes`);

  const split = stratifiedSplit(normalise(scans), seededRandom(seed));
  mkdirSync(dirname(preparedPath), { recursive: true });
  // The folder ignores itself: prepared data is made anew on each machine, never committed.
  writeFileSync(join(dirname(preparedPath), ".gitignore"), "*\n");
  writeFileSync(preparedPath, formatPrepared(split));

  const directory = outputDirectory();
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, "samples.png"), await drawContactSheet(samples(split.train)));

  console.log(JSON.stringify(Object.fromEntries(parts.map((part) => [`${part}/images`, split[part].length]))));
  console.log(
    JSON.stringify({
      "train/ink_mean": meanInk(split.train),
      "val/ink_mean": meanInk(split.val),
      "test/ink_mean": meanInk(split.test),
    }),
  );
  console.log(`wrote ${preparedPath}`);
});

/** Ten of each class, a row for each: spread over the file, whose neighbours come from the same hand. */
function samples(digits: readonly Digit[]): { pixels: Float64Array; caption: string }[] {
  return Array.from({ length: classCount }, (_, label) => {
    const ofClass = digits.filter((digit) => digit.label === label);
    const picked = Array.from({ length: 10 }, (_, i) => ofClass[Math.floor((i * ofClass.length) / 10)]!);
    return picked.map(({ pixels }) => ({ pixels, caption: String(label) }));
  }).flat();
}

/** Were the parts dealt fairly? Then their mean ink is nearly the same. */
function meanInk(digits: readonly Digit[]): number {
  let sum = 0;
  for (const { pixels } of digits) for (const ink of pixels) sum += ink / pixels.length;
  return Number((sum / digits.length).toFixed(4));
}
