import many from "./many-runs.ts";

export default { ...many, state: { hidden: new Set(["lr=0.1", "lr=0.001"]) } };
