import { mainMetric } from "../run/goals.ts";
import { statusWord } from "../run/status-words.ts";
import type { Project, Run } from "../run/types.ts";
import { formatCount, formatDuration, formatValue } from "../run/units.ts";
import { elapsedSeconds } from "./elapsed.ts";
import { name, type Phrase, say, value } from "./phrase.ts";
import { metricOf, readingOf } from "./reading.ts";

/** What happened, in a sentence or two: `train ran for 12.4 s and completed. Best val/acc 0.967 at step 18 of 20.` */
export function runSentence(run: Run, project: Project): Phrase {
  return [...ending(run), ...result(run, project)];
}

function ending(run: Run): Phrase {
  const { kind, word, reason } = statusWord(run);
  const operation = name(run.operation);
  const seconds = elapsedSeconds(run);
  const took = seconds === null ? null : value(formatDuration(seconds));
  const why = reason === null ? "" : `: ${reason}`;
  if (kind === "running") return took === null ? say`${operation} is running.` : say`${operation} has been running for ${took}.`;
  if (kind === "pending") return say`${operation} has not started yet.`;
  if (kind === "lost") return say`${operation} was lost${took && [{ text: " after " }, took]}${why}.`;
  const verb =
    kind === "failed"
      ? "failed"
      : kind === "killed"
        ? "was killed"
        : kind === "stopped"
          ? "was stopped"
          : kind === "diverged"
            ? "diverged"
            : "completed";
  if (took === null) return say`${operation} ${word}${why}.`;
  return kind === "completed" || kind === "diverged"
    ? say`${operation} ran for ${took} and ${verb}${why}.`
    : say`${operation} ${verb} after ${took}${why}.`;
}

function result(run: Run, project: Project): Phrase {
  const tag = mainMetric([run], project);
  if (tag === null) return [];
  const { goal, unit } = metricOf(tag, [run], project);
  const summary = run.scalars[tag]!;
  const reading = readingOf(summary, goal);
  const figure = value(formatValue(reading.value, unit));
  if (reading.kind === "only") return say` Its ${name(tag)} is ${figure}.`;
  const place = `at step ${formatCount(reading.step)} of ${formatCount(summary.last.step)}`;
  if (reading.kind === "best") return say` Best ${name(tag)} ${figure} ${place}.`;
  return say` Last ${name(tag)} ${figure}; ${goal === null ? "no goal is declared for it, so nothing is called best" : "no value of it is finite"}.`;
}
