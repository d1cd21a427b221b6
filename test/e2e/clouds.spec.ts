import { expect, type Page } from '@playwright/test';
import type { Cloud } from '../../src/simulator/cloud.js';
import { serve } from '../../src/simulator/serve.js';
import { servePortal } from '../../stories/portal/serve.mjs';
import { test as base } from './watched.js';

/** A portal that offers two clouds. */
const test = base.extend<{ world: { url: string; lakeside: Cloud; hillside: Cloud } }>({
  // Playwright finds out from the empty pattern that the fixture needs no other.
  // eslint-disable-next-line no-empty-pattern
  world: async ({}, use) => {
    const lakeside = await serve({ port: 0, actionSeconds: 1 });
    const hillside = await serve({ port: 0, actionSeconds: 1 });
    const clouds = [
      { name: 'Lakeside Cloud', authUrl: `${lakeside.url}/v3` },
      { name: 'Hillside Cloud', authUrl: `${hillside.url}/v3` },
    ];
    const portal = await servePortal({ authUrl: `${lakeside.url}/v3`, config: { clouds } });
    await use({ url: portal.url, lakeside: lakeside.cloud, hillside: hillside.cloud });
    await portal.close();
    await lakeside.close();
    await hillside.close();
  },
});

async function signIn(page: Page, cloud: string): Promise<void> {
  const login = page.locator('exo-login').filter({ visible: true });
  await expect(login.getByRole('textbox', { name: 'User name', exact: true })).toBeVisible();
  const choice = login.getByLabel('Cloud', { exact: true });
  if (await choice.isVisible()) await choice.selectOption({ label: cloud });
  await login.getByRole('textbox', { name: 'User name', exact: true }).fill('demo');
  await login.getByRole('textbox', { name: 'Password', exact: true }).fill('demo-password');
  await login.getByRole('button', { name: 'Sign in', exact: true }).click();
  await login.getByRole('button', { name: /^demo\b/ }).click();
}

test('somebody works on two clouds at once', async ({ page, world }) => {
  await page.goto(world.url);
  await signIn(page, 'Lakeside Cloud');
  const list = page.locator('exo-instance-list');
  await expect(list.getByRole('row', { name: /teaching-notebooks/ })).toHaveCount(1);

  await page.locator('exo-project-picker').getByRole('button').first().click();
  await page.getByRole('button', { name: 'Add an account or cloud' }).click();
  await expect(page.getByRole('dialog', { name: 'Add an account' })).toBeVisible();
  await signIn(page, 'Hillside Cloud');
  await expect(page.getByRole('dialog', { name: 'Add an account' })).toBeHidden();
  await expect(list.getByRole('row', { name: /teaching-notebooks/ })).toHaveCount(2);

  const there = list.getByRole('row', { name: /teaching-notebooks.*Hillside Cloud/ });
  await there.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(there).toContainText('Active');
  await expect(list.getByRole('row', { name: /teaching-notebooks.*Lakeside Cloud/ })).toContainText(
    'Stopped',
  );

  world.hillside.fail({ path: '/compute/', times: Infinity }, { status: 503 });
  await list.getByRole('button', { name: 'Refresh' }).click();
  await expect(list.getByText(/Hillside Cloud:/)).toBeVisible();
  await expect(list.getByRole('row', { name: /teaching-notebooks.*Lakeside Cloud/ })).toBeVisible();
  world.hillside.clearFaults();

  await page.getByRole('button', { name: 'Your sign-in, in detail' }).click();
  await page.getByRole('button', { name: 'Sign out demo at Hillside Cloud' }).click();
  await page.getByRole('button', { name: 'Close' }).click();
  await expect(list.getByRole('row', { name: /teaching-notebooks/ })).toHaveCount(1);

  const kept = await page.evaluate(() => JSON.stringify(localStorage) + document.documentElement.outerHTML);
  expect(kept).not.toContain('demo-password');
});
