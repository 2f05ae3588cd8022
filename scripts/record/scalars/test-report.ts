/** What would be read of printed output, and why: for people who wonder where their curve is. */
import type { OutputStream, ScalarLine } from "../../../src/run/log-lines.ts";
import { encodeNumber } from "../../../src/run/numbers.ts";
import type { OutputRules } from "../../../src/run/output-rules.ts";
import { readOutput } from "../output-reading.ts";
import { makeStepClock } from "../step-clock.ts";
import type { Detected, Fate, Line, Reading } from "./detector.ts";
import { plainText } from "./plain-text.ts";

export interface ScalarTest {
  pieces(): AsyncIterable<{ stream: OutputStream; chunk: Uint8Array; t: number }>;
  rules: OutputRules;
  flagNames: readonly string[];
  /** Prints the scalars alone. */
  json: boolean;
}

/**
 * Reads all pieces and writes a report: for every line that holds something what was taken from it, at which step, by which form,
 * and what was not and why; a sum at the end. With `json`, one object `{"scalars": [{"tag", "step", "value"}]}` in the order in which
 * they would be logged: non-finite values as `"NaN"`, `"Infinity"`, `"-Infinity"`, `step` null where the output never says or implies one.
 */
export async function testScalars(test: ScalarTest, write: (text: string) => void): Promise<{ warnings: string[] }> {
  const warnings: string[] = [];
  const scalars: ScalarLine[] = [];
  const implied = { any: false, highest: 0, said: false };
  let number = 0;
  const reading = readOutput(
    {
      flagNames: test.flagNames,
      rules: test.rules,
      bounded: false,
      onLine(line, detected) {
        if (!line.live) number += 1;
        for (const { implied: counted, step, values } of detected.readings) {
          if (values.length === 0) continue;
          if (counted) implied.highest = Math.max(implied.highest, step);
          else implied.said = true;
        }
        if (!test.json) write(lineReport(number, line, detected));
      },
    },
    {
      scalars: (lines) => {
        for (const line of lines) if ("step" in line) scalars.push(line);
      },
      event() {},
      steps: makeStepClock(),
      warn: (message) => void warnings.push(message),
    },
  );
  for await (const { stream, chunk, t } of test.pieces()) reading.push(stream, chunk, t);
  reading.end(0);
  // Where nothing was said and nothing came twice, there is no step to speak of.
  const stepless = !implied.said && implied.highest === 0;
  if (test.json) write(`${JSON.stringify({ scalars: scalars.map((scalar) => rawScalar(scalar, stepless)) })}\n`);
  else write(summary(scalars, number));
  return { warnings };
}

function rawScalar({ k, v, step }: ScalarLine, stepless: boolean) {
  return { tag: k, step: stepless ? null : step, value: encodeNumber(v) };
}

const WHY: Record<Fate, string> = {
  taken: "taken",
  waiting: "waits until it comes again at another step",
  flag: "not taken: a flag of this operation, printed without a step",
  elsewhere: "not taken: a rule of guild.yml takes this name",
  rank: "not taken: another process prints the same",
};

function lineReport(number: number, line: Line, { readings, scalars }: Detected): string {
  const said = readings.filter(({ values, passed, position }) => values.length + passed.length > 0 || isPlaced(position));
  if (said.length === 0) return "";
  const shown = plainText(line.text);
  const head = `${String(number).padStart(5)}  ${line.live ? "(drawn over) " : ""}${shown.length > 160 ? `${shown.slice(0, 159)}…` : shown}\n`;
  const released =
    scalars.length - said.reduce((sum, { values }) => sum + values.filter(({ fate }) => fate === "taken").length, 0);
  const more = released > 0 ? [`       ${released} that waited ${released === 1 ? "is" : "are"} taken now\n`] : [];
  return [head, ...said.map(readingReport), ...more].join("");
}

function readingReport({ form, position, step, implied, values, passed }: Reading): string {
  const where = implied ? `step ${step} (counted: no step was printed yet)` : `step ${step}`;
  const word = isPlaced(position) ? `, from ${placeName(position)}` : "";
  const lines = values.map(
    ({ key, value, fate }) =>
      `       ${fate === "taken" ? "+" : "."} ${key} = ${value}${fate === "taken" ? ` at ${where}` : `: ${WHY[fate]}`}\n`,
  );
  const notTaken = passed.map(({ key, reason }) => `       - ${key}: ${reason}\n`);
  return [`       as ${form}${word}\n`, ...lines, ...notTaken].join("");
}

function isPlaced({ epoch, step }: Reading["position"]): boolean {
  return epoch !== null || step !== null;
}

function placeName({ epoch, step, track }: Reading["position"]): string {
  const parts = [
    step === null ? "" : `${track === null ? "step" : "the bar's count"} ${step}`,
    epoch === null ? "" : `epoch ${epoch}`,
  ];
  return parts.filter((part) => part !== "").join(", ");
}

function summary(scalars: readonly ScalarLine[], lines: number): string {
  const tags = new Map<string, ScalarLine[]>();
  for (const scalar of scalars) tags.set(scalar.k, [...(tags.get(scalar.k) ?? []), scalar]);
  const rows = [...tags].map(([tag, points]) => {
    const [first, last] = [points[0]!, points.at(-1)!];
    const range = points.length === 1 ? `step ${first.step}` : `steps ${first.step} to ${last.step}`;
    return `  ${tag}: ${points.length} ${points.length === 1 ? "point" : "points"}, ${range}, last ${last.v}\n`;
  });
  const head = `\n${scalars.length} ${scalars.length === 1 ? "scalar" : "scalars"} of ${tags.size} ${tags.size === 1 ? "tag" : "tags"} in ${lines} lines\n`;
  return [head, ...rows].join("");
}
