/** What a person would say about some of the runs: the figures in it come from the records. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Recorded } from "./record-trial.ts";

/** Writes `notes.md` and `edits.yml` beside the records that deserve them. */
export function writeWords(root: string, recorded: ReadonlyMap<string, Recorded>): void {
  const of = (name: string) => {
    const run = recorded.get(name);
    if (run === undefined) throw new Error(`the gallery has no trial ${name}`);
    return run;
  };
  const folder = (name: string) => join(root, "content/runs", of(name).id);
  writeFileSync(join(folder("default-1"), "notes.md"), baselineNotes(of));
  writeFileSync(join(folder("default-1"), "edits.yml"), "label: baseline\nstarred: true\n");
  writeFileSync(join(folder("diverged"), "notes.md"), divergedNotes);
}

function baselineNotes(of: (name: string) => Recorded): string {
  const rows = ["default", "small", "bold", "softmax"].map(
    (name) => `| ${name} | ${percent(of(`${name}-1`).last("val/acc"))} | ${percent(of(`test-${name}`).last("test_acc"))} |`,
  );
  const baseline = of("default-1");
  return `# The run to beat

One hidden layer of 128 units, trained for 80 epochs. Each image is moved by part of a pixel every time it is seen, so the
network practises on harder images than it is checked on: \`train/acc\` ended at ${percent(baseline.last("train/acc"))}, \`val/acc\` at
${percent(baseline.last("val/acc"))}.

| seed 1 of | validation | test |
|---|---:|---:|
${rows.join("\n")}

What it still gets wrong is in \`mistakes.png\`: black is what was meant, red what the network read.
`;
}

const divergedNotes = `A learning rate of 100 on purpose: the loss is beyond every bound after a few steps, and the weights follow.
The program goes on and ends with code 0. That a run has *completed* does not mean that it has learned anything.
`;

function percent(share: number | null): string {
  return share === null ? "–" : `${(share * 100).toFixed(1)} %`;
}
