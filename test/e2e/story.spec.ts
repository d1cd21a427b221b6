import { test } from './simulated-world.js';
import { story } from './story.js';

story(test);
