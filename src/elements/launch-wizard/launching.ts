/** What is loaded once somebody launches: the launch itself, and what shows it. */
export { LaunchController } from './launch-controller.js';
export { runView } from './run-view.js';
