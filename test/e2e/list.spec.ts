import { readFile } from 'node:fs/promises';
import { expect, type Locator } from '@playwright/test';
import { demoTest, type DemoPortal } from './demo-portal.js';

/** A project with a thousand instances more than fit a screen. */
const test = demoTest({ cloud: { servers: 1000 } });

async function openList(demo: DemoPortal): Promise<Locator> {
  await demo.signIn();
  const list = demo.portal.page.locator('exo-instance-list');
  await expect(list.getByRole('table')).toHaveAttribute('aria-rowcount', '1006');
  return list;
}

test('somebody finds one of a thousand instances, and sees them again the way they were left', async ({
  page,
  demo,
}) => {
  const list = await openList(demo);
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

test('what is shown becomes a file that spreadsheets do not run', async ({ page, demo }) => {
  const list = await openList(demo);
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

test('the keyboard reaches the last of a thousand rows', async ({ page, demo }) => {
  const list = await openList(demo);
  await list.locator('tr[data-row]').first().getByRole('button').first().focus();
  await page.keyboard.press('End');
  await expect(list.locator('tr[data-row][aria-rowindex="1006"]')).toBeInViewport();
  const last = list.locator('tr[data-row][aria-rowindex="1006"]');
  await expect(last.locator(':focus')).toHaveCount(1);
});
