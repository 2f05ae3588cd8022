/**
 * Takes the figures of `content/docs/measurements.md` and prints them as Markdown: `npm run bench`, or
 * `npm run bench -- overhead page-weight` for some of them. Ends with code 1 when a limit is broken.
 */
import { availableParallelism, cpus } from "node:os";
import type { Figure, Row } from "./_contract.ts";

const figures: Record<string, () => Promise<{ default: Figure }>> = {
  overhead: () => import("./overhead.ts"),
  order: () => import("./order.ts"),
  detector: () => import("./detector.ts"),
  flood: () => import("./flood.ts"),
  "gallery-build": () => import("./gallery-build.ts"),
  "thousand-runs": () => import("./thousand-runs.ts"),
  "page-weight": () => import("./page-weight.ts"),
  "live-latency": () => import("./live-latency.ts"),
  "training-loop": () => import("./training-loop.ts"),
  secrets: () => import("./secrets.ts"),
  "killed-recorder": () => import("./killed-recorder.ts"),
  "event-files": () => import("./event-files.ts"),
  "runs-list": () => import("./runs-list.ts"),
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in figures));
if (unknown.length > 0) {
  console.error(`unknown figure: ${unknown.join(", ")}\nHint: there are ${Object.keys(figures).join(", ")}.`);
  process.exitCode = 2;
} else {
  await measureAll(wanted.length > 0 ? wanted : Object.keys(figures));
}

async function measureAll(names: string[]): Promise<void> {
  const methods: string[] = [];
  console.log(
    `${cpus()[0]?.model.trim() ?? "unknown processor"}, ${availableParallelism()} cores, Node ${process.versions.node}\n`,
  );
  console.log("| what | measured | at most | command |\n|---|---|---|---|");
  for (const name of names) {
    const { default: figure } = (await figures[name]?.()) ?? {};
    if (figure === undefined) continue;
    for (const row of await figure.measure()) {
      console.log(line(row, name));
      if (!row.within) process.exitCode = 1;
    }
    methods.push(`- \`${name}\`: ${figure.method}`);
  }
  console.log(`\n${methods.join("\n")}`);
}

function line({ what, measured, limit, within }: Row, name: string): string {
  return `| ${what} | ${within ? measured : `**${measured}, ${limit.startsWith("at least") ? "too little" : "too much"}**`} | ${limit} | \`npm run bench -- ${name}\` |`;
}
