/**
 * Which environment variables may stand in a public record.
 *
 * A list of what is allowed, never of what is forbidden: an unknown name is left out. Values still go through the
 * redactor, because a path or a key may stand in a variable with an innocent name.
 */

/** What makes two environments differ in speed or result. `*` stands for any characters. */
const ALLOWED = [
  "CUDA_*",
  "CUDNN_*",
  "CUBLAS_*",
  "NVIDIA_*",
  "NCCL_*",
  "HIP_*",
  "HSA_*",
  "ROCR_*",
  "ROCM_*",
  "OMP_*",
  "KMP_*",
  "MKL_*",
  "OPENBLAS_*",
  "BLIS_*",
  "GOTO_NUM_THREADS",
  "NUMEXPR_*",
  "NUMBA_*",
  "VECLIB_MAXIMUM_THREADS",
  "MALLOC_*",
  "LD_PRELOAD",
  "LD_LIBRARY_PATH",
  "DYLD_LIBRARY_PATH",
  "TORCH*",
  "PYTORCH_*",
  "ATEN_*",
  // Not all of TF_*: Terraform's variables begin so too, and hold secrets.
  ...["AUTO", "CPP", "CUBLAS", "CUDA", "CUDNN", "DETERMINISTIC", "DISABLE", "ENABLE", "FORCE", "GPU", "KERAS"].map(
    (word) => `TF_${word}_*`,
  ),
  ...["NUM", "ONEDNN", "OVERRIDE", "TENSORRT", "USE", "XLA"].map((word) => `TF_${word}_*`),
  "TF2_*",
  "XLA_*",
  "JAX_*",
  "KERAS_*",
  "TRITON_*",
  "DEEPSPEED_*",
  "ACCELERATE_*",
  "HF_HOME",
  "HF_HUB_OFFLINE",
  "HF_DATASETS_*",
  "TRANSFORMERS_*",
  "TOKENIZERS_PARALLELISM",
  "SLURM_*",
  "RANK",
  "LOCAL_RANK",
  "WORLD_SIZE",
  "LOCAL_WORLD_SIZE",
  "PYTHON*",
  "CONDA_DEFAULT_ENV",
  "CONDA_PREFIX",
  "VIRTUAL_ENV",
  "NODE_ENV",
  "NODE_OPTIONS",
  "UV_THREADPOOL_SIZE",
  "LANG",
  "LC_ALL",
  "TZ",
];

/**
 * Words of a name that are never let through, whoever allows it: they hold secrets, or name people and machines
 * (`HF_TOKEN`, `SLURM_JWT`, `SLURM_JOB_USER`, `SLURM_SUBMIT_HOST`, `SLURMD_NODENAME`, `JAX_COORDINATOR_ADDRESS`).
 */
const FORBIDDEN_WORDS = new Set(
  (
    "token jwt secret password passwd passphrase pwd key keys apikey auth credential credentials cookie session " +
    "user username uid gid account email mail host hostname hosts nodename nodelist nodes ipaddr addr address ip aliases cluster"
  ).split(" "),
);

/** `SLURM_NNODES` counts; these hold host names under a name of no warning. */
const FORBIDDEN_NAMES = new Set(["TF_CONFIG", "SLURM_NODE_ALIASES", "SLURM_CONF", "SLURM_STEP_RESV_PORTS", "PYTHON_HISTORY"]);

/**
 * Whether the variable may be written into `content/environments`.
 *
 * `extra` are the project's own names from `guildhall: env:`, where `*` stands for any characters. Names with a word
 * that tells of secrets, people or machines are refused in any case; the empty name is refused.
 */
export function allowVariable(name: string, extra: readonly string[] = []): boolean {
  if (name === "" || isForbidden(name)) return false;
  return ALLOWED.some((pattern) => matches(pattern, name)) || extra.some((pattern) => matches(pattern, name));
}

function isForbidden(name: string): boolean {
  if (FORBIDDEN_NAMES.has(name)) return true;
  return name
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .some((word) => FORBIDDEN_WORDS.has(word));
}

function matches(pattern: string, name: string): boolean {
  if (!pattern.includes("*")) return pattern === name;
  const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(name);
}
