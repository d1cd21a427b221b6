import { expect, type Page } from '@playwright/test';
import { servePortal } from '../../stories/portal/serve.mjs';
import type { SsoProvider } from '../../src/session/settings.js';
import { test } from '../e2e/watched.js';
import { ISSUER, serveIdentityProvider } from './lib/identity-provider.mjs';

/** The local cloud's Keystone behind Apache with mod_auth_openidc; its trusted dashboards name this portal's port. */
const KEYSTONE = 'http://localhost:5080/identity/v3';
const PORT = 8480;

test.skip(
  process.env['EXO_LOCAL_CLOUD'] !== '1',
  'single sign-on needs an identity provider the cloud trusts',
);

const LAKESIDE: SsoProvider = { id: 'lakeside', label: 'Lakeside University', protocol: 'openid' };
const WAYS: readonly (readonly [string, SsoProvider])[] = [
  ['the form Keystone posts is taken by the service worker', LAKESIDE],
  ['Keystone is told which identity provider', { ...LAKESIDE, identityProvider: 'lakeside' }],
  ['a redirector puts the token into the URL', { ...LAKESIDE, how: 'redirector' }],
  [
    'the page gets a code with PKCE, and Keystone takes the access token',
    {
      ...LAKESIDE,
      how: 'pkce',
      identityProvider: 'lakeside',
      issuer: ISSUER,
      clientId: 'portal',
      callback: '/auth/callback',
    },
  ],
];

let idp: Awaited<ReturnType<typeof serveIdentityProvider>>;
test.beforeAll(async () => {
  idp = await serveIdentityProvider({ callbacks: [`http://localhost:${PORT}/auth/callback`] });
});
test.afterAll(() => idp.close());

/** The forms of oidc-provider's own: who one is, and that the client may know it. */
async function signInAtTheInstitution(popup: Page, name: string): Promise<void> {
  await popup.getByPlaceholder('Enter any login').fill(name);
  await popup.getByPlaceholder('and password').fill('anything');
  await popup.getByRole('button', { name: 'Sign-in' }).click();
  await popup.getByRole('button', { name: 'Continue' }).click();
}

for (const [title, provider] of WAYS) {
  test(`single sign-on: ${title}`, async ({ page, context }) => {
    const portal = await servePortal({
      port: PORT,
      authUrl: KEYSTONE,
      connect: ['http://127.0.0.1:*', 'http://localhost:*'],
      config: { signIn: { methods: ['password', 'sso'], providers: [provider] } },
    });
    try {
      const seen: string[] = [];
      let token = '';
      context.on('request', (request) => {
        seen.push(request.url());
        token = request.headers()['x-auth-token'] ?? token;
      });
      await page.goto(portal.url);
      const popping = page.waitForEvent('popup');
      await page
        .locator('exo-login')
        .getByRole('button', { name: /Lakeside University/ })
        .click();
      const popup = await popping;
      await signInAtTheInstitution(popup, 'ada');
      // The mapping makes her a member of one project, so there is nothing to choose.
      await expect(page.locator('exo-instance-list')).toBeVisible();
      await expect(page.locator('exo-session-status')).toContainText('ada');
      await expect.poll(() => popup.isClosed()).toBe(true);
      expect(token).not.toBe('');
      const urls = seen.filter((url) => url.includes(token));
      expect(urls).toEqual([]);
      expect(await page.content()).not.toContain(token);
    } finally {
      await portal.close();
    }
  });
}

test('single sign-on: an address that is no trusted dashboard gets no token', async ({ page }) => {
  const idpName = encodeURIComponent('http://localhost:9999/auth/websso/');
  await page.goto(`${KEYSTONE}/auth/OS-FEDERATION/websso/openid?origin=${idpName}`);
  await signInAtTheInstitution(page, 'ada');
  await expect(page.getByText('requires authentication')).toBeVisible();
  expect(await page.content()).not.toContain('name="token"');
});
