import { LaunchController, type LaunchControllerEvents } from '../launch-wizard/launch-controller.js';
import type { SessionElement } from '../session-element.js';

/** What is loaded once somebody launches: the launch itself, and what shows it. */
export { runView } from '../launch-wizard/run-view.js';

export function launchIn(host: SessionElement, events: LaunchControllerEvents): LaunchController {
  return new LaunchController(host, events);
}
