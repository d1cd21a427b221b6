import { abortion } from '../../openstack/abort.js';
import { systemClock } from '../../openstack/clock.js';
import { isOpenStackError, OpenStackError, refine, type Attempt } from '../../openstack/errors.js';
import { exchangeAccessToken, webSsoUrl } from '../../openstack/federation.js';
import { IdentityClient } from '../../openstack/identity.js';
import { parseProxy } from '../../openstack/proxy.js';
import { Secret } from '../../openstack/secret.js';
import { Transport } from '../../openstack/transport.js';
import type { Session } from '../session.js';
import type { SsoProvider } from '../settings.js';
import { answerOf, type Ears } from './answer.js';
import { REDIRECTOR } from './arrival.js';
import { land, takeLanding, WRONG_STATE } from './landing.js';
import { authorizationUrl, challengeOf, discoverProvider, randomText, redeem } from './pkce.js';
import { DEFAULT_CALLBACK, dropRecord, writeRecord, type SsoAnswer, type SsoRecord } from './record.js';
import { collectToken, readyWorker } from './worker-link.js';

export interface SsoOptions {
  /** `popup`: the page stays, and has to be called from a click. `redirect`: the page goes, and comes back. */
  readonly mode: 'popup' | 'redirect';
  /** Keeps what is signed in already. */
  readonly add?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

const SIGN_IN: Attempt = { action: 'sign-in' };
const POPUP = 'popup,width=520,height=720';

/**
 * Signs in with an institution's own sign-in. In a popup it ends when the session is signed in (or has projects to
 * choose from); in redirect mode the page is left, and `finishSso` goes on when it is back.
 *
 * @throws OpenStackError kind `auth` with reason `popup-blocked`, `sso-unavailable` (the browser lacks what it takes,
 *   or the portal its worker), `sso-cancelled`, `sso-refused`, or `sso-state` (it did not begin here, or was used
 *   already); those of `Session.signIn`; an AbortError
 */
export async function startSso(session: Session, provider: SsoProvider, o: SsoOptions): Promise<void> {
  const flow = flowOf(session, provider, o.mode);
  if (o.mode === 'redirect') {
    const url = await destination(session, provider, flow, o.signal);
    if (!writeRecord(flow)) throw failure('sso-unavailable');
    location.assign(url);
    return comingBack(o.signal);
  }
  const popup = openPopup({ ...flow, verifier: undefined });
  try {
    const url = await destination(session, provider, flow, o.signal);
    const signal = o.signal ?? new AbortController().signal;
    if (popup.closed) throw failure('sso-cancelled');
    popup.location.replace(url);
    const outcome = await answerOf(popup, flow.state, { ears: pageEars, clock: systemClock, signal });
    if (outcome === 'closed') throw failure('sso-cancelled');
    await finish(session, provider, flow, outcome, o);
  } finally {
    popup.close();
  }
}

export { land };

/**
 * Goes on where redirect mode has left the page: to be called once `land()` has said so. Ends signed in, or throws
 * as {@link startSso} does.
 */
export async function finishSso(session: Session): Promise<void> {
  const landing = takeLanding();
  if (!landing) return;
  const { record, token, code, error } = landing;
  if (location.pathname === record.callback) history.replaceState(history.state, '', record.back);
  const provider = session.settings.signIn?.providers?.find(({ id }) => id === record.provider);
  // The portal's configuration, not what is in storage, says whom to trust.
  if (!provider || authUrlOf(session, provider) !== record.authUrl) throw failure('sso-state');
  await finish(
    session,
    provider,
    record,
    { token: token?.reveal(), code: code?.reveal(), error },
    { mode: 'redirect' },
  );
}

async function finish(
  session: Session,
  provider: SsoProvider,
  record: SsoRecord,
  answer: SsoAnswer,
  o: SsoOptions,
): Promise<void> {
  const { signal } = o;
  if (answer.error !== undefined) throw failure(answer.error === WRONG_STATE ? 'sso-state' : 'sso-refused');
  const token = await tokenOf(session, provider, record, answer, signal);
  if (!token) throw failure('sso-state');
  try {
    await session.signIn(
      { method: 'token', token },
      { authUrl: record.authUrl, own: true, add: o.add, signal },
    );
  } catch (error) {
    throw isOpenStackError(error) && error.kind === 'auth' ? refine(error, { reason: 'sso-refused' }) : error;
  }
}

async function tokenOf(
  session: Session,
  provider: SsoProvider,
  record: SsoRecord,
  answer: SsoAnswer,
  signal: AbortSignal | undefined,
): Promise<Secret | undefined> {
  if (record.how === 'worker') return collectToken(record.callback, record.state, signal);
  if (record.how === 'redirector') return answer.token ? new Secret(answer.token) : undefined;
  const { issuer, clientId, identityProvider, protocol } = provider;
  if (!answer.code || !record.verifier || !issuer || !clientId || !identityProvider) return undefined;
  const transport = transportOf(session);
  const o = { attempt: SIGN_IN, signal };
  try {
    const endpoints = await discoverProvider(transport, issuer, o);
    const accessToken = await redeem(
      transport,
      endpoints,
      {
        code: new Secret(answer.code),
        verifier: record.verifier,
        clientId,
        redirectUri: callbackUrl(record.callback),
      },
      o,
    );
    const cloud = transportOf(session, record.authUrl);
    const base = await new IdentityClient({ transport: cloud, authUrl: record.authUrl }).discover(signal);
    return await exchangeAccessToken(cloud, base, { identityProvider, protocol }, accessToken, o);
  } catch (error) {
    const refused = isOpenStackError(error) && /^(?:auth|invalid|forbidden)$/.test(error.kind);
    throw refused ? refine(error, { kind: 'auth', reason: 'sso-refused' }) : error;
  }
}

/** Where the browser has to go; makes ready for its coming back. */
async function destination(
  session: Session,
  provider: SsoProvider,
  flow: SsoRecord,
  signal: AbortSignal | undefined,
): Promise<string> {
  const { issuer, clientId, scopes = 'openid' } = provider;
  if (flow.how === 'pkce') {
    if (!issuer || !clientId || !provider.identityProvider || !flow.verifier || !globalThis.isSecureContext)
      throw failure('sso-unavailable');
    const endpoints = await discoverProvider(transportOf(session), issuer, { attempt: SIGN_IN, signal });
    const challenge = await challengeOf(flow.verifier);
    const redirectUri = callbackUrl(flow.callback);
    return authorizationUrl(endpoints, { clientId, redirectUri, scopes, state: flow.state, challenge });
  }
  const transport = transportOf(session, flow.authUrl);
  const identity = new IdentityClient({ transport, authUrl: flow.authUrl });
  const [base] = await Promise.all([
    identity.discover(signal),
    flow.how === 'worker' ? workerReady(flow.callback) : undefined,
  ]);
  const { redirector = '/oidc-redirector' } = provider;
  return webSsoUrl(base, provider, callbackUrl(flow.how === 'redirector' ? redirector : flow.callback));
}

async function workerReady(callback: string): Promise<void> {
  try {
    await readyWorker(callback);
  } catch {
    throw failure('sso-unavailable');
  }
}

function flowOf(session: Session, provider: SsoProvider, mode: SsoOptions['mode']): SsoRecord {
  const { how = 'worker' } = provider;
  const { callback = how === 'redirector' ? REDIRECTOR : DEFAULT_CALLBACK } = provider;
  const { pathname, search, hash } = location;
  return {
    state: randomText(),
    mode,
    how,
    callback,
    authUrl: authUrlOf(session, provider),
    provider: provider.id,
    back: pathname + search + hash,
    verifier: how === 'pkce' ? randomText() : undefined,
  };
}

/** A popup gets a copy of the tab's storage as it is at that moment: so the record is in the popup, and not here. */
function openPopup(record: SsoRecord): Window {
  if (!writeRecord(record)) throw failure('sso-unavailable');
  const popup = window.open('about:blank', '_blank', POPUP);
  dropRecord();
  if (!popup) throw failure('popup-blocked');
  return popup;
}

/** Never resolves, for the page goes; rejects when the person comes back by the browser's history. */
function comingBack(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    const back = (event: PageTransitionEvent): void => {
      if (!event.persisted) return;
      dropRecord();
      reject(failure('sso-cancelled'));
    };
    addEventListener('pageshow', back, signal ? { signal } : {});
    signal?.addEventListener('abort', () => reject(abortion()), { once: true });
  });
}

const pageEars: Ears = {
  get origin() {
    return location.origin;
  },
  get window() {
    return window;
  },
  channel: (name) => new BroadcastChannel(name),
};

function callbackUrl(callback: string): string {
  return new URL(callback, location.origin).href;
}

function authUrlOf(session: Session, provider: SsoProvider): string {
  const given = provider.cloud ?? session.settings.authUrl;
  if (!given) throw new OpenStackError({ kind: 'invalid', attempt: SIGN_IN, reason: 'no-auth-url' });
  return new URL(given, location.origin).href;
}

/** @param authUrl of the cloud that is asked; without it an identity provider is, which no proxy is for */
function transportOf(session: Session, authUrl?: string): Transport {
  const { clouds, proxy } = session.settings;
  const known = clouds?.find((cloud) => new URL(cloud.authUrl, location.origin).href === authUrl);
  return new Transport({
    log: session.log,
    proxy: authUrl === undefined ? undefined : parseProxy(known?.proxy ?? proxy),
  });
}

function failure(reason: string): OpenStackError {
  return new OpenStackError({ kind: 'auth', attempt: SIGN_IN, service: 'identity', reason });
}
