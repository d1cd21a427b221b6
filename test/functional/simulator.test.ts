import { simulatedCloud } from './simulated.js';
import { functionalSuite } from './suite.js';

functionalSuite(simulatedCloud());
