import { expect, type Locator, type Page } from '@playwright/test';
import type { Cloud } from '../../src/simulator/cloud.js';
import type { ServerRecord } from '../../src/simulator/model.js';
import { serve } from '../../src/simulator/serve.js';
import { servePortal } from '../../stories/portal/serve.mjs';
import { test as base } from './watched.js';

/** The demo portal on a cloud of its own, with somebody signed in. */
const test = base.extend<{ world: { url: string; cloud: Cloud } }>({
  // Playwright finds out from the empty pattern that the fixture needs no other.
  // eslint-disable-next-line no-empty-pattern
  world: async ({}, use) => {
    const served = await serve({ port: 0, actionSeconds: 1 });
    const portal = await servePortal({ authUrl: `${served.url}/v3` });
    await use({ url: portal.url, cloud: served.cloud });
    await portal.close();
    await served.close();
  },
});

async function signIn(page: Page, url: string): Promise<Locator> {
  await page.goto(url);
  const login = page.locator('exo-login').filter({ visible: true });
  await login.getByRole('textbox', { name: 'User name', exact: true }).fill('demo');
  await login.getByRole('textbox', { name: 'Password', exact: true }).fill('demo-password');
  await login.getByRole('button', { name: 'Sign in', exact: true }).click();
  await login.getByRole('button', { name: /^demo\b/ }).click();
  const list = page.locator('exo-instance-list');
  await expect(list.getByRole('row', { name: /web-1/ })).toBeVisible();
  return list;
}

async function choose(page: Page, name: string, action: RegExp): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: action }).click();
}

function serverOf(cloud: Cloud, name: string): ServerRecord | undefined {
  return [...(cloud.state.regions[0]?.servers.values() ?? [])].find((each) => each.name === name);
}

test('somebody gives an instance another size, and confirms it', async ({ page, world }) => {
  const list = await signIn(page, world.url);
  const row = list.getByRole('row', { name: /web-1/ });
  await choose(page, 'web-1', /^Change size/);
  const form = page.getByRole('dialog', { name: 'Change size: web-1' });
  await expect(form.getByText('It has this size now.')).toBeVisible();
  await form.getByRole('radio', { name: 'm3.quad' }).check();
  await form.getByRole('button', { name: 'Change size' }).click();
  await expect(form).toBeHidden();
  await expect(row).toContainText('Size changed', { timeout: 30_000 });
  await row.getByRole('button', { name: 'Confirm size' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Confirm size' }).click();
  await expect(row).toContainText('Active', { timeout: 30_000 });
  expect(serverOf(world.cloud, 'web-1')?.flavor.name).toBe('m3.quad');
});

test('somebody renames an instance with the keyboard alone', async ({ page, world }) => {
  const list = await signIn(page, world.url);
  await page.getByRole('button', { name: 'Actions for web-1' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Rename' })).toBeVisible();
  await page.keyboard.type('Ren');
  await page.keyboard.press('Enter');
  const field = page.getByRole('dialog').getByRole('textbox', { name: 'New name' });
  await expect(field).toBeFocused();
  await page.keyboard.press('Control+A');
  await page.keyboard.type('front door');
  await page.keyboard.press('Enter');
  await expect(list.getByRole('row', { name: /front door/ })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Actions for front door' })).toBeFocused();
  expect(serverOf(world.cloud, 'front door')).toBeDefined();
});

test('somebody shelves several at once, of which some are left out, and tries the failed again', async ({
  page,
  world,
}) => {
  const list = await signIn(page, world.url);
  world.cloud.fail({ method: 'POST', path: '/action', body: '"shelve"' }, { status: 409 });
  await list.getByRole('checkbox', { name: /^Select all/ }).check();
  await list.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: /^Shelve/ }).click();
  const question = page.getByRole('alertdialog');
  await expect(question).toContainText('This applies to 3 of the 5 selected.');
  await question.getByRole('button', { name: 'Shelve' }).click();
  await list.getByRole('button', { name: /^Try the one that failed again/ }).click();
  await expect(list.getByText('The cloud has accepted it.')).toBeVisible();
  await expect(list.getByRole('row', { name: /web-1/ })).toContainText('Shelved', { timeout: 30_000 });
});

test('somebody deletes an instance, and gives its public address back', async ({ page, world }) => {
  const list = await signIn(page, world.url);
  await choose(page, 'web-1', /^Delete/);
  const question = page.getByRole('alertdialog');
  await question.getByRole('checkbox', { name: /198\.18\.0\.11/ }).check();
  await question.getByRole('button', { name: 'Delete' }).click();
  await expect(list.getByRole('row', { name: /web-1/ })).toHaveCount(0, { timeout: 30_000 });
  const left = [...(world.cloud.state.regions[0]?.floatingIps.values() ?? [])];
  expect(left.map(({ address }) => address)).not.toContain('198.18.0.11');
});
