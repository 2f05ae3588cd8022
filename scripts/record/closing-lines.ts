import { goalOf, mainMetric } from "../../src/run/goals.ts";
import type { Goal, MetricSpec, Run, ScalarSummary } from "../../src/run/types.ts";
import { formatDuration, formatValue } from "../../src/run/units.ts";

export interface ClosingFacts {
  run: Run;
  /** Declared main metric and goals. */
  primary: string | null;
  goals: Record<string, Goal>;
  /** Where the public record is, as somebody standing in the shell's directory names it. */
  recordPath: string;
  colour: boolean;
}

const RESET = "\u001b[0m";
const DIM = "\u001b[2m";
const COLOURS: Partial<Record<Run["status"], string>> = {
  completed: "\u001b[32m",
  error: "\u001b[31m",
  terminated: "\u001b[33m",
};

/**
 * What is said on stderr when a run has ended, a fact a line: status and duration, best and last of the main metric, where the
 * record is, how to look at it. Ends with a newline. "Best" is only said of a metric with a goal, declared or told by its name.
 */
export function closingLines({ run, primary, goals, recordPath, colour }: ClosingFacts): string {
  const paint = (code: string | undefined, text: string): string => (colour && code ? `${code}${text}${RESET}` : text);
  const took =
    run.durationSeconds === null ? "" : ` ${run.status === "completed" ? "in" : "after"} ${formatDuration(run.durationSeconds)}`;
  const facts: [string, string][] = [
    ["run", `${run.operation} ${run.id}`],
    metricFact(run, primary, goals),
    ["record", recordPath],
    ["view", "guild view"],
  ];
  const width = Math.max(...facts.map(([name]) => name.length));
  const lines = facts.map(([name, text]) => `  ${paint(DIM, name.padEnd(width))}  ${text}`);
  return `${paint(DIM, "guild:")} ${paint(COLOURS[run.status], run.status)}${ending(run)}${took}\n${lines.join("\n")}\n`;
}

function ending(run: Run): string {
  if (run.signal !== null) return ` (${run.signal})`;
  return run.exitCode === 0 || run.exitCode === null ? "" : ` (exit code ${run.exitCode})`;
}

function metricFact(run: Run, primary: string | null, goals: Record<string, Goal>): [string, string] {
  const metrics = Object.fromEntries(
    Object.entries(goals).map(([tag, goal]): [string, MetricSpec] => [tag, { goal, unit: null, primary: tag === primary }]),
  );
  const tag = primary !== null && primary in run.scalars ? primary : mainMetric([run], { metrics });
  const summary = tag === null ? undefined : run.scalars[tag];
  if (tag === null || summary === undefined) return ["scalars", "none found; a printed line such as “loss: 0.25” is one"];
  const goal = goals[tag] ?? goalOf(tag, { metrics });
  const best = bestOf(summary, goal);
  const last = formatValue(summary.last.value, summary.unit);
  if (best === null || summary.count === 1) return [tag, last];
  return [tag, `best ${formatValue(best.value, summary.unit)} at step ${best.step}, last ${last}`];
}

function bestOf(summary: ScalarSummary, goal: Goal | null): ScalarSummary["min"] {
  if (goal === null) return null;
  return goal === "max" ? summary.max : summary.min;
}

/** Colour only for people: a terminal, no NO_COLOR (https://no-color.org), not a dumb one. */
export function wantsColour(stream: { isTTY?: boolean }, env: NodeJS.ProcessEnv): boolean {
  return stream.isTTY === true && !env.NO_COLOR && env.TERM !== "dumb";
}
