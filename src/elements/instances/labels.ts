import { instanceActionMessages } from '../../i18n/en/instance-actions.js';
import { instanceListMessages } from '../../i18n/en/instance-list.js';
import type { Localizer } from '../../i18n/localizer.js';
import type { InstanceAction } from './actions.js';

/** The name of any action. */
export function actionLabel(localizer: Localizer, action: InstanceAction): string {
  switch (action) {
    case 'start':
    case 'stop':
    case 'reboot':
    case 'hard-reboot':
    case 'delete':
    case 'unpause':
    case 'resume':
    case 'unshelve':
    case 'unrescue':
    case 'confirm-resize':
      return localizer.text(instanceListMessages, action);
    default:
      return localizer.text(instanceActionMessages, action);
  }
}
