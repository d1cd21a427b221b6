import { ssoPageWords } from './i18n/en/sso-page.js';
import { isRecord } from './openstack/schema.js';
import { RECORD_KEY } from './session/sso/arrival.js';

/**
 * The service worker of single sign-on (`exo.sso-worker.js`), alone with its scope, the callback path. Keystone ends a
 * sign-in with a form that the browser posts there, which no static page could read. The worker reads it, answers
 * with a page of its own, and holds the token, in memory and for a minute, for the page that can name the one-time
 * state of the sign-in. The token is in no URL, no storage and no document.
 */

const KEEP = 60_000;
const words = ssoPageWords;

/** Tokens that were posted, by the page that the post made; and by state, when that page has told it. */
const posted = new Map<string, string>();
const claimed = new Map<string, string>();

interface Extendable {
  waitUntil(promise: Promise<unknown>): void;
}

/** What is used here of a worker's own world, which the types of a page do not know. */
interface WorkerScope {
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
  addEventListener(type: 'install' | 'activate', listener: (event: Extendable) => void): void;
  addEventListener(
    type: 'fetch',
    listener: (event: {
      readonly request: Request;
      readonly resultingClientId: string;
      respondWith(response: Promise<Response>): void;
    }) => void,
  ): void;
  addEventListener(type: 'message', listener: (event: Extendable & MessageEvent<unknown>) => void): void;
}

const here: unknown = globalThis;
if (isWorker(here)) work(here);

function isWorker(scope: unknown): scope is WorkerScope {
  return typeof scope === 'object' && scope !== null && 'skipWaiting' in scope;
}

function work(scope: WorkerScope): void {
  scope.addEventListener('install', (event) => event.waitUntil(scope.skipWaiting()));
  scope.addEventListener('activate', (event) => event.waitUntil(scope.clients.claim()));

  scope.addEventListener('fetch', (event) => {
    const { request } = event;
    // Anything else below the path is the portal's own.
    if (request.mode !== 'navigate' || request.method !== 'POST') return;
    event.respondWith(receive(request, event.resultingClientId));
  });

  scope.addEventListener('message', (event) => {
    const { data, source } = event;
    const [port] = event.ports;
    const state = isRecord(data) ? data['state'] : undefined;
    if (!port || !isRecord(data) || typeof state !== 'string' || state === '') return;
    if (data['type'] === 'exo.sso.claim') {
      const client = source && 'id' in source ? String(source.id) : '';
      const token = posted.get(client);
      posted.delete(client);
      if (token !== undefined) event.waitUntil(keep(state, token));
      port.postMessage({ claimed: token !== undefined });
    } else if (data['type'] === 'exo.sso.collect') {
      // Once: whoever asks a second time gets nothing.
      port.postMessage({ token: claimed.get(state) });
      claimed.delete(state);
    }
  });
}

function keep(state: string, token: string): Promise<void> {
  claimed.set(state, token);
  return new Promise((resolve) =>
    setTimeout(() => {
      claimed.delete(state);
      resolve();
    }, KEEP),
  );
}

async function receive(request: Request, client: string): Promise<Response> {
  const form = await request.formData().catch(() => undefined);
  const token = form?.get('token');
  if (typeof token === 'string' && token !== '') {
    posted.set(client, token);
    setTimeout(() => posted.delete(client), KEEP);
  }
  return page();
}

/** A page that knows nothing but what the tab's own storage tells it: whether the sign-in began here. */
function page(): Response {
  const nonce = crypto.randomUUID();
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
  const html = `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${words.title}</title>
<body><p role="status">${words.busy}</p><script nonce="${nonce}">(${arrive.toString()})(${JSON.stringify({ words, key: RECORD_KEY })})</script></body></html>`;
  return new Response(html, {
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': policy,
      'Cache-Control': 'no-store',
      'Referrer-Policy': 'no-referrer',
    },
  });
}

/** Runs in that page, from its text: it may use nothing from outside. */
function arrive(given: { readonly words: typeof ssoPageWords; readonly key: string }): void {
  const say = (text: string): void => {
    const place = document.querySelector('p');
    if (place) place.textContent = text;
  };
  const record = (name: string): string => {
    try {
      const kept: unknown = JSON.parse(sessionStorage.getItem(given.key) ?? '');
      const value: unknown = typeof kept === 'object' && kept !== null ? Reflect.get(kept, name) : undefined;
      return typeof value === 'string' ? value : '';
    } catch {
      return ''; // refused: then it did not begin here
    }
  };
  const [state, mode, back] = [record('state'), record('mode'), record('back')];
  const worker = navigator.serviceWorker.controller;
  if (!state || !worker) {
    say(given.words.stray);
    return;
  }
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }: MessageEvent<{ claimed: boolean }>) => {
    if (mode === 'redirect') {
      // Of this origin, whatever the record says.
      location.replace(location.origin + back.replace(/^[/\\]*/, '/'));
      return;
    }
    sessionStorage.removeItem(given.key);
    const answer = data.claimed ? {} : { error: 'no-token' };
    const message = { type: 'exo.sso', state, answer };
    const opener: unknown = window.opener;
    const tell: unknown = typeof opener === 'object' && opener && Reflect.get(opener, 'postMessage');
    if (typeof tell === 'function') Reflect.apply(tell, opener, [message, location.origin]);
    else new BroadcastChannel(`exo.sso.${state}`).postMessage(message);
    say(data.claimed ? given.words.done : given.words.refused);
    window.close();
  };
  worker.postMessage({ type: 'exo.sso.claim', state }, [port2]);
}
