/**
 * What the guard becomes when its recorder was killed: `node salvage.ts FOLDER COMMAND END`, with the command's output at
 * descriptor 3 (and 4). Nobody sees what it prints.
 */
import { scanProbes } from "./probes/_scan.ts";
import { salvage } from "./record/salvage.ts";

const [logDir = "", command = "", end = ""] = process.argv.slice(2);
await salvage({
  logDir,
  command,
  end,
  probes: async () => (await scanProbes()).probes,
  facts: async () => (await scanProbes()).facts,
});
// Whatever still holds the loop (a source, a watcher): the record is closed.
process.exit(0);
