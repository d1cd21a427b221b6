import { instanceListMoreMessages as moreMessages } from '../../i18n/en/instance-list-more.js';
import type { Server } from '../../openstack/compute.js';
import { announce } from '../../ui/live-region.js';
import type { OverlayHost } from '../../ui/overlay-host.js';
import { planFor } from '../instance-list/bulk.js';
import { confirmPlan } from '../instance-list/confirm.js';
import { ExoInstanceRequestEvent } from '../instance-list/events.js';
import { nameOf, refusalText } from '../instance-list/words.js';
import type { InstanceAction } from './actions.js';
import { needsConfirmation, type Rights } from './availability.js';
import { openForm } from './forms.js';
import { hasForm } from './forms-list.js';
import { request, type Place } from './requests.js';
import { tellOf } from './tell.js';

/** How an action ended. */
export type Performed =
  | { readonly kind: 'done' }
  /** It was not possible, as has been said, or the person or the page did not want it. */
  | { readonly kind: 'left' }
  /** To be shown where the action was chosen. */
  | { readonly kind: 'failed'; readonly error: unknown };

export interface PerformOptions {
  readonly rights: Rights;
  /** Where the keyboard goes after a dialog when what had it is gone. */
  readonly returnFocus?: () => HTMLElement | null;
}

/**
 * One action on one instance, from the click to the result: the page's request event, the question or form, the
 * request, and the event that tells how it went. Never rejects. What a form has sent, and the cloud refused, was shown
 * in the form.
 */
export async function performAction(
  host: OverlayHost,
  action: InstanceAction,
  place: Place,
  { rights, returnFocus = () => null }: PerformOptions,
): Promise<Performed> {
  const { connection, servers, id } = place;
  // One that was deleted and can be brought back is in no list.
  const server = servers.get(id) ?? (await servers.read(id).catch(() => undefined));
  if (!server) return { kind: 'left' };
  const plan = planFor(action, [server], () => rights);
  const [refused] = plan.refused;
  if (refused) {
    announce(host, refusalText(host.localizer, refused.refusal));
    return { kind: 'left' };
  }
  const named = { id, connection: connection.id, name: server.name };
  if (!host.dispatchEvent(new ExoInstanceRequestEvent(action, [named]))) return { kind: 'left' };
  const tell = (error: unknown) => tellOf(host, action, { ...named, error });
  if (hasForm(action)) {
    const sent = await openForm(host, action, place, returnFocus);
    if (sent) tell(undefined);
    return { kind: sent ? 'done' : 'left' };
  }
  const choices = needsConfirmation(action)
    ? await confirmPlan(host, plan, { whereOf: () => undefined, placeOf: () => place, returnFocus })
    : {};
  if (!choices) return { kind: 'left' };
  if (!isStill(host, action, place, server, rights)) return { kind: 'left' };
  try {
    await request(action, place, choices);
  } catch (error) {
    tell(error);
    return { kind: 'failed', error };
  }
  tell(undefined);
  return { kind: 'done' };
}

/** Whether it still makes sense after the question; otherwise it is said why not. */
function isStill(
  host: OverlayHost,
  action: InstanceAction,
  { servers, id }: Place,
  before: Server,
  rights: Rights,
): boolean {
  const { localizer } = host;
  const now = servers.get(id);
  const [refused] = now ? planFor(action, [now], () => rights).refused : [];
  if (refused) announce(host, refusalText(localizer, refused.refusal));
  if (!now)
    announce(host, localizer.text(moreMessages, 'goneMeanwhile', { name: nameOf(localizer, before) }));
  return now !== undefined && refused === undefined;
}
