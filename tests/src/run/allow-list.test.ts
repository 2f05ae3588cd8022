import { test } from "uvu";
import * as assert from "uvu/assert";
import { allowVariable } from "../../../src/run/allow-list.ts";

test("lets through what decides about speed and result", () => {
  const names = "CUDA_VISIBLE_DEVICES OMP_NUM_THREADS NCCL_DEBUG TORCH_HOME TF_CPP_MIN_LOG_LEVEL XLA_FLAGS JAX_PLATFORMS HF_HOME";
  for (const name of `${names} SLURM_NNODES RANK WORLD_SIZE PYTHONPATH VIRTUAL_ENV CONDA_PREFIX LD_LIBRARY_PATH`.split(" ")) {
    assert.ok(allowVariable(name), name);
  }
});

test("leaves out everything it does not know", () => {
  const names =
    "HOME USER LOGNAME PATH PWD SSH_CONNECTION DATABASE_URL AWS_ACCESS_KEY_ID EDITOR RANKING XCUDA_X TF_VAR_db TF_CLI_ARGS";
  for (const name of names.split(" ")) assert.not.ok(allowVariable(name), name);
  assert.not.ok(allowVariable(""));
});

test("never lets through names of secrets, people and machines, whoever asks", () => {
  const names =
    "HF_TOKEN SLURM_JWT SLURM_JOB_USER SLURM_SUBMIT_HOST SLURM_JOB_NODELIST JAX_COORDINATOR_ADDRESS TF_CONFIG MASTER_ADDR";
  for (const name of names.split(" ")) {
    assert.not.ok(allowVariable(name), name);
    assert.not.ok(allowVariable(name, [name, "*"]), name);
  }
});

test("takes a project's own names and patterns", () => {
  assert.ok(allowVariable("MY_THREADS", ["MY_THREADS"]));
  assert.ok(allowVariable("LAB_MODE", ["LAB_*"]));
  assert.not.ok(allowVariable("LABS", ["LAB_*"]));
  assert.not.ok(allowVariable("LAB.MODE", ["LAB_MODE", "LAB_X"]));
  assert.not.ok(allowVariable("ab", ["a.b"]), "a dot in a pattern is a dot");
});

test.run();
