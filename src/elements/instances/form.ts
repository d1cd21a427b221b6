import { instanceActionMessages as messages } from '../../i18n/en/instance-actions.js';
import type { Localizer } from '../../i18n/localizer.js';
import { ComputeClient, type Server } from '../../openstack/compute.js';
import type { Target } from '../../openstack/server-actions.js';
import type { OverlayHost } from '../../ui/overlay-host.js';
import { nameOf } from '../instance-list/words.js';
import type { FormAction } from './forms-list.js';
import { actionLabel } from './labels.js';
import type { Place } from './requests.js';

/** What every form of an action begins with. */
export interface FormContext {
  readonly host: OverlayHost;
  readonly localizer: Localizer;
  readonly place: Place;
  /** As it was when the form opened. */
  readonly server: Server;
  readonly compute: ComputeClient;
  readonly target: Target;
  readonly heading: string;
  readonly label: string;
  readonly returnFocus: () => HTMLElement | null;
}

export function contextOf(
  host: OverlayHost,
  action: FormAction,
  place: Place,
  server: Server,
  returnFocus: () => HTMLElement | null,
): FormContext {
  const { localizer } = host;
  const label = actionLabel(localizer, action);
  const name = nameOf(localizer, server);
  return {
    host,
    localizer,
    place,
    server,
    compute: place.connection.client(ComputeClient),
    target: { id: place.id, name: server.name },
    heading: localizer.text(messages, 'title', { action: label, name }),
    label,
    returnFocus,
  };
}
