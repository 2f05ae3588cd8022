import { machine, machineSpec } from "./_machine.ts";

export default {
  spec: { ...machineSpec, tags: ["op/cpu/util"], unit: "cores" as const, title: "op/cpu/util" },
  data: [machine],
  state: { x: "time" as const },
};
