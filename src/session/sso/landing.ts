import { Secret } from '../../openstack/secret.js';
import { arrive, samePath, scrubbed } from './arrival.js';
import { channelName, dropRecord, readRecord, type SsoAnswer, type SsoRecord } from './record.js';

/** In place of the provider's own error: the answer is not to the question that was asked. */
export const WRONG_STATE = 'exo-state';

/** How a person came back to a page in redirect mode. */
export interface Landing {
  readonly record: SsoRecord;
  readonly token?: Secret | undefined;
  readonly code?: Secret | undefined;
  readonly error?: string | undefined;
}

/** What a page does about the URL it was loaded with. */
export interface Arrival {
  /** The URL to show instead; undefined where it may stay. */
  readonly scrubbed: string | undefined;
  /** Whether the page is where a sign-in that began in this tab comes back to. */
  readonly ours: boolean;
  readonly answer: SsoAnswer;
}

/** Reads a URL. Pure. */
export function readArrival(url: URL, record: SsoRecord | undefined): Arrival {
  const shown = { scrubbed: scrubbed(url, record) };
  if (!record || record.how === 'worker' || !samePath(url.pathname, record.callback))
    return { ...shown, ours: false, answer: {} };
  const token = url.searchParams.get('token') ?? undefined;
  const code = url.searchParams.get('code') ?? undefined;
  const error = url.searchParams.get('error') ?? undefined;
  if (record.how === 'redirector') return { ...shown, ours: token !== undefined, answer: { token } };
  if (code === undefined && error === undefined) return { ...shown, ours: false, answer: {} };
  const right = url.searchParams.get('state') === record.state;
  return { ...shown, ours: true, answer: right ? { code, error } : { error: WRONG_STATE } };
}

let landing: Landing | undefined;
let looked = false;

/**
 * What the page was loaded with: in a popup it hands the answer to the page that opened it and closes; else the answer
 * is kept, in memory, for `finishSso`.
 *
 * @returns whether `finishSso` has something to do
 */
export function land(): boolean {
  const url = arrive();
  if (looked || !url) return landing !== undefined;
  looked = true;
  const record = readRecord();
  if (!record) return false;
  const { ours, answer } = readArrival(url, record);
  if (record.mode === 'popup') {
    // The copy of a popup's record that a page made for it is not this page's.
    if (ours) report(record, answer);
    return false;
  }
  if (!ours && record.how !== 'worker') return false;
  // The worker has sent the page back here; or the person went back, and `finishSso` finds nothing.
  dropRecord();
  const { token, code, error } = answer;
  landing = {
    record,
    token: token ? new Secret(token) : undefined,
    code: code ? new Secret(code) : undefined,
    error,
  };
  return true;
}

/** What {@link land} has found; once. */
export function takeLanding(): Landing | undefined {
  const found = landing;
  landing = undefined;
  return found;
}

/** Tells the page that opened this popup; where the two were parted (COOP), over a channel that only both know of. */
function report(record: SsoRecord, answer: SsoAnswer): void {
  dropRecord();
  const message = { type: 'exo.sso', state: record.state, answer };
  const opener = openerOf(globalThis.window);
  if (opener) opener.postMessage(message, location.origin);
  else {
    const channel = new BroadcastChannel(channelName(record.state));
    channel.postMessage(message);
    channel.close();
  }
  globalThis.window.close();
}

/** A window of another realm is no instance of this one's Window. */
function openerOf({ opener }: { readonly opener: unknown }): Pick<Window, 'postMessage'> | undefined {
  return isWindow(opener) ? opener : undefined;
}

function isWindow(value: unknown): value is Pick<Window, 'postMessage'> {
  return typeof value === 'object' && value !== null;
}
