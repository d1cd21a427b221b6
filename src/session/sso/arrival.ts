import type { SsoRecord } from './record.js';

/** The key in the tab's sessionStorage of a sign-in that is to come back to it. */
export const RECORD_KEY = 'exo.sso';
/** Where Exosphere's redirector sends people; a token there is taken out of the URL even when nobody asked for it. */
export const REDIRECTOR = '/auth/oidc-login';

const OF_PKCE = ['code', 'state', 'iss', 'session_state', 'error', 'error_description', 'scope'];

type Way = Partial<Pick<SsoRecord, 'how' | 'callback'>>;

/**
 * The URL to show instead of one that a sign-in has come back to; undefined where it may stay. Nothing but the
 * parameters of a sign-in is taken out, and only where one comes back to.
 */
export function scrubbed(url: URL, { how, callback }: Way = {}): string | undefined {
  const back = how !== 'worker' && typeof callback === 'string' && samePath(url.pathname, callback);
  if (!back && !samePath(url.pathname, REDIRECTOR)) return undefined;
  const rest = new URL(url);
  for (const name of back && how === 'pkce' ? OF_PKCE : ['token']) rest.searchParams.delete(name);
  return rest.search === url.search ? undefined : rest.pathname + rest.search + rest.hash;
}

let looked = false;
let url: URL | undefined;

/**
 * To be called by a page before it does anything else: takes a token or a code out of the URL at once.
 *
 * @returns the URL the page was loaded with, where a sign-in may have come back by it; `land` finds out
 */
export function arrive(): URL | undefined {
  const { location, history } = globalThis;
  if (looked || !location || !history) return url;
  looked = true;
  const here = new URL(location.href);
  const { kept, way } = keptWay();
  const clean = scrubbed(here, way);
  if (clean !== undefined) history.replaceState(history.state, '', clean);
  if (kept) url = here;
  return url;
}

function keptWay(): { readonly kept: boolean; readonly way?: Way } {
  try {
    const kept = globalThis.sessionStorage.getItem(RECORD_KEY);
    return { kept: kept !== null, way: (JSON.parse(kept ?? '{}') ?? {}) as Way };
  } catch {
    return { kept: false }; // refused, or not ours
  }
}

/** Some servers add the slash at the end of a folder, some take it away. */
export function samePath(one: string, other: string): boolean {
  const bare = (path: string): string => path.replace(/\/(?:index\.html)?$/, '');
  return bare(one) === bare(other);
}
