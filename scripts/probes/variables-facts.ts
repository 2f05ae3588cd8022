import { defineFacts } from "./_contract.ts";

/** What a scheduler gives to each job anew: it belongs to the run, and would make an environment of every one. */
const OF_THE_RUN =
  /^SLURM_(?:JOB_?ID|ARRAY_JOB_ID|ARRAY_TASK_ID|STEP_?ID|STEP_.*|TASK_PID|PROCID|LOCALID|NODEID|GTIDS|JOB_NAME|JOB_START_TIME|JOB_END_TIME|SRUN_.*|SUBMIT_.*)$/;

export default defineFacts({
  summary: "Environment variables on the allow-list",
  async read({ env, allowVariable }) {
    const variables: Record<string, string> = {};
    for (const name of Object.keys(env).sort()) {
      const value = env[name];
      if (value !== undefined && allowVariable(name) && !OF_THE_RUN.test(name)) variables[name] = value;
    }
    return { variables };
  },
});
