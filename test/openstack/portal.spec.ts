import { story } from '../e2e/story.js';
import { test } from './real-world.js';

story(test);
