import { instanceHistoryMessages as messages } from '../../../i18n/en/instance-history.js';
import type { Localizer } from '../../../i18n/localizer.js';
import type { HistoryEntry, HistoryEvent } from '../../../openstack/instance-history.js';

type ActionKey = Exclude<Extract<keyof typeof messages.english, `action-${string}`>, 'action-other'>;
type EventKey = Exclude<Extract<keyof typeof messages.english, `event-${string}`>, 'event-other'>;

const known = (key: string): boolean => Object.hasOwn(messages.english, key);
const isAction = (key: string): key is ActionKey => key !== 'action-other' && known(key);
const isEvent = (key: string): key is EventKey => key !== 'event-other' && known(key);

/** A name of the API as words: `attach_volume` and `swapVolume` as `attach volume` and `swap volume`. */
function spelled(name: string): string {
  return name
    .replaceAll(/[_-]+/g, ' ')
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .trim()
    .toLowerCase();
}

/** What was done, in words. */
export function actionWords(localizer: Localizer, action: string): string {
  const key = `action-${action}`;
  return isAction(key)
    ? localizer.text(messages, key)
    : localizer.text(messages, 'action-other', { name: spelled(action) });
}

/** What a part of it was, in words: Nova puts the service before the name, `compute_stop_instance`. */
export function eventWords(localizer: Localizer, event: string): string {
  const name = event.replace(/^(?:compute|conductor|api)_/, '');
  const key = `event-${name}`;
  if (isEvent(key)) return localizer.text(messages, key);
  const action = `action-${name.replace(/_instance$/, '')}`;
  if (isAction(action)) return localizer.text(messages, action);
  return localizer.text(messages, 'event-other', { name: spelled(name) });
}

export type Outcome = 'done' | 'failed' | 'running';

/** What came of a part of an action. */
export function eventOutcome({ result, finish }: Pick<HistoryEvent, 'result' | 'finish'>): Outcome {
  if (result !== undefined && /^success$/i.test(result)) return 'done';
  if (result !== undefined) return 'failed';
  return finish === undefined ? 'running' : 'done';
}

/**
 * What came of an action. Nova says of the whole only when it failed; whether it goes on is told by its parts, or by
 * what is happening to the server.
 *
 * @param busy whether something is happening to the server, and this is the newest entry
 */
export function outcome(
  { message }: Pick<HistoryEntry, 'message'>,
  busy: boolean,
  events: readonly HistoryEvent[] | undefined,
): Outcome {
  const parts = events?.map(eventOutcome) ?? [];
  if (message !== undefined && message !== '') return 'failed';
  if (parts.includes('failed')) return 'failed';
  return parts.includes('running') || (busy && parts.length === 0) ? 'running' : 'done';
}

/** How long something took, in seconds; undefined where that cannot be told. */
export function seconds(start: string, finish: string | undefined): number | undefined {
  if (finish === undefined) return undefined;
  const length = (Date.parse(finish) - Date.parse(start)) / 1000;
  return Number.isFinite(length) && length >= 1 ? length : undefined;
}
