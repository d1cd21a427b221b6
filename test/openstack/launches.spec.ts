import { launches } from '../e2e/launches.js';
import { test } from './real-world.js';

launches(test);
