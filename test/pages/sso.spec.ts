import { expect, test as base, type Page } from '@playwright/test';
import { contentSecurityPolicy, servePortal, type Portal } from '../../stories/portal/serve.mjs';
import { serve, type ServedCloud } from '../../src/simulator/serve.js';
import type { SsoProvider } from '../../src/session/settings.js';
import { bundle } from './bundle.js';

/** A portal with one button, and what became of the sign-in. */
const SCRIPT = `
import { Session } from './src/session/session.ts';
import { startSso, finishSso, land } from './src/session/sso/start.ts';
const landed = land();
const urlAfterLanding = location.href;
const settings = await (await fetch('/settings.json')).json();
const session = new Session({ settings: { ...settings, persist: 'none' } });
const show = (text) => { document.querySelector('output').textContent = text; };
const seen = () => session.state.status + ' ' + (session.state.user ?? session.state.connection?.user.name ?? '');
const failed = (error) => show('failed: ' + (error.reason ?? error.name) + ' ' + JSON.stringify(error));
document.querySelector('button').addEventListener('click', () => {
  const mode = new URLSearchParams(location.search).get('mode') ?? 'popup';
  startSso(session, settings.signIn.providers[0], { mode }).then(() => show(seen()), failed);
});
if (landed) finishSso(session).then(() => show(seen() + ' at ' + location.pathname + location.search), failed);
Object.assign(window, { urlAfterLanding });
`;

interface World {
  cloud: ServedCloud;
  portal: Portal;
}

const WORKER: SsoProvider = { id: 'lakeside', label: 'Lakeside University', protocol: 'openid' };

async function world(
  provider: SsoProvider,
  o: { headers?: Readonly<Record<string, string>>; script: string; trusted?: readonly string[] },
): Promise<World> {
  const cloud = await serve({ port: 0, ...(o.trusted && { trustedDashboards: o.trusted }) });
  const authUrl = `${cloud.url}/v3`;
  const policy = contentSecurityPolicy([cloud.url]);
  const settings = {
    authUrl,
    signIn: {
      providers: [{ ...provider, ...(provider.how === 'pkce' && { issuer: `${cloud.url}/lakeside` }) }],
    },
  };
  const page: NonNullable<Parameters<typeof servePortal>[0]>['files'] = new Map(
    ['/', '/auth/oidc-login', '/auth/callback'].map((path) => [
      path,
      (_request, response) =>
        response
          .writeHead(200, {
            'content-type': 'text/html; charset=utf-8',
            'content-security-policy': policy,
            ...o.headers,
          })
          .end(
            '<!doctype html><title>Portal</title><button>Lakeside University</button><output></output><script type="module" src="/sso.js"></script>',
          ),
    ]),
  );
  const files = new Map([
    ...page,
    [
      '/sso.js',
      (_request, response) => response.writeHead(200, { 'content-type': 'text/javascript' }).end(o.script),
    ],
    [
      '/settings.json',
      (_request, response) =>
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(settings)),
    ],
  ] satisfies [string, NonNullable<typeof page extends ReadonlyMap<string, infer H> ? H : never>][]);
  return { cloud, portal: await servePortal({ authUrl, files }) };
}

const test = base.extend<
  {
    open: (
      provider: SsoProvider,
      o?: { headers?: Readonly<Record<string, string>>; trusted?: readonly string[] },
    ) => Promise<World>;
  },
  { script: string }
>({
  script: [
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      await use(await bundle(SCRIPT));
    },
    { scope: 'worker' },
  ],
  open: async ({ script }, use) => {
    const open: World[] = [];
    await use(async (provider, o = {}) => {
      const made = await world(provider, { ...o, script });
      open.push(made);
      return made;
    });
    for (const { cloud, portal } of open) {
      await portal.close();
      await cloud.close();
    }
  },
});

