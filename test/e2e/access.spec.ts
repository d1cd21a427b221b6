import { access } from './access.js';
import { test } from './simulated-world.js';

access(test);
