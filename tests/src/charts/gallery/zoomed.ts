import twins from "./twins.ts";

export default { ...twins, state: { range: [200, 400] as const, smooth: 0.9 } };
