import type { Action, ErrorKind, OpenStackError } from '../openstack/errors.js';
import { actionMessages } from './en/actions.js';
import { errorMessages } from './en/errors.js';
import type { Localizer } from './localizer.js';

/** An error as a person reads it. */
export interface ErrorDescription {
  /** What was attempted, without a full stop: `Could not create the instance “web-1”`. */
  readonly attempted: string;
  /** What happened: one or two sentences. */
  readonly happened: string;
  /** What the person can do. */
  readonly helps: string;
  /** The cloud's own words, where they say more than the sentence. */
  readonly detail?: string | undefined;
  /** The id to quote to the operator of the cloud. */
  readonly requestId?: string | undefined;
  /** The lines missing in the operator's configuration. */
  readonly configLines?: readonly string[] | undefined;
}

type Key = keyof typeof errorMessages.english;

/** Puts an error into words. Anything may be given; what is no error of the cloud is one of this page. */
export function describeError(localizer: Localizer, error: unknown): ErrorDescription {
  if (!isCloudError(error)) {
    const [attempted = '', helps = ''] = localizer.text(errorMessages, 'internal').split('\n');
    return { attempted, happened: '', helps };
  }
  const { attempt, kind, reason, configLines, requestId } = error;
  const [happened = '', helps] = say(localizer, error, isKey(reason) ? reason : kind);
  const mayBeDone = (kind === 'timeout' || reason === 'answer-lost') && changes(attempt.action);
  return {
    attempted: describeAttempt(localizer, attempt.action, attempt.name),
    happened,
    helps: mayBeDone
      ? localizer.text(errorMessages, 'may-be-done')
      : (helps ?? say(localizer, error, kind)[1] ?? ''),
    detail: SPEAKING.includes(kind) && reason !== 'html-answer' ? error.detail : undefined,
    requestId,
    configLines: configLines.length > 0 ? configLines : undefined,
  };
}

/** `Could not create the instance “web-1”`. */
export function describeAttempt(localizer: Localizer, action: Action, name?: string): string {
  const quoted = name ? localizer.text(errorMessages, 'named', { name }) : '';
  return localizer.text(errorMessages, 'attempted', {
    action: localizer.text(actionMessages, action, { name: quoted }),
  });
}

/** Kinds whose sentence is general, so that the cloud's own message is what tells. */
const SPEAKING: readonly ErrorKind[] = [
  'conflict',
  'invalid',
  'forbidden',
  'server',
  'protocol',
  'not-found',
];

/** By the brand, as the error may come from another copy of the kit. */
function isCloudError(error: unknown): error is OpenStackError {
  return typeof error === 'object' && error !== null && Symbol.for('exo.error') in error;
}

function isKey(reason: string | undefined): reason is Key {
  return reason !== undefined && Object.hasOwn(errorMessages.english, reason);
}

function say(localizer: Localizer, error: OpenStackError, key: Key): string[] {
  const values = {
    host: error.host ?? localizer.text(errorMessages, 'this-host'),
    service: error.service ?? '',
    quota: error.quota,
    seconds: error.retryAfter,
    action: '',
    name: '',
  };
  // A kind that only a newer copy of the kit on the page knows is an answer not understood.
  return localizer.text(errorMessages, isKey(key) ? key : 'protocol', values).split('\n');
}

/** Whether the action would have changed something in the cloud. */
function changes(action: Action): boolean {
  return !/^(list|read|discover|sign|select|renew)-/.test(action);
}
