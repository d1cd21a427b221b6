import { randomUUID } from 'node:crypto';
import { expect, type Page } from '@playwright/test';
import { servePortal } from '../../stories/portal/serve.mjs';
import { passcodeAt } from '../../src/simulator/totp.js';
import { PortalPage } from '../e2e/portal-page.js';
import { realCloud, type TestCloud } from '../functional/cloud.js';
import { openstack } from './lib/stock-client.mjs';
import { test as base } from './real-world.js';

interface Place {
  cloud: TestCloud;
  portal: PortalPage;
}

/** The demo portal on the real cloud, with every form it can offer. */
const test = base.extend<{ place: Place }>({
  place: async ({ page }, use) => {
    const cloud = realCloud();
    if (!cloud) throw new Error('there is no cloud: start this with npm run test:openstack');
    const connect = (process.env['EXO_TEST_ORIGINS'] ?? '').split(' ').filter(Boolean);
    const served = await servePortal({
      authUrl: cloud.authUrl,
      connect,
      config: { signIn: { methods: ['password', 'application-credential', 'file'] } },
    });
    const portal = new PortalPage(page, served.url);
    await portal.open();
    await use({ cloud, portal });
    await served.close();
  },
});

const login = (page: Page) => page.locator('exo-login');
const list = (page: Page) => page.locator('exo-instance-list');

test('a password, then a one-time code: wrong first, then right', async ({ page, place }) => {
  const mfa = place.cloud.ways?.mfa;
  test.skip(!mfa, 'the cloud has nobody with a second factor');
  if (!mfa) return;
  await place.portal.fillCredentials(mfa.account);
  await place.portal.submitCredentials();
  const code = login(page).getByRole('textbox', { name: 'One-time code' });
  await code.fill('000000');
  await login(page).getByRole('button', { name: 'Confirm' }).click();
  await expect(login(page).getByText('did not accept this code')).toBeVisible();
  await code.fill(await passcodeAt(mfa.secret, Date.now()));
  await login(page).getByRole('button', { name: 'Confirm' }).click();
  await expect(list(page)).toBeVisible();
});

test('an application credential that the stock client has made, by its id', async ({ page, place }) => {
  const name = `exo-portal-${randomUUID().slice(0, 8)}`;
  const made = JSON.parse(
    await openstack(['application', 'credential', 'create', name, '-f', 'json']),
  ) as Record<string, string>;
  try {
    await login(page).getByRole('button', { name: 'Use an application credential' }).click();
    await login(page).getByRole('textbox', { name: 'Credential id or name' }).fill(String(made['id']));
    await login(page).getByRole('textbox', { name: 'Secret' }).fill(String(made['secret']));
    await login(page).getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(list(page)).toBeVisible();
    await expect(page.locator('exo-session-status')).toContainText(place.cloud.member.name);
    expect(await page.content()).not.toContain(String(made['secret']));
  } finally {
    await openstack(['application', 'credential', 'delete', name]);
  }
});
