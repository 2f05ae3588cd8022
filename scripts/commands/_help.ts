/** Help made of what the command files say about themselves. Every text ends with a newline and fits one screen. */
import type { Command, CommandGroup, OptionSpec } from "./_contract.ts";

const HEADINGS: Record<CommandGroup, string> = {
  record: "Record",
  look: "Look",
  project: "Project",
};

/** The list of commands, with two lines that work when pasted. */
export function generalHelp(commands: Record<string, Command>): string {
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
    "",
    "guild help COMMAND says more. guild --version says which Guildhall this is.",
  ]);
}

/** Usage, options and examples of one command. */
export function commandHelp({ summary, usage, options, examples }: Command): string {
  const left = Object.entries(options).map(([name, spec]) => optionUsage(name, spec));
  const width = Math.max(0, ...left.map((text) => text.length));
  const descriptions = Object.values(options).map(({ description }) => description);
  return lines([
    summary,
    "",
    ...usage.map((line) => `  guild ${line}`),
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
