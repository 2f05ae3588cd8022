/** What differs between runs, as the page of a comparison says it. */
import { readEnvironments } from "../../src/load/environments.ts";
import { readProject } from "../../src/load/project.ts";
import { encodeNumber } from "../../src/run/numbers.ts";
import type { Run } from "../../src/run/types.ts";
import { type Comparison, compareRuns } from "../../src/views/compare.ts";
import { compareLimit } from "../../src/views/compare-limit.ts";
import { counted } from "../../src/views/phrase.ts";
import { runTail } from "../../src/views/run-name.ts";
import { tableLines } from "./_table.ts";

/** At most twelve runs, the first is what the others are compared with. Ends with a newline. */
export function diffText(root: string, all: readonly Run[]): string {
  const runs = all.slice(0, compareLimit);
  const comparison = compareRuns(runs, readProject(root), readEnvironments(root));
  const columns = [
    { heading: "", align: "left" as const },
    ...comparison.heads.map(({ id, label }) => ({
      heading: label.includes(runTail(id)) ? label : `${runTail(id)} ${label}`,
      align: "left" as const,
    })),
  ];
  const rows = [
    ...metricRows(comparison),
    ...comparison.sections.flatMap(({ title, rows }) => [[title], ...rows.map(({ name, cells }) => [`  ${name}`, ...cells])]),
  ];
  const { identical } = comparison;
  return `${[
    ...comparison.cautions.map((caution) => `Note: ${caution}`),
    ...(comparison.cautions.length > 0 ? [""] : []),
    ...tableLines(columns, rows).lines,
    ...(comparison.sections.length === 0 ? ["Nothing that was recorded of flags, code, data and environment differs."] : []),
    `${counted(identical, "further fact")} ${identical === 1 ? "is" : "are"} the same in all of them.`,
    ...(all.length > runs.length
      ? [`${all.length - runs.length} more runs were left out: ${compareLimit} can be read side by side.`]
      : []),
  ].join("\n")}\n`;
}

function metricRows({ metrics }: Comparison): string[][] {
  if (metrics.length === 0) return [];
  return [
    ["What they reached"],
    ...metrics.map(({ tag, sub, cells }) => [
      `  ${[tag, sub].filter(Boolean).join(" ")}`,
      ...cells.map(({ text, difference, best }) =>
        [text, difference && `(${difference})`, best && "★"].filter(Boolean).join(" "),
      ),
    ]),
  ];
}

/** `{runs: [ids], metrics: [{tag, values}], differences: [{section, name, values}], identical}`; values parallel to the runs. */
export function diffJson(root: string, runs: readonly Run[]): string {
  const { metrics, sections, identical } = compareRuns(runs, readProject(root), readEnvironments(root));
  const exactOf = ({ title }: { title: string }) => (title === "" ? null : encodeNumber(Number(title)));
  return `${JSON.stringify(
    {
      runs: runs.map(({ id }) => id),
      metrics: metrics.map(({ tag, sub, cells }) => ({ tag, which: sub === "" ? "only" : sub, values: cells.map(exactOf) })),
      differences: sections.flatMap(({ title, rows }) =>
        rows.map(({ name, cells }) => ({ section: title, name, values: cells.map(orNull) })),
      ),
      identical,
    },
    null,
    2,
  )}\n`;
}

/** The page says "–" for what a run does not have. */
function orNull(text: string): string | null {
  return text === "–" ? null : text;
}
