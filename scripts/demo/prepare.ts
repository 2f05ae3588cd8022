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
const sampleRows = 7;

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

  for (const part of parts) console.log(`${part}_images: ${split[part].length}`);
  for (const part of parts) console.log(`${part}_ink_mean: ${meanInk(split[part]).toFixed(4)}`);
  console.log(`wrote ${preparedPath}`);
});

/** A column for each class, seven of each: spread over the file, whose neighbours come from the same hand. */
function samples(digits: readonly Digit[]): { pixels: Float64Array; caption: string }[] {
  const classes = Array.from({ length: classCount }, (_, label) => digits.filter((digit) => digit.label === label));
  return Array.from({ length: sampleRows }, (_, row) =>
    classes.map((ofClass, label) => ({
      pixels: ofClass[Math.floor((row * ofClass.length) / sampleRows)]!.pixels,
      caption: String(label),
    })),
  ).flat();
}

/** Were the parts dealt fairly? Then their mean ink is nearly the same. */
function meanInk(digits: readonly Digit[]): number {
  let sum = 0;
  for (const { pixels } of digits) for (const ink of pixels) sum += ink / pixels.length;
  return sum / digits.length;
}
