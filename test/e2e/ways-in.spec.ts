import { expect, type Locator, type Page } from '@playwright/test';
import { MFA_SECRET } from '../../src/simulator/options.js';
import { serve, type ServedCloud } from '../../src/simulator/serve.js';
import { passcodeAt } from '../../src/simulator/totp.js';
import { servePortal } from '../../stories/portal/serve.mjs';
import { PortalPage } from './portal-page.js';
import { SecretScan } from './secrets.js';
import { test as base } from './watched.js';

interface Story {
  readonly served: ServedCloud;
  readonly authUrl: string;
  readonly portal: PortalPage;
  readonly login: Locator;
  readonly scan: SecretScan;
}

/** The demo portal as `npm start` serves it, with a cloud of its own for each test. */
const test = base.extend<{ story: Story }>({
  story: async ({ page }, use) => {
    const served = await serve({ port: 0, seed: 'empty' });
    const authUrl = `${served.url}/v3`;
    const host = await servePortal({ authUrl });
    const portal = new PortalPage(page, host.url);
    const scan = new SecretScan(page);
    await portal.open();
    await use({ served, authUrl, portal, login: page.locator('exo-login'), scan });
    await host.close();
    await served.close();
  },
});

const field = (login: Locator, name: string | RegExp): Locator =>
  login.getByRole('textbox', { name, exact: true });

async function press(login: Locator, name: string): Promise<void> {
  await login.getByRole('button', { name, exact: true }).click();
}

async function withPassword(login: Locator, user: string, password = `${user}-password`): Promise<void> {
  await field(login, 'User name').fill(user);
  await field(login, 'Password').fill(password);
  await press(login, 'Sign in');
}

