import { readFile } from 'node:fs/promises';
import { expect, type Locator, type Page } from '@playwright/test';
import { serve } from '../../src/simulator/serve.js';
import { servePortal } from '../../stories/portal/serve.mjs';
import { test as base } from './watched.js';

/** The demo portal on a cloud whose project has a thousand instances more than fit a screen. */
const test = base.extend<{ url: string }>({
  // Playwright finds out from the empty pattern that the fixture needs no other.
  // eslint-disable-next-line no-empty-pattern
  url: async ({}, use) => {
    const served = await serve({ port: 0, seed: 'demo', servers: 1000 });
    const portal = await servePortal({ authUrl: `${served.url}/v3` });
    await use(portal.url);
    await portal.close();
    await served.close();
  },
});

async function open(page: Page, url: string): Promise<Locator> {
  await page.goto(url);
  const login = page.locator('exo-login').filter({ visible: true });
  await login.getByRole('textbox', { name: 'User name', exact: true }).fill('demo');
  await login.getByRole('textbox', { name: 'Password', exact: true }).fill('demo-password');
  await login.getByRole('button', { name: 'Sign in', exact: true }).click();
  await login.getByRole('button', { name: /^demo\b/ }).click();
  const list = page.locator('exo-instance-list');
  await expect(list.getByRole('table')).toHaveAttribute('aria-rowcount', '1006');
  return list;
}

test('somebody finds one of a thousand instances, and sees them again the way they were left', async ({
  page,
  url,
}) => {
  const list = await open(page, url);
  // What is off the screen is not in the page, and counted all the same.
  expect(await list.locator('tr[data-row]').count()).toBeLessThan(200);

  await list.getByRole('searchbox').fill('genome-assembly');
  await expect(list.locator('tr[data-row]')).toHaveCount(1);
  await list.getByRole('searchbox').fill('');

  await list.getByRole('button', { name: 'Filters' }).click();
  await list.getByRole('checkbox', { name: /^genomics \(1\)/ }).check();
  await expect(list.locator('tr[data-row]')).toHaveCount(1);
  await expect(list.getByRole('button', { name: 'Filters (1)' })).toBeVisible();

  await list.getByRole('button', { name: 'View, columns and files' }).click();
  await list.getByRole('checkbox', { name: 'Tags', exact: true }).check();
  await expect(list.getByRole('columnheader', { name: 'Tags' })).toBeVisible();

  await page.reload();
  await expect(list.locator('tr[data-row]')).toHaveCount(1);
  await expect(list.getByRole('columnheader', { name: 'Tags' })).toBeVisible();
  await expect(list.getByRole('button', { name: 'Filters (1)' })).toBeVisible();
});

test('what is shown becomes a file that spreadsheets do not run', async ({ page, url }) => {
  const list = await open(page, url);
  await list.getByRole('searchbox').fill('web-1');
  await list.getByRole('button', { name: 'View, columns and files' }).click();
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    list.getByRole('button', { name: /CSV/ }).first().click(),
  ]);
  const text = await readFile(await saved.path(), 'utf8');
  expect(saved.suggestedFilename()).toMatch(/\.csv$/);
  expect(text.split(/\r?\n/)[0]).toContain('Name');
  expect(text).toContain('web-1');
  for (const cell of text.split(/[,\r\n]+/)) expect(cell).not.toMatch(/^"?[=+@]/);
});

test('the keyboard reaches the last of a thousand rows', async ({ page, url }) => {
  const list = await open(page, url);
  await list.locator('tr[data-row]').first().getByRole('button').first().focus();
  await page.keyboard.press('End');
  await expect(list.locator('tr[data-row][aria-rowindex="1006"]')).toBeInViewport();
  const last = list.locator('tr[data-row][aria-rowindex="1006"]');
  await expect(last.locator(':focus')).toHaveCount(1);
});
