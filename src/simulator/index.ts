export { createCloud, type Cloud } from './cloud.js';
export type { Fault, FaultMatch } from './faults.js';
export { MFA_SECRET } from './options.js';
export { passcodeAt } from './totp.js';
export type { CloudOptions, SimulatedService, SimulatorClock, UserOption } from './options.js';
