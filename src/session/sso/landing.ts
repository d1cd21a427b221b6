import { Secret } from '../../openstack/secret.js';
import { channelName, dropRecord, readRecord, type SsoAnswer, type SsoRecord } from './record.js';

/** Where Exosphere's redirector sends people; a token there is taken out of the URL even when nobody asked for it. */
export const REDIRECTOR = '/auth/oidc-login';

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

/** Reads a URL. Pure: nothing but the parameters of a sign-in is taken out, and only where one comes back to. */
export function readArrival(url: URL, record: SsoRecord | undefined): Arrival {
  const at = record && record.how !== 'worker' && samePath(url.pathname, record.callback);
  const token = url.searchParams.get('token') ?? undefined;
  const code = url.searchParams.get('code') ?? undefined;
  const error = url.searchParams.get('error') ?? undefined;
  if (!at) {
    const stray = token !== undefined && samePath(url.pathname, REDIRECTOR);
    return { scrubbed: stray ? without(url, ['token']) : undefined, ours: false, answer: {} };
  }
  if (record.how === 'redirector') {
    const gone = ['token'];
    return { scrubbed: token ? without(url, gone) : undefined, ours: token !== undefined, answer: { token } };
  }
  const gone = ['code', 'state', 'iss', 'session_state', 'error', 'error_description', 'scope'];
  const any = code !== undefined || error !== undefined;
  if (!any) return { scrubbed: undefined, ours: false, answer: {} };
  const right = url.searchParams.get('state') === record.state;
  return {
    scrubbed: without(url, gone),
    ours: true,
    answer: right ? { code, error } : { error: WRONG_STATE },
  };
}

let landing: Landing | undefined;
let looked = false;

/**
 * To be called by a page before it does anything else: takes a token or a code out of the URL at once. In a popup it
 * hands it to the page that opened it and closes; else it is kept, in memory, for `finishSso`.
 *
 * @returns whether `finishSso` has something to do
 */
export function land(): boolean {
  const { location, history } = globalThis;
  if (looked || !location || !history) return landing !== undefined;
  looked = true;
  const record = readRecord();
  const { scrubbed, ours, answer } = readArrival(new URL(location.href), record);
  if (scrubbed !== undefined) history.replaceState(history.state, '', scrubbed);
  if (!record) return false;
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

/** Some servers add the slash at the end of a folder, some take it away. */
function samePath(one: string, other: string): boolean {
  const bare = (path: string): string => path.replace(/\/(?:index\.html)?$/, '');
  return bare(one) === bare(other);
}

function without(url: URL, names: readonly string[]): string {
  const rest = new URL(url);
  for (const name of names) rest.searchParams.delete(name);
  return rest.pathname + rest.search + rest.hash;
}
