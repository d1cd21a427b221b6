import { launchTests } from './launch-tests.js';
import { simulatedCloud } from './simulated.js';

launchTests(simulatedCloud(), { pace: 50, concurrency: 6 });
