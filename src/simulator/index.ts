export { createCloud, type Cloud } from './cloud.js';
export type { Fault, FaultMatch } from './faults.js';
export type { CloudOptions, SimulatedService, SimulatorClock, UserOption } from './options.js';
