import { expect, type Locator, type Page } from '@playwright/test';
import type { Cloud } from '../../src/simulator/cloud.js';
import type { ServerRecord } from '../../src/simulator/model.js';
import { serve } from '../../src/simulator/serve.js';
import { servePortal } from '../../stories/portal/serve.mjs';
import { test as base } from './watched.js';

/** The demo portal on a cloud of its own. */
const test = base.extend<{ world: { url: string; cloud: Cloud } }>({
  // Playwright finds out from the empty pattern that the fixture needs no other.
  // eslint-disable-next-line no-empty-pattern
  world: async ({}, use) => {
    const served = await serve({ port: 0, seed: 'demo', actionSeconds: 1 });
    const portal = await servePortal({ authUrl: `${served.url}/v3` });
    await use({ url: portal.url, cloud: served.cloud });
    await portal.close();
    await served.close();
  },
});

function server(cloud: Cloud, name: string): ServerRecord {
  const found = [...(cloud.state.regions[0]?.servers.values() ?? [])].find((each) => each.name === name);
  if (!found) throw new Error(`there is no ${name}`);
  return found;
}

/** Signs in and opens the page of an instance from the list. */
async function open(page: Page, url: string, name: string): Promise<Locator> {
  await page.goto(url);
  const login = page.locator('exo-login').filter({ visible: true });
  await login.getByRole('textbox', { name: 'User name', exact: true }).fill('demo');
  await login.getByRole('textbox', { name: 'Password', exact: true }).fill('demo-password');
  await login.getByRole('button', { name: 'Sign in', exact: true }).click();
  await login.getByRole('button', { name: /^demo\b/ }).click();
  await page.locator('exo-instance-list').getByRole('button', { name, exact: true }).click();
  const details = page.locator('exo-instance');
  await expect(details.getByRole('heading', { name })).toBeVisible();
  return details;
}

test('somebody looks at an instance, part by part, and comes back', async ({ page, world }) => {
  const details = await open(page, world.url, 'web-1');
  const { id } = server(world.cloud, 'web-1');
  await expect(page).toHaveURL(new RegExp(`#instance/${id}`));
  await expect(details.getByRole('tabpanel', { name: 'Overview' })).toContainText('Featured-Ubuntu24');

  await details.getByRole('tab', { name: 'Connect' }).click();
  await expect(details.getByRole('tabpanel', { name: 'Connect' })).toContainText(/ssh ubuntu@198\.18\.0\./);
  await expect(page).toHaveURL(new RegExp(`#instance/${id}/connect$`));
  await page.keyboard.press('ArrowRight');
  await expect(details.getByRole('tab', { name: 'Addresses' })).toBeFocused();

  // A link to a part leads there.
  await page.reload();
  await expect(details.getByRole('tabpanel', { name: 'Addresses' })).toContainText('Inside the cloud');

  await details.getByRole('button', { name: 'All instances' }).click();
  await expect(
    page.locator('exo-instance-list').getByRole('button', { name: 'web-1', exact: true }),
  ).toBeVisible();
});

test('somebody stops an instance from its page', async ({ page, world }) => {
  const details = await open(page, world.url, 'web-1');
  await details.getByRole('button', { name: 'Stop', exact: true }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Stop' }).click();
  await expect(details.locator('[part~=status]').first()).toHaveText('Stopped', { timeout: 30_000 });
  expect(server(world.cloud, 'web-1').vmState).toBe('stopped');
});

test('somebody takes a public address away and gives it to the instance again', async ({ page, world }) => {
  const details = await open(page, world.url, 'web-1');
  await details.getByRole('tab', { name: 'Addresses' }).click();
  const away = details.getByRole('button', { name: /^Take .* away$/ });
  const address = /Take (.*) away/.exec(await away.innerText())?.[1] ?? '';
  await away.click();
  const question = page.getByRole('alertdialog');
  await expect(question).toContainText(`Take ${address} away from web-1?`);
  await question.getByRole('button', { name: 'Take away' }).click();
  await expect(details).toContainText('It has no public address');
  await details.getByRole('button', { name: 'Give it a public address' }).click();
  const form = page.getByRole('dialog', { name: 'A public address for web-1' });
  await form.getByRole('combobox', { name: 'Address' }).selectOption(address);
  await form.getByRole('button', { name: 'Assign' }).click();
  await expect(away).toContainText(address);
});

test('a link to an instance that was deleted says that there is none', async ({ page, world }) => {
  const details = await open(page, world.url, 'web-1');
  world.cloud.state.regions[0]?.servers.delete(server(world.cloud, 'web-1').id);
  await page.reload();
  await expect(details).toContainText('There is no such instance here');
});
