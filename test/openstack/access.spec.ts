import { access } from '../e2e/access.js';
import { test } from './real-world.js';

access(test);
