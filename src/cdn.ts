import { defineAll } from './define.js';
import { loadWhenSeen } from './when-seen.js';

/**
 * The script-tag build: what a portal shows to everybody, defined at once under its own name, and the kit's API as
 * exports. What few people need is loaded when its tag appears.
 */
export * from './index.js';

defineAll();

const observe = loadWhenSeen({
  'exo-instance': () => import('./elements/exo-instance.js'),
  'exo-console': () => import('./elements/exo-console.js'),
  'exo-quick-launch': () => import('./elements/exo-quick-launch.js'),
  'exo-credentials': () => import('./elements/exo-credentials.js'),
  'exo-doctor': () => import('./elements/exo-doctor.js'),
  'exo-api-log': () => import('./elements/exo-api-log.js'),
});
if (typeof document !== 'undefined') observe(document);
