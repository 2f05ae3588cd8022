/** Projects with public records and nothing else, as a clone has them: tests that tend runs need not record any. */
import { formatRun } from "../../../src/run/run-file.ts";
import type { Run } from "../../../src/run/types.ts";
import { plainRun } from "../../src/run/_plain-run.ts";
import type { TestProject } from "../_project.ts";

/** Writes the public record of a completed run of train; what is given replaces what is plain. Gives it back. */
export function record(project: Pick<TestProject, "write">, id: string, more: Partial<Run> = {}): Run {
  const started = `${id.slice(0, 4)}-${id.slice(4, 6)}-${id.slice(6, 11)}:${id.slice(11, 13)}:${id.slice(13, 15)}.000Z`;
  const run: Run = { ...plainRun(), id, started, stopped: started, label: null, tags: [], parents: {}, ...more };
  project.write(`content/runs/${id}/run.json`, formatRun(run));
  return run;
}
