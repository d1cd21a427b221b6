/** What is loaded once somebody launches. */
export { LaunchController } from './launch-controller.js';
