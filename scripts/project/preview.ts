/** What a run would do, for `--preview`: nothing is recorded. */
import { formatFlag } from "../../src/run/flags.ts";
import type { Placement } from "../record/plan.ts";
import type { Intent } from "./intent.ts";
import { quoteWords } from "./shell-words.ts";

/** Several lines, ending with a newline: command, directory and what is put there, each flag with its origin, additions to the environment. */
export function previewText({ plan, origins, dataPatterns, required }: Intent): string {
  const flags = Object.entries(plan.flags).map(([name, value]) => [
    `${name} = ${formatFlag(value)}`,
    origins[name] ?? "the command",
  ]);
  const width = Math.max(0, ...flags.map(([left = ""]) => left.length));
  const parents = Object.entries(plan.parents).map(([operation, id]) => `${operation} ${id}`);
  const lines = [
    `command      ${quoteWords(plan.command)}`,
    `directory    ${plan.cwd}`,
    `operation    ${plan.model === null ? plan.operation : `${plan.model}:${plan.operation}`}`,
    ...(plan.label === null ? [] : [`label        ${plan.label}`]),
    ...(plan.tags.length === 0 ? [] : [`tags         ${plan.tags.join(", ")}`]),
    ...(parents.length === 0 ? [] : [`made from    ${parents.join(", ")}`]),
    ...(required.length === 0 ? [] : [`requires     ${required.map(({ shown }) => shown).join(", ")}`]),
    ...(dataPatterns.length === 0 ? [] : [`data         ${dataPatterns.join(", ")}`]),
    ...titled("put into the run's directory", placedLines(plan.placed ?? [])),
    ...titled(
      "flags",
      flags.map(([left = "", from = ""]) => `${left.padEnd(width)}   from ${from}`),
    ),
    ...titled("added to the environment", [
      ...Object.entries(plan.env).map(([name, value]) => `${name}=${value}`),
      "RUN_DIR, RUNDIR: the run's own directory",
    ]),
  ];
  return `${lines.join("\n")}\n`;
}

/** Files that are written or copied, one on a line; links to the project together. */
function placedLines(placed: readonly Placement[]): string[] {
  const links = placed.filter((one) => "how" in one && one.how === "link");
  const others = placed.filter((one) => !links.includes(one));
  const named = others.map((one) =>
    "text" in one ? `${one.to}: the project's file with the flags' values` : `${one.to}: a copy of ${one.from}`,
  );
  return links.length === 0 ? named : [...named, `links to ${links.map(({ to }) => to).join(", ")}`];
}

function titled(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`)];
}
