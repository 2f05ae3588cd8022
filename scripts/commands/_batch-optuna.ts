/** `--optimizer optuna`: the user's own Optuna is asked before each start, and told what came of it. */

import { parseFlagWords } from "../../src/run/flags.ts";
import { domainOf } from "../project/batch/domain.ts";
import { openStudy } from "../project/batch/optuna.ts";
import { addToPlan, type Sweep, sweepFolder } from "../project/batch/sweep.ts";
import type { Combination } from "../project/batch/trials.ts";
import { python } from "../project/command-words.ts";
import type { AskedTrials, BatchRequest, Known } from "./_batch-search.ts";

/** Throws ToolError `missing-optuna` (exit code 2) when Python has none. */
export async function openOptuna(request: BatchRequest, sweep: Sweep, { plan, jobs, shell }: Known): Promise<AskedTrials> {
  const { flags } = parseFlagWords(sweep.words.slice(1));
  const row: Combination = Object.fromEntries(flags.map(({ name, text }) => [name, domainOf(name, text)]));
  const study = await openStudy({
    python: python(),
    folder: sweepFolder(request.root, sweep.id),
    row,
    sweep,
    jobs,
    cwd: shell.cwd,
    env: shell.env,
  });
  const left = [...plan];
  let count = plan.length;
  return {
    async next() {
      const known = left.shift();
      if (known !== undefined) return known;
      if (count >= sweep.trials) return null;
      count += 1;
      const trial = count;
      const { asked, flags: chosen } = await study.ask();
      const words = Object.entries(chosen).map(([name, text]) => `${name}=${text}`);
      const planned = { trial, flags: chosen, command: ["guild", "run", request.spec, ...request.words.others, ...words], asked };
      addToPlan(request.root, sweep.id, planned);
      return planned;
    },
    async ended({ asked }, value) {
      if (asked !== undefined) await study.tell(asked, value);
    },
    close: study.close,
  };
}
