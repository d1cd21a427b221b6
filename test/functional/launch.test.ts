import { launchChoiceTests } from './launch-choice-tests.js';
import { launchHoldTests } from './launch-hold-tests.js';
import { launchTests } from './launch-tests.js';
import { simulatedCloud } from './simulated.js';

launchTests(simulatedCloud(), { pace: 50, concurrency: 6 });
launchChoiceTests(simulatedCloud(), { pace: 50, concurrency: 6 });
launchHoldTests(simulatedCloud(), { pace: 50, concurrency: 6 });
