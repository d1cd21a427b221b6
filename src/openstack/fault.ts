import type { Challenge, ErrorKind, QuotaReason } from './errors.js';
import { redact } from './redact.js';
import { isRecord } from './schema.js';

/** What an answer that is not a success says, whatever service wrote it. */
export interface Fault {
  readonly kind: ErrorKind;
  readonly reason: string | undefined;
  readonly detail: string | undefined;
  readonly quota: QuotaReason | undefined;
  /** Seconds, where the body names them. */
  readonly retryAfter: number | undefined;
  readonly requestId: string | undefined;
  /** For reason `second-factor`. */
  readonly challenge: Omit<Challenge, 'receipt'> | undefined;
}

const LONGEST_DETAIL = 500;

const KINDS: Readonly<Record<number, ErrorKind>> = {
  400: 'invalid',
  401: 'auth',
  403: 'forbidden',
  404: 'not-found',
  408: 'timeout',
  409: 'conflict',
  410: 'not-found',
  413: 'invalid',
  414: 'invalid',
  415: 'invalid',
  422: 'invalid',
  429: 'rate-limit',
};

/**
 * Reads the answer to a request that failed.
 *
 * @param body the text as it came: JSON in any of the services' forms, or a proxy's HTML page
 * @param secrets values that were sent and might be echoed
 * @param readQuota finds a quota in a message, for services that have any
 */
export function readFault(
  status: number,
  body: string,
  secrets: readonly string[] = [],
  readQuota: (message: string) => QuotaReason | undefined = () => undefined,
): Fault {
  const json = parse(body);
  const message = plain(json === undefined ? body : (messageIn(json) ?? ''));
  const detail = redact(message, secrets).slice(0, LONGEST_DETAIL) || undefined;
  const mayBeQuota = status === 403 || status === 409 || status === 413 || status === 400;
  const quota = mayBeQuota ? readQuota(message) : undefined;
  const retryAfter = retryIn(json);
  const methods = methodsIn(json);
  const kind = quota
    ? 'quota'
    : status === 413 && retryAfter
      ? 'rate-limit'
      : (KINDS[status] ?? (status >= 500 ? 'server' : 'protocol'));
  return {
    kind,
    quota,
    retryAfter,
    detail: methods ? methods.flat().join(', ') : detail,
    challenge: methods && { methods, userId: userIn(json) },
    reason: methods
      ? 'second-factor'
      : status === 406
        ? 'microversion'
        : status === 401
          ? authReason(message)
          : kind === 'not-found' && message.includes(' is not reachable from subnet ')
            ? 'no-way-out'
            : kind === 'protocol' && isHtml(body)
              ? 'html-answer'
              : undefined,
    requestId: /\breq-[\da-f]{8}-[\da-f-]{27}/.exec(message)?.[0],
  };
}

/** Whether a text is a web page, which no OpenStack API answers with when all is well. */
export function isHtml(body: string): boolean {
  return /^\s*(?:<!doctype html|<html|<head|<body|<\?xml)/i.test(body);
}

/** Which methods are wanted, each list of them being enough. */
function methodsIn(json: unknown): string[][] | undefined {
  const methods = isRecord(json) ? json['required_auth_methods'] : undefined;
  return Array.isArray(methods)
    ? methods.map((each) => (Array.isArray(each) ? each.map(String) : [String(each)]))
    : undefined;
}

/** Whose receipt it is. */
function userIn(json: unknown): string | undefined {
  const receipt = isRecord(json) ? json['receipt'] : undefined;
  const user = isRecord(receipt) ? receipt['user'] : undefined;
  const id = isRecord(user) ? user['id'] : undefined;
  return typeof id === 'string' ? id : undefined;
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function authReason(message: string): string | undefined {
  if (/password is expired/i.test(message)) return 'password-expired';
  if (/account is locked/i.test(message)) return 'account-locked';
  if (/no access to (?:the )?project/i.test(message)) return 'no-access';
  return undefined;
}

/**
 * The message in any of the forms services use: `{badRequest: {message}}`, `{error: {message}}`,
 * `{NeutronError: {message}}`, `{NeutronError: '...'}`, `{message}`, `{errors: [{detail}]}`, `{faultstring}`.
 */
function messageIn(body: unknown, depth = 3): string | undefined {
  if (typeof body === 'string') return body;
  if (depth === 0 || typeof body !== 'object' || body === null) return undefined;
  if (isRecord(body)) {
    for (const name of ['message', 'detail', 'faultstring', 'error_message']) {
      const text = body[name];
      if (typeof text === 'string' && text) return text;
    }
  }
  for (const [name, value] of Object.entries(body)) {
    if (typeof value === 'string' && !/error|^\d+$/i.test(name)) continue;
    const text = messageIn(value, depth - 1);
    if (text) return text;
  }
  return undefined;
}

function retryIn(json: unknown): number | undefined {
  if (!isRecord(json)) return undefined;
  for (const value of [json, ...Object.values(json)]) {
    const seconds = isRecord(value) ? Number(value['retryAfter'] ?? NaN) : NaN;
    if (seconds > 0) return seconds;
  }
  return undefined;
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
  '#x27': "'",
  nbsp: ' ',
};

/** A text without tags and entities, on one line. */
function plain(text: string): string {
  if (!/[<&\s]/.test(text)) return text;
  const stripped = text
    .replace(/<(script|style|title|head)\b[\s\S]*?<\/\1\s*>/gi, ' ')
    .replace(/<!--[\s\S]*?-->|<\/?[a-z!?][^>]*>/gi, ' ')
    .replace(/&(#?\w+);/g, (entity, name: string) => ENTITIES[name] ?? entity);
  return stripped.replace(/\s+/g, ' ').trim();
}
