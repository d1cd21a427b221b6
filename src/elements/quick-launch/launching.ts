import type { BaseElement } from '../../ui/base-element.js';
import { LaunchController, type LaunchControllerEvents } from '../launch-wizard/launch-controller.js';

/** What is loaded once somebody launches: the launch itself, and what shows it. */
export { runView } from '../launch-wizard/run-view.js';

export function launchIn(host: BaseElement, events: LaunchControllerEvents): LaunchController {
  return new LaunchController(host, events);
}
