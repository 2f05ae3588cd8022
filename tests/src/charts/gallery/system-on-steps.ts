import { machine, machineSpec } from "./_machine.ts";

export default { spec: machineSpec, data: [machine] };
