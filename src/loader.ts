import { loadWhenSeen } from './when-seen.js';

/**
 * Loads and registers each element of the kit when it first appears in the page. Importing this module starts it.
 *
 * Looks into open shadow roots that are there when their host is first seen; an application that adds elements
 * to a shadow root later imports the element's own file, or calls `observe` for that root.
 */
export const observe = loadWhenSeen({
  'exo-session': () => import('./elements/exo-session.js'),
  'exo-login': () => import('./elements/exo-login.js'),
  'exo-project-picker': () => import('./elements/exo-project-picker.js'),
  'exo-session-status': () => import('./elements/exo-session-status.js'),
  'exo-instance-list': () => import('./elements/exo-instance-list.js'),
  'exo-instance': () => import('./elements/exo-instance.js'),
  'exo-console': () => import('./elements/exo-console.js'),
  'exo-launch-wizard': () => import('./elements/exo-launch-wizard.js'),
  'exo-quick-launch': () => import('./elements/exo-quick-launch.js'),
  'exo-credentials': () => import('./elements/exo-credentials.js'),
  'exo-doctor': () => import('./elements/exo-doctor.js'),
  'exo-api-log': () => import('./elements/exo-api-log.js'),
});

if (typeof document !== 'undefined') observe(document);
