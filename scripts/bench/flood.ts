/** What recording costs a program that prints a million lines. */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { defineFigure } from "./_contract.ts";
import { guild, withFolder } from "./project.ts";
import { median } from "./statistics.ts";
import { timed } from "./timed.ts";

const rounds = 9;
const lines = 1_000_000;
const limit = 1.15;
const program = `
for i in range(${lines}):
    print(f"step {i} loss {1 / (i + 1):.6f} acc {i / ${lines}:.4f}")
print("test accuracy: 0.91")
`;

export default defineFigure({
  method:
    `A Python program prints ${lines.toLocaleString("en")} lines with a step and two scalars each, its output buffered by Python as it is into any file. The plain command ` +
    "writes them into a file; recorded with `--buffered` it does the same, and the log, its index and the scalars are written besides. The two take turns, " +
    `${rounds} times each after one unmeasured round, start to exit; the figure is the ratio of the medians.`,
  measure: () =>
    withFolder(async (folder) => {
      writeFileSync(join(folder, "flood.py"), program);
      const command = ["python3", "flood.py"];
      const intoFile = (words: readonly string[]): string[] => ["sh", "-c", '"$@" > out.txt', "flood", ...words];
      const plain = intoFile(command);
      const recorded = intoFile([...guild, "run", "--buffered", "--quiet", "--", ...command]);
      // Set by many containers; then Python writes each line by itself, into a file too.
      const { PYTHONUNBUFFERED: _, ...env } = process.env;
      const walls: [number[], number[]] = [[], []];
      for (let round = -1; round < rounds; round += 1) {
        const bare = await timed(plain, folder, env);
        const wrapped = await timed(recorded, folder, env);
        if (round < 0) continue;
        walls[0].push(bare.wallSeconds);
        walls[1].push(wrapped.wallSeconds);
        check(folder);
      }
      const ratio = median(walls[1]) / median(walls[0]);
      return [
        {
          what: `${lines.toLocaleString("en")} lines, recorded against plain into a file`,
          measured: `${ratio.toFixed(2)}×: ${median(walls[1]).toFixed(2)} s and ${median(walls[0]).toFixed(2)} s, medians of ${rounds}`,
          limit: `${limit}×`,
          within: ratio <= limit,
        },
      ];
    }),
});

/** Every line is in the log, the last is among the scalars, and what was not searched is counted. */
function check(folder: string): void {
  const runs = join(folder, "runs");
  const [id = "", ...others] = readdirSync(runs).filter((name) => /^\d{8}T/.test(name));
  const log = readFileSync(join(runs, id, ".guild/output.log"));
  if (!log.equals(readFileSync(join(folder, "out.txt")))) throw new Error("the log is not what was printed");
  const run: unknown = JSON.parse(readFileSync(join(folder, "content/runs", id, "run.json"), "utf8"));
  if (!JSON.stringify(run).includes('"linesNotSearched"') || !JSON.stringify(run).includes('"test accuracy"'))
    throw new Error("the record of the flood is not whole");
  for (const name of [id, ...others]) if (existsSync(join(runs, name))) rmSync(join(runs, name), { recursive: true });
}
