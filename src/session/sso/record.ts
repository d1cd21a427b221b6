import { RECORD_KEY } from './arrival.js';
import { isRecord } from '../../openstack/schema.js';

/**
 * A sign-in that has gone to an identity provider and is to come back to this tab: kept in the tab's sessionStorage
 * under `exo.sso`, holding no secret but the one-time half of PKCE in redirect mode, and read once.
 */
export interface SsoRecord {
  /** Random; who does not know it did not begin here. */
  readonly state: string;
  readonly mode: 'popup' | 'redirect';
  readonly how: 'worker' | 'redirector' | 'pkce';
  /** Path of this origin that the person comes back to. */
  readonly callback: string;
  readonly authUrl: string;
  /** The provider's `id`. */
  readonly provider: string;
  /** Where the person was: path, query and fragment. */
  readonly back: string;
  /** PKCE's code verifier: good for one code, and for nothing without it. */
  readonly verifier?: string | undefined;
}

export const DEFAULT_CALLBACK = '/auth/websso/';

type Area = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** What was kept, if it can be read. */
export function readRecord(area: Area | undefined = tabStorage()): SsoRecord | undefined {
  try {
    return parse(JSON.parse(area?.getItem(RECORD_KEY) ?? 'null'));
  } catch {
    return undefined; // refused, or not ours
  }
}

/** @returns whether it was kept */
export function writeRecord(record: SsoRecord, area: Area | undefined = tabStorage()): boolean {
  try {
    area?.setItem(RECORD_KEY, JSON.stringify(record));
    return area !== undefined;
  } catch {
    return false;
  }
}

export function dropRecord(area: Area | undefined = tabStorage()): void {
  try {
    area?.removeItem(RECORD_KEY);
  } catch {
    // refused: then there is none
  }
}

/** What is said between the page that begins and the one that comes back; the channel is named by the state. */
export interface SsoMessage {
  readonly type: 'exo.sso';
  readonly state: string;
  /** What the identity provider, or the redirector, has put into the URL; nothing where the worker holds the token. */
  readonly answer: SsoAnswer;
}

export interface SsoAnswer {
  readonly token?: string | undefined;
  readonly code?: string | undefined;
  readonly error?: string | undefined;
}

export const channelName = (state: string): string => `exo.sso.${state}`;

/** Reads a message; undefined when it is another's, or for another sign-in. */
export function readMessage(data: unknown, state: string): SsoAnswer | undefined {
  if (!isRecord(data) || data['type'] !== 'exo.sso' || data['state'] !== state) return undefined;
  const answer = isRecord(data['answer']) ? data['answer'] : {};
  return { token: textIn(answer, 'token'), code: textIn(answer, 'code'), error: textIn(answer, 'error') };
}

function textIn(record: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = record[name];
  return typeof value === 'string' ? value : undefined;
}

function parse(value: unknown): SsoRecord | undefined {
  if (!isRecord(value)) return undefined;
  const { mode, how } = value;
  const state = textIn(value, 'state');
  const callback = textIn(value, 'callback');
  const authUrl = textIn(value, 'authUrl');
  const provider = textIn(value, 'provider');
  const back = textIn(value, 'back');
  if (!state || !callback || authUrl === undefined || provider === undefined || back === undefined)
    return undefined;
  if (mode !== 'popup' && mode !== 'redirect') return undefined;
  if (how !== 'worker' && how !== 'redirector' && how !== 'pkce') return undefined;
  return { state, mode, how, callback, authUrl, provider, back, verifier: textIn(value, 'verifier') };
}

function tabStorage(): Area | undefined {
  try {
    return globalThis.sessionStorage;
  } catch {
    return undefined; // a sandboxed frame has none, and says so by throwing
  }
}
