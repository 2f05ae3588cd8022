import { ToolError } from "../../src/run/error.ts";
import { nearest } from "../../src/run/nearest.ts";
import { defineCommand } from "./_contract.ts";
import { selectionOptions } from "./_selection-options.ts";

const verbs = "info diff label tag note rm restore purge export import refresh compare open cat restart".split(" ");

/** What Guild AI and others call them. */
const GUILDS_WORDS: Record<string, string> = { delete: "rm", remove: "rm", ls: "list", comment: "note", show: "info" };

export default defineCommand({
  group: "look",
  summary: "List the runs of this project, and tend them",
  usage: ["runs [list [RUN…]] [options]", "runs VERB RUN…"],
  examples: ["guild runs --status failed --last 5", "guild runs -F 'op:train lr<0.1' --json"],
  verbs,
  options: {
    ...selectionOptions,
    all: { type: "boolean", short: "a", description: "all of them, not only the 20 newest" },
    deleted: { type: "boolean", short: "d", description: "the runs in the trash" },
    json: { type: "boolean", description: "print all records as a JSON array of run.json objects" },
  },
  async run({ options, words, rest }, shell) {
    const [verb, ...others] = [...words, ...(rest ?? [])];
    if (verb !== undefined && verb !== "list") throw unknownVerb(verb);
    const [{ openRuns, wantedRuns }, { listRuns, printRuns, sayWarnings }] = await Promise.all([
      import("./_selection.ts"),
      import("./_runs-table.ts"),
    ]);
    const deleted = options.deleted === true;
    const selectable = await openRuns(options, shell, deleted ? "trash" : "project");
    const { root, place } = selectable;
    const runs = wantedRuns(others, selectable, deleted ? "in the trash" : "here");
    if (options.json === true) printRuns(place, runs, shell);
    else if (runs.length > 0) listRuns({ root, place, runs, all: options.all === true }, shell);
    else {
      sayWarnings(shell);
      shell.stdout.write(`${emptyText(options, deleted)}\n`);
    }
    return 0;
  },
});

function emptyText(options: Record<string, unknown>, deleted: boolean): string {
  if (Object.keys(selectionOptions).some((name) => options[name] !== undefined)) return "No run fits.";
  return deleted ? "No deleted runs." : "No runs yet. Record one: guild run -- python3 train.py";
}

function unknownVerb(verb: string): ToolError {
  const near = GUILDS_WORDS[verb] ?? nearest(verb, ["list", ...verbs]);
  return new ToolError("unexpected-word", `guild runs takes no ${JSON.stringify(verb)}`, {
    hint: near === null ? `To list some of the runs: guild runs list ${verb}` : `Did you mean "${near}"?`,
    exitCode: 2,
  });
}
