export { SimulatorError } from "./errors.ts";
export type { Fault, FaultHook, FaultInput, FaultTarget } from "./faults.ts";
export { type SimulatorOptions, type Simulators, startSimulators } from "./server.ts";
export type { Connection } from "./simulation.ts";
