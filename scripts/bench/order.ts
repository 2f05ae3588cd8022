/** Whether lines that a command prints on stdout and stderr in turns, as fast as it can, stay in order. */
import { spawnSync } from "node:child_process";
import { closeSync, openSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { defineFigure } from "./_contract.ts";
import { guild, repository, withFolder } from "./project.ts";

const lines = 20_000;
const rounds = 5;

export default defineFigure({
  method:
    `a program writes ${lines.toLocaleString("en")} numbered lines, each in one write, on stdout and stderr in turns into one file, ${rounds} times; a line ` +
    "is out of order when its number is not that of its place. Counted in the file and in the recorder's log.",
  measure: () =>
    withFolder(async (folder) => {
      const program = join(repository, "tests/fixtures/programs/alternate.mjs");
      let wrong = 0;
      for (let round = 0; round < rounds; round++) {
        const file = openSync(join(folder, "both.txt"), "w");
        const [command = "", ...args] = [...guild, "run", "--quiet", "--", process.execPath, program, String(lines)];
        const { status } = spawnSync(command, args, { cwd: folder, stdio: ["ignore", file, file] });
        closeSync(file);
        if (status !== 0) throw new Error(`the recorded program ended with ${status}`);
        wrong += outOfOrder(readFileSync(join(folder, "both.txt"), "utf8"));
      }
      for (const id of readdirSync(join(folder, "runs")).filter((name) => !name.startsWith("."))) {
        wrong += outOfOrder(readFileSync(join(folder, "runs", id, ".guild/output.log"), "utf8"));
      }
      const all = 2 * rounds * lines;
      return [
        {
          what: `lines out of order of ${all.toLocaleString("en")}, stdout and stderr in turns at full speed`,
          measured: String(wrong),
          limit: "0",
          within: wrong === 0,
        },
      ];
    }),
});

/** A line that is missing is out of order, too; what we say ourselves (`guild: …`) is not counted. */
function outOfOrder(text: string): number {
  const found = text.split("\n").filter((line) => line !== "" && !line.startsWith("guild: "));
  return Array.from({ length: Math.max(lines, found.length) }, (_, at) => found[at] === String(at)).filter((right) => !right)
    .length;
}