/** An application credential that demo has made with another client. */
async function makeCredential(authUrl: string): Promise<{ id: string; secret: string }> {
  const post = (path: string, body: unknown, token = ''): Promise<Response> =>
    fetch(`${authUrl}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token ? { 'x-auth-token': token } : {}) },
      body: JSON.stringify(body),
    });
  const user = { name: 'demo', domain: { id: 'default' }, password: 'demo-password' };
  const signedIn = await post('/auth/tokens', {
    auth: {
      identity: { methods: ['password'], password: { user } },
      scope: { project: { name: 'demo', domain: { id: 'default' } } },
    },
  });
  const { token } = (await signedIn.json()) as { token: { user: { id: string } } };
  const made = await post(
    `/users/${token.user.id}/application_credentials`,
    { application_credential: { name: 'backup' } },
    signedIn.headers.get('x-subject-token') ?? '',
  );
  const answer = (await made.json()) as { application_credential: { id: string; secret: string } };
  return answer.application_credential;
}

/** Project names of the connections that are open, in their order. */
const projectsOpen = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const element = document.querySelector<HTMLElement & { session?: unknown }>('exo-session');
    const session = element?.session as { connections: { project: { name: string } }[] } | undefined;
    return (session?.connections ?? []).map(({ project }) => project.name);
  });

test('the password comes first, the other ways under it', async ({ story: { login } }) => {
  await expect(field(login, 'Password')).toBeVisible();
  const ways = login.getByRole('group', { name: 'Other ways to sign in' });
  await expect(ways.getByRole('button')).toHaveText([
    'Use an application credential',
    'Use a file from your cloud (openrc, clouds.yaml)',
  ]);
  const password = await field(login, 'Password').boundingBox();
  const other = await ways.boundingBox();
  expect(other?.y).toBeGreaterThan(password?.y ?? Infinity);
});

test('an application credential lets in, and its secret is left nowhere', async ({
  story: { login, portal, scan, authUrl },
}) => {
  const { id, secret } = await makeCredential(authUrl);
  await press(login, 'Use an application credential');
  await field(login, 'Credential id or name').fill(id);
  await field(login, 'Secret').fill('not-the-secret');
  await press(login, 'Sign in');
  await expect(login.getByRole('alert')).toContainText('Could not sign in');
  await field(login, 'Secret').fill(secret);
  await press(login, 'Sign in');
  await expect(portal.statusBar).toContainText('demo');
  await expect(portal.emptyList).toBeVisible();
  await scan.expectNone([secret, 'not-the-secret'], 'No instances yet');
});

test('a one-time code is the second step of the same form', async ({ story: { login, portal, scan } }) => {
  await withPassword(login, 'mfa');
  const code = field(login, 'One-time code');
  await expect(code).toBeFocused();
  // The password has done its part, and waits nowhere for the second step.
  await scan.expectNone(['mfa-password'], 'One-time code');
  await code.fill('000000');
  await press(login, 'Confirm');
  await expect(login.getByRole('alert')).toContainText('did not accept this code');
  const passcode = await passcodeAt(MFA_SECRET, Date.now());
  await code.fill(passcode);
  await code.press('Enter');
  await expect(portal.emptyList).toBeVisible();
  await expect(portal.statusBar).toContainText('mfa');
  await scan.expectNone(['mfa-password', MFA_SECRET], 'No instances yet');
});

test('a password that has run out is changed in place', async ({ story: { login, portal, scan } }) => {
  await withPassword(login, 'expired');
  await expect(field(login, 'New password')).toBeFocused();
  await field(login, 'New password').fill('a-much-better-one');
  await field(login, 'New password, again').fill('a-much-better-one');
  await press(login, 'Set password and sign in');
  await expect(portal.emptyList).toBeVisible();
  await scan.expectNone(['expired-password', 'a-much-better-one'], 'No instances yet');
  await portal.signOut();
  await withPassword(login, 'expired', 'a-much-better-one');
  await expect(portal.emptyList).toBeVisible();
});

test('a pasted openrc is confirmed first, and asks for the password it leaves out', async ({
  page,
  story: { login, portal, scan, authUrl },
}) => {
  await press(login, 'Use a file from your cloud (openrc, clouds.yaml)');
  await field(login, 'openrc or clouds.yaml').fill(`#!/usr/bin/env bash
export OS_AUTH_URL=${authUrl}
export OS_PROJECT_NAME="research"
export OS_USER_DOMAIN_NAME="Default"
export OS_USERNAME="demo"
read -sr OS_PASSWORD_INPUT
export OS_PASSWORD=$OS_PASSWORD_INPUT
`);
  await press(login, 'Continue');
  await expect(login).toContainText('One way in was found');
  await expect(login).toContainText(authUrl);
  await field(login, 'Password for demo').fill('demo-password');
  await press(login, 'Sign in');
  await expect(portal.emptyList).toBeVisible();
  expect(await projectsOpen(page)).toEqual(['research']);
  await scan.expectNone(['demo-password'], 'No instances yet');
});

test('a clouds.yaml with two projects opens both', async ({
  page,
  story: { login, portal, scan, authUrl },
}) => {
  const cloud = (project: string): string => `
  ${project}:
    auth:
      auth_url: ${authUrl}
      username: demo
      password: demo-password
      user_domain_name: Default
      project_name: ${project}
`;
  await press(login, 'Use a file from your cloud (openrc, clouds.yaml)');
  await login.locator('input[type=file]').setInputFiles({
    name: 'clouds.yaml',
    mimeType: 'application/yaml',
    buffer: Buffer.from(`clouds:${cloud('demo')}${cloud('research')}`),
  });
  await expect(login).toContainText('2 ways in were found');
  // What the file says is shown but for its secrets.
  await scan.expectNone(['demo-password'], '2 ways in were found');
  for (const box of await login.getByRole('checkbox').all()) await box.check();
  await press(login, 'Sign in');
  await expect.poll(async () => (await projectsOpen(page)).sort()).toEqual(['demo', 'research']);
  await expect(portal.emptyList).toBeVisible();
  await scan.expectNone(['demo-password'], 'No instances yet');
});
