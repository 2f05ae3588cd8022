/** What `guild check` found out about the machine, for people. */
import type { Capture } from "./_machine.ts";

const HEADINGS: Record<Capture["part"], string> = {
  recorder: "Recording",
  system: "System statistics",
  environment: "Environment of a run",
};

/** One line a thing, at most 80 columns, with what goes on beneath it indented. Ends with a newline. */
export function machineText(captures: readonly Capture[]): string {
  const width = Math.max(...captures.map(({ name }) => name.length));
  const lines = (Object.keys(HEADINGS) as Capture["part"][]).flatMap((part) => [
    "",
    HEADINGS[part],
    ...captures
      .filter((capture) => capture.part === part)
      .flatMap(({ name, state, detail }) => {
        const head = `  ${state === "yes" ? "yes   " : state === "no" ? "no    " : "BROKEN"}  ${name.padEnd(width)}  `;
        return folded(detail, 80 - head.length).map((line, at) => (at === 0 ? head : " ".repeat(head.length)) + line);
      }),
  ]);
  return `${lines.join("\n")}\n`;
}

/** A text in lines of at most `width` characters, broken at blanks where there are any. Empty gives one empty line. */
function folded(text: string, width: number): string[] {
  const lines: string[] = [];
  let rest = text;
  while (rest.length > width) {
    const blank = rest.lastIndexOf(" ", width);
    const end = blank > 0 ? blank : width;
    lines.push(rest.slice(0, end));
    rest = rest.slice(end).trimStart();
  }
  return [...lines, rest];
}
