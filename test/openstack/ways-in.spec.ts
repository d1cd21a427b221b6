import { randomUUID } from 'node:crypto';
import { expect, type Page } from '@playwright/test';
import { servePortal } from '../../stories/portal/serve.mjs';
import { passcodeAt } from '../../src/simulator/totp.js';
import { PortalPage } from '../e2e/portal-page.js';
import { realCloud, type TestCloud } from '../functional/cloud.js';
import { openstack } from './lib/stock-client.mjs';
import { test as base } from '../e2e/watched.js';

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

test('a pasted openrc, which leaves the password to be asked for', async ({ page, place }) => {
  const { member, authUrl } = place.cloud;
  await login(page)
    .getByRole('button', { name: /^Use a file from your cloud/ })
    .click();
  await login(page).getByRole('textbox', { name: 'openrc or clouds.yaml' }).fill(`#!/usr/bin/env bash
export OS_AUTH_URL="${authUrl}"
export OS_PROJECT_NAME="${member.project}"
export OS_PROJECT_DOMAIN_ID="${member.domain.id}"
export OS_USER_DOMAIN_NAME="${member.domain.name}"
export OS_USERNAME='${member.name}'
echo "Please enter your OpenStack Password for project $OS_PROJECT_NAME as user $OS_USERNAME: "
read -sr OS_PASSWORD_INPUT
export OS_PASSWORD=$OS_PASSWORD_INPUT
`);
  await login(page).getByRole('button', { name: 'Continue', exact: true }).click();
  await expect(login(page)).toContainText('One way in was found');
  await login(page)
    .getByRole('textbox', { name: `Password for ${member.name}` })
    .fill(member.password);
  await login(page).getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(list(page)).toBeVisible();
  await expect(page.locator('exo-session-status')).toContainText(member.name);
});

test('a clouds.yaml with its secure.yaml opens two accounts of the cloud', async ({ page, place }) => {
  const { member, reader, authUrl } = place.cloud;
  test.skip(!reader, 'the cloud has no second account');
  if (!reader) return;
  const entry = ({ name, project, domain }: typeof member): string => `
  ${name}:
    auth:
      auth_url: ${authUrl}
      username: ${name}
      user_domain_name: ${domain.name}
      project_name: ${project}
      project_domain_id: ${domain.id}
`;
  const secure = [member, reader].map(
    ({ name, password }) => `  ${name}:\n    auth:\n      password: '${password}'\n`,
  );
  await login(page)
    .getByRole('button', { name: /^Use a file from your cloud/ })
    .click();
  await login(page)
    .locator('input[type=file]')
    .setInputFiles([
      {
        name: 'clouds.yaml',
        mimeType: 'application/yaml',
        buffer: Buffer.from(`clouds:${entry(member)}${entry(reader)}`),
      },
      {
        name: 'secure.yaml',
        mimeType: 'application/yaml',
        buffer: Buffer.from(`clouds:\n${secure.join('')}`),
      },
    ]);
  await expect(login(page)).toContainText('2 ways in were found');
  for (const box of await login(page).getByRole('checkbox').all()) await box.check();
  await login(page).getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(list(page)).toBeVisible();
  const users = (): Promise<string[]> =>
    page.evaluate(() => {
      const element = document.querySelector<HTMLElement & { session?: unknown }>('exo-session');
      const session = element?.session as { logins: { user: { name: string } }[] } | undefined;
      return (session?.logins ?? []).map(({ user }) => user.name).sort();
    });
  await expect.poll(users).toEqual([member.name, reader.name].sort());
});
