/** Help made of what the command files say about themselves. Every text ends with a newline and fits one screen. */
import type { Command, CommandGroup, OptionSpec } from "./_contract.ts";

const HEADINGS: Record<Exclude<CommandGroup, "runs">, string> = {
  record: "Record",
  look: "Look",
  project: "Project",
};
const WIDTH = 78;

/** The list of commands, with two lines that work when pasted. `verbs` are named without a summary: they tend runs. */
export function generalHelp(commands: Record<string, Command>, verbs: readonly string[]): string {
  const width = Math.max(...Object.keys(commands).map((name) => name.length));
  const groups = Object.entries(HEADINGS).flatMap(([group, heading]) => {
    const members = Object.entries(commands).filter(([, command]) => command.group === group);
    return members.length === 0 ? [] : [heading, ...members.map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`)];
  });
  return lines([
    "Put guild in front of a training command; get a site of reports.",
    "  guild run -- python3 train.py --lr 0.1",
    "  guild view",
    "",
    ...groups,
    'Runs, also typed after "guild runs"',
    ...wrapped(verbs),
    "guild help COMMAND says more. guild --version says which Guildhall this is.",
  ]);
}

/** Words in lines that begin with two spaces. */
function wrapped(words: readonly string[]): string[] {
  const rows: string[] = [];
  for (const word of words) {
    const last = rows.at(-1);
    if (last === undefined || last.length + word.length + 2 > WIDTH) rows.push(`  ${word}`);
    else rows[rows.length - 1] = `${last}  ${word}`;
  }
  return rows;
}

/** Usage, options and examples of one command. */
export function commandHelp({ summary, usage, options, examples, verbs }: Command): string {
  const left = Object.entries(options).map(([name, spec]) => optionUsage(name, spec));
  const width = Math.max(0, ...left.map((text) => text.length));
  const descriptions = Object.values(options).map(({ description }) => description);
  return lines([
    summary,
    "",
    ...usage.map((line) => `  guild ${line}`),
    ...(verbs === undefined ? [] : ["", "Verbs (each has a help of its own)", ...wrapped(verbs)]),
    ...(left.length === 0 ? [] : ["", "Options", ...left.map((text, at) => `  ${text.padEnd(width)}  ${descriptions[at]}`)]),
    "",
    examples.length === 1 ? "Example" : "Examples",
    ...examples.map((example) => `  ${example}`),
  ]);
}

function optionUsage(name: string, spec: OptionSpec): string {
  const short = spec.short === undefined ? "" : `-${spec.short}, `;
  return `${short}--${name}${spec.type === "boolean" ? "" : ` <${spec.value ?? "value"}>`}`;
}

function lines(all: readonly string[]): string {
  return `${all.join("\n")}\n`;
}
