import { defineFacts } from "./_contract.ts";

/**
 * What is given to each job, process or recording anew: it belongs to the run, and would make an environment of every one. Which GPUs
 * were left to a command stands in the list of GPUs.
 */
const OF_THE_RUN =
  /^(?:SLURM_(?:JOB_?ID|ARRAY_.*|STEP_?ID|STEP_.*|TASK_PID|PROCID|LOCALID|NODEID|GTIDS|JOB_NAME|JOB_START_TIME|JOB_END_TIME|JOB_GPUS|GPUS?_.*|CPU_BIND.*|MEM_BIND.*|TOPOLOGY_.*|PRIO_PROCESS|DISTRIBUTION|SRUN_.*|SUBMIT_.*)|(?:LOCAL_|GROUP_|ROLE_)?RANK|TORCHELASTIC_.*|(?:CUDA|NVIDIA|HIP|ROCR)_VISIBLE_DEVICES|PYTHONUNBUFFERED|PYTHONHASHSEED|NCCL_(?:COMM_ID|HOSTID)|ACCELERATE_.*(?:RANK|PORT))$/;

export default defineFacts({
  summary: "Environment variables on the allow-list",
  looks: "once",
  async read({ env, allowVariable }) {
    const variables: Record<string, string> = {};
    for (const name of Object.keys(env).sort()) {
      const value = env[name];
      if (value !== undefined && allowVariable(name) && !OF_THE_RUN.test(name)) variables[name] = value;
    }
    return { variables };
  },
});
