import many from "./many-runs.ts";

export default { ...many, theme: "dark" as const };
