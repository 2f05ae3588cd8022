/**
 * Records the gallery in content/runs anew: every run for real, through the command line, on the code that is committed.
 *
 * Type: npm run gallery   (npm run gallery -- --dirty records what is not committed yet)
 */
import { homedir, hostname, tmpdir, userInfo } from "node:os";
import { delimiter, join } from "node:path";
import { findExcess, findMarks, folderBytes } from "./gallery/budget.ts";
import { rememberRun, removeEarlierGalleries, removeUnusedEnvironments, uncommitted } from "./gallery/clearing.ts";
import { type Recorded, recordTrial } from "./gallery/record-trial.ts";
import { trials } from "./gallery/trials.ts";
import { writeWords } from "./gallery/words.ts";
import { runProgram } from "./program.ts";

const root = join(import.meta.dirname, "../..");

await runProgram("gallery", async () => {
  // A record names the commit that it was made on: other changes would make that a lie.
  const changes = process.argv.includes("--dirty") ? "" : uncommitted(root);
  if (changes !== "")
    throw new Error(`not everything is committed:\n${changes}\nCommit first, or type: npm run gallery -- --dirty`);
  // guild.yml says `node`: here it is the one of this repository's own dependencies, as in all npm scripts.
  process.env.PATH = [join(root, "node_modules/.bin"), process.env.PATH].join(delimiter);

  const recorded = new Map<string, Recorded>();
  const ids: string[] = [];
  for (const trial of trials) {
    const run = await recordTrial(root, trial, parentOf(trial.of, recorded));
    recorded.set(trial.name, run);
    ids.push(run.id);
    rememberRun(root, run.id);
    console.log(lineOf(run));
  }
  writeWords(root, recorded);
  // Only now: had something gone wrong, the earlier gallery would still be there.
  removeEarlierGalleries(root, ids);
  removeUnusedEnvironments(root);

  const marks = [root, `${homedir()}/`, tmpdir(), hostname(), `${userInfo().username}@`, "/home/", "/Users/"];
  const complaints = [...findExcess(root, ids), ...findMarks(root, ["content/runs", "content/environments"], marks)];
  if (complaints.length > 0) throw new Error(`recorded, but not fit to be committed:\n${complaints.join("\n")}`);
  console.log(`${ids.length} runs recorded; keep them with: git add --all content/runs content/environments && git commit`);
});

function parentOf(name: string | undefined, recorded: ReadonlyMap<string, Recorded>): string | null {
  if (name === undefined) return null;
  const parent = recorded.get(name);
  if (parent === undefined) throw new Error(`${name} has to be recorded before it can be evaluated`);
  return parent.id;
}

function lineOf({ id, trial, status, durationSeconds, last }: Recorded): string {
  const accuracy = last("val/acc") ?? last("test_acc");
  const seconds = durationSeconds === null ? "?" : durationSeconds.toFixed(1);
  const kilobytes = Math.ceil(folderBytes(join(root, "content/runs", id)) / 1024);
  return `${id}  ${trial.name.padEnd(16)} ${status.padEnd(10)} ${seconds.padStart(6)} s ${String(kilobytes).padStart(4)} KB  ${accuracy ?? ""}`.trimEnd();
}
