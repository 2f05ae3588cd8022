import { spawnSync } from "node:child_process";
import { delimiter, join } from "node:path";
import type { Requirement } from "../../../src/load/requirement-spec.ts";
import { ToolError } from "../../../src/run/error.ts";
import { python } from "../command-words.ts";
import { expandReferences } from "../references.ts";
import type { RequiresContext } from "./find.ts";
import type { Found } from "./found.ts";

/** Looked up, not imported: of `a.b` only `a` is executed, as Python does it. */
const LOOK = "import importlib.util, sys\nsys.exit(0 if importlib.util.find_spec(sys.argv[1]) else 3)";
const LOOK_MS = 30_000;

/** `module: torch`: the user's own Python has to know it. It gives no files. */
export function findModule(requirement: Requirement, { root, operation, scope }: RequiresContext): Found {
  const name = expandReferences(requirement.target, scope, "requires");
  return {
    requirement,
    scope,
    name: `module:${name}`,
    shown: `Python module ${name}`,
    moves: false,
    parents: {},
    async obtain({ env }) {
      const path = [root, ...operation.pythonPath.map((folder) => join(root, folder)), env.PYTHONPATH ?? ""];
      const { status, error } = spawnSync(python(), ["-c", LOOK, name], {
        cwd: root,
        env: { ...env, PYTHONPATH: path.filter((folder) => folder !== "").join(delimiter) },
        stdio: "ignore",
        timeout: LOOK_MS,
      });
      if (status === 0 || requirement.optional) return { sources: [], written: [], warnings: [] };
      throw new ToolError("missing-requirement", `missing required module '${name}'`, {
        hint:
          requirement.help ??
          (error === undefined
            ? `Install it for the Python that is used here: ${python()} -m pip install ${name.split(".")[0]}`
            : `${python()} could not be asked: ${error.message}`),
        exitCode: 2,
      });
    },
  };
}
