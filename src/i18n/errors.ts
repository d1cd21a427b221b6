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

/** Puts an error into words. Anything may be given; what is no error of the cloud is one of this page. */
export function describeError(localizer: Localizer, error: unknown): ErrorDescription {
  if (!isCloudError(error)) {
    return {
      attempted: localizer.text(errorMessages, 'internal'),
      happened: '',
      helps: localizer.text(errorMessages, 'internal.helps'),
    };
  }
  return {
    attempted: describeAttempt(localizer, error.attempt.action, error.attempt.name),
    happened: happened(localizer, error),
    helps: helps(localizer, error),
    detail: detail(error),
    requestId: error.requestId,
    configLines: error.configLines.length > 0 ? error.configLines : undefined,
  };
}

/** `Could not create the instance “web-1”`. */
export function describeAttempt(localizer: Localizer, action: Action, name?: string): string {
  const quoted = name === undefined || name === '' ? '' : localizer.text(errorMessages, 'named', { name });
  return localizer.text(errorMessages, 'attempted', {
    action: localizer.text(actionMessages, action, { name: quoted }),
  });
}

/** By the brand, as the error may come from another copy of the kit. */
function isCloudError(error: unknown): error is OpenStackError {
  return typeof error === 'object' && error !== null && Symbol.for('exo.error') in error;
}

function happened(localizer: Localizer, error: OpenStackError): string {
  const host = error.host ?? localizer.text(errorMessages, 'this-host');
  switch (error.reason) {
    case 'wrong-credentials':
    case 'token-expired':
    case 'token-revoked':
    case 'second-factor':
    case 'password-expired':
    case 'account-locked':
    case 'no-access':
    case 'name-taken':
    case 'not-keystone':
    case 'user-data-too-large':
    case 'offline':
    case 'microversion':
      return localizer.text(errorMessages, error.reason);
    case 'answer-lost':
    case 'mixed-content':
    case 'cors-token-header':
    case 'html-answer':
    case 'truncated':
      return localizer.text(errorMessages, error.reason, { host });
    case 'service-missing':
    case 'no-endpoint':
      return localizer.text(errorMessages, error.reason, {
        service: error.service ?? localizer.text(errorMessages, 'this-service'),
      });
    case undefined:
    default:
  }
  const { kind } = error;
  switch (kind) {
    case 'auth':
    case 'forbidden':
    case 'conflict':
    case 'not-found':
    case 'invalid':
    case 'rate-limit':
    case 'server':
      return localizer.text(errorMessages, kind);
    case 'network':
    case 'cors':
    case 'timeout':
    case 'protocol':
      return localizer.text(errorMessages, kind, { host });
    case 'quota':
      return localizer.text(errorMessages, 'quota', error.quota ?? { resource: '' });
    default:
      // A newer copy of the kit on the page may know kinds this one does not.
      kind satisfies never;
      return localizer.text(errorMessages, 'protocol', { host });
  }
}

function helps(localizer: Localizer, error: OpenStackError): string {
  switch (error.reason) {
    case 'wrong-credentials':
    case 'token-expired':
    case 'token-revoked':
    case 'second-factor':
    case 'password-expired':
    case 'account-locked':
    case 'no-access':
    case 'name-taken':
    case 'not-keystone':
    case 'user-data-too-large':
    case 'offline':
    case 'microversion':
    case 'mixed-content':
    case 'html-answer':
      return localizer.text(errorMessages, `${error.reason}.helps`);
    case 'answer-lost':
      return localizer.text(errorMessages, changes(error) ? 'answer-lost.helps' : 'network.helps');
    case 'service-missing':
    case 'no-endpoint':
      return localizer.text(errorMessages, 'service-missing.helps');
    case undefined:
    default:
  }
  const { kind } = error;
  switch (kind) {
    case 'auth':
    case 'forbidden':
    case 'conflict':
    case 'not-found':
    case 'invalid':
    case 'server':
    case 'network':
    case 'cors':
    case 'protocol':
      return localizer.text(errorMessages, `${kind}.helps`);
    case 'timeout':
      return localizer.text(errorMessages, changes(error) ? 'may-be-done.helps' : 'timeout.helps');
    case 'rate-limit':
      return error.retryAfter === undefined
        ? localizer.text(errorMessages, 'rate-limit.helps')
        : localizer.text(errorMessages, 'rate-limit-for.helps', { seconds: error.retryAfter });
    case 'quota':
      return localizer.text(errorMessages, dependsOnSize(error) ? 'quota-size.helps' : 'quota.helps');
    default:
      kind satisfies never;
      return localizer.text(errorMessages, 'protocol.helps');
  }
}

/** Where the sentence is general, the cloud's own message is what tells. */
function detail(error: OpenStackError): string | undefined {
  const general: readonly ErrorKind[] = [
    'conflict',
    'invalid',
    'forbidden',
    'server',
    'protocol',
    'not-found',
  ];
  return general.includes(error.kind) && error.reason !== 'html-answer' ? error.detail : undefined;
}

function changes(error: OpenStackError): boolean {
  return !/^(list|read|discover|sign|select|renew)-/.test(error.attempt.action);
}

function dependsOnSize(error: OpenStackError): boolean {
  return ['cores', 'ram', 'instances'].includes(error.quota?.resource ?? '');
}