async function signInAtLakeside(page: Page): Promise<void> {
  await page.getByLabel('Password').fill('demo-password');
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Every URL that any page of the context has been at, and every storage of the portal, hold no token. */
async function expectNothingLeft(page: Page, cloud: ServedCloud): Promise<void> {
  const left = await page.evaluate(() => ({
    html: document.documentElement.outerHTML,
    url: location.href,
    tab: JSON.stringify(sessionStorage),
    device: JSON.stringify(localStorage),
  }));
  for (const token of cloud.cloud.state.tokens.keys()) expect(JSON.stringify(left)).not.toContain(token);
  expect(left.tab).not.toContain('exo.sso');
}

const output = (page: Page) => page.locator('output');
const begin = (page: Page) => page.getByRole('button', { name: 'Lakeside University' }).click();

test('in a popup: the worker takes the form Keystone posts, and the page is signed in', async ({
  page,
  context,
  open,
}) => {
  const { cloud, portal } = await open(WORKER);
  const urls: string[] = [];
  context.on('request', (request) => urls.push(request.url()));
  await page.goto(portal.url);
  const popping = page.waitForEvent('popup');
  await begin(page);
  const popup = await popping;
  await signInAtLakeside(popup);
  await expect(output(page)).toHaveText('choosing demo');
  await expect.poll(() => popup.isClosed()).toBe(true);
  await expectNothingLeft(page, cloud);
  for (const token of cloud.cloud.state.tokens.keys()) expect(urls.join('\n')).not.toContain(token);
});

test('by redirect: the page goes, and is where it was when it is back', async ({ page, open }) => {
  const { cloud, portal } = await open(WORKER);
  await page.goto(`${portal.url}/?mode=redirect`);
  await begin(page);
  await signInAtLakeside(page);
  await expect(output(page)).toHaveText('choosing demo at /?mode=redirect');
  await expectNothingLeft(page, cloud);
});

test('where the opener is cut off (COOP), a channel of the origin tells the page', async ({
  page,
  context,
  open,
}) => {
  const { portal } = await open(WORKER, { headers: { 'cross-origin-opener-policy': 'same-origin' } });
  await page.goto(portal.url);
  const popping = context.waitForEvent('page');
  await begin(page);
  const popup = await popping;
  await signInAtLakeside(popup);
  await expect(output(page)).toHaveText('choosing demo');
});

test('a form that nobody began is not taken', async ({ page, context, open }) => {
  const { cloud, portal } = await open(WORKER);
  await page.goto(portal.url);
  const popping = page.waitForEvent('popup');
  await begin(page);
  const popup = await popping;
  await expect(popup.getByLabel('Password')).toBeVisible();
  // Somebody else's page posts a token of its own choosing, in a tab where nothing began.
  const stranger = await context.newPage();
  await stranger.goto(cloud.url);
  await stranger.setContent(
    `<form method="post" action="${portal.url}/auth/websso/"><input name="token" value="a-token-of-mine"><button>Go</button></form>`,
  );
  await stranger.getByRole('button').click();
  await expect(stranger.getByText('did not begin in this window')).toBeVisible();
  expect(await stranger.content()).not.toContain('a-token-of-mine');
  await expect(output(page)).toHaveText('');
});

test('messages of another origin, and of another sign-in, are not heard', async ({ page, open }) => {
  const { portal, cloud } = await open({ ...WORKER, how: 'redirector' });
  await page.goto(portal.url);
  const popping = page.waitForEvent('popup');
  await begin(page);
  const popup = await popping;
  await expect(popup.getByLabel('Password')).toBeVisible();
  await popup.evaluate(
    "window.opener.postMessage({ type: 'exo.sso', state: '', answer: { token: 'forged' } }, '*')",
  );
  await page.evaluate(() => {
    window.postMessage({ type: 'exo.sso', state: 'guessed', answer: { token: 'forged' } }, '*');
  });
  await signInAtLakeside(popup);
  await expect(output(page)).toHaveText('choosing demo');
  await expectNothingLeft(page, cloud);
});

test('a popup that is closed ends in a sentence', async ({ page, open }) => {
  const { portal } = await open(WORKER);
  await page.clock.install();
  await page.goto(portal.url);
  const popping = page.waitForEvent('popup');
  await begin(page);
  const popup = await popping;
  await expect(popup.getByLabel('Password')).toBeVisible();
  // Sooner, and it would look like pages that were parted.
  await page.clock.fastForward(3_000);
  await popup.close();
  await expect(output(page)).toContainText('failed: sso-cancelled');
});

test('a popup that is blocked ends in a sentence', async ({ page, open }) => {
  const { portal } = await open(WORKER);
  await page.addInitScript(() => {
    window.open = () => null;
  });
  await page.goto(portal.url);
  await begin(page);
  await expect(output(page)).toContainText('failed: popup-blocked');
  expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
});

test('without the worker’s file the page says so, and closes the popup', async ({ page, context, open }) => {
  const { portal } = await open({ ...WORKER, callback: '/nowhere/' });
  await page.goto(portal.url);
  await begin(page);
  await expect(output(page)).toContainText('failed: sso-unavailable');
  await expect.poll(() => context.pages().length).toBe(1);
});

test('an address that the cloud does not trust gets no token', async ({ page, open }) => {
  const { portal } = await open(WORKER, { trusted: ['https://elsewhere.example/auth/websso/'] });
  await page.clock.install();
  await page.goto(portal.url);
  const popping = page.waitForEvent('popup');
  await begin(page);
  const popup = await popping;
  await expect(popup.getByText('is not a trusted dashboard host')).toBeVisible();
  await page.clock.fastForward(3_000);
  await popup.close();
  await expect(output(page)).toContainText('failed: sso-cancelled');
});

for (const mode of ['popup', 'redirect']) {
  test(`the redirector’s token is out of the URL before anything else runs (${mode})`, async ({
    page,
    context,
    open,
  }) => {
    const { cloud, portal } = await open({ ...WORKER, how: 'redirector' });
    const referrers: string[] = [];
    context.on('request', (request) => {
      if (new URL(request.url()).pathname === '/settings.json')
        referrers.push(request.headers()['referer'] ?? '');
    });
    await page.goto(`${portal.url}/?mode=${mode}`);
    const popping = mode === 'popup' ? page.waitForEvent('popup') : Promise.resolve(page);
    await begin(page);
    await signInAtLakeside(await popping);
    await expect(output(page)).toContainText('choosing demo');
    await expectNothingLeft(page, cloud);
    for (const token of cloud.cloud.state.tokens.keys()) expect(referrers.join('\n')).not.toContain(token);
    if (mode === 'redirect') {
      expect(await page.evaluate(() => Reflect.get(window, 'urlAfterLanding') as string)).toBe(
        `${portal.url}/auth/oidc-login`,
      );
      await expect(output(page)).toHaveText('choosing demo at /?mode=redirect');
    }
  });

  test(`by OpenID Connect with a code and PKCE (${mode})`, async ({ page, open }) => {
    const { cloud, portal } = await open({
      ...WORKER,
      how: 'pkce',
      identityProvider: 'lakeside',
      clientId: 'portal',
      callback: '/auth/callback',
    });
    await page.goto(`${portal.url}/?mode=${mode}`);
    const popping = mode === 'popup' ? page.waitForEvent('popup') : Promise.resolve(page);
    await begin(page);
    await signInAtLakeside(await popping);
    await expect(output(page)).toContainText('choosing demo');
    await expectNothingLeft(page, cloud);
  });
}

test('a person who refuses at the identity provider is told so', async ({ page, open }) => {
  const { portal } = await open({
    ...WORKER,
    how: 'pkce',
    identityProvider: 'lakeside',
    clientId: 'portal',
    callback: '/auth/callback',
  });
  await page.goto(portal.url);
  const popping = page.waitForEvent('popup');
  await begin(page);
  await (await popping).getByRole('link', { name: 'Cancel' }).click();
  await expect(output(page)).toContainText('failed: sso-refused');
});

test('an answer to another question is not taken', async ({ page, open }) => {
  const { portal } = await open({
    ...WORKER,
    how: 'pkce',
    identityProvider: 'lakeside',
    clientId: 'portal',
    callback: '/auth/callback',
  });
  await page.goto(portal.url);
  const popping = page.waitForEvent('popup');
  await begin(page);
  const popup = await popping;
  await expect(popup.getByLabel('Password')).toBeVisible();
  await popup.goto(`${portal.url}/auth/callback?code=somebodys&state=guessed`).catch(() => undefined);
  await expect(output(page)).toContainText('failed: sso-state');
});

test('a sign-in that has ended cannot be played again', async ({ page, open }) => {
  const { portal } = await open(WORKER);
  // Somebody keeps what the kit throws away.
  await page.addInitScript(() => {
    Storage.prototype.removeItem = (key: string): void => {
      const kept = sessionStorage.getItem(key);
      if (kept !== null) Object.assign(window, { kept });
      Reflect.deleteProperty(sessionStorage, key);
    };
  });
  await page.goto(`${portal.url}/?mode=redirect`);
  await begin(page);
  await signInAtLakeside(page);
  await expect(output(page)).toContainText('choosing demo');
  await page.evaluate(() => sessionStorage.setItem('exo.sso', String(Reflect.get(window, 'kept'))));
  await page.reload();
  await expect(output(page)).toContainText('failed: sso-state');
});

test('a token that comes unasked is scrubbed and not used', async ({ page, open }) => {
  const { portal } = await open({ ...WORKER, how: 'redirector' });
  await page.goto(`${portal.url}/auth/oidc-login?token=somebodys&lang=de`);
  await expect(page).toHaveURL(`${portal.url}/auth/oidc-login?lang=de`);
  await expect(output(page)).toHaveText('');
});
