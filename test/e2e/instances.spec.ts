import { expect, type Locator, type Page } from '@playwright/test';
import type { Cloud } from '../../src/simulator/cloud.js';
import type { ServerRecord } from '../../src/simulator/model.js';
import { demoTest, type DemoPortal } from './demo-portal.js';

const test = demoTest();

async function openList(demo: DemoPortal): Promise<Locator> {
  await demo.signIn();
  const list = demo.portal.page.locator('exo-instance-list');
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

test('somebody gives an instance another size, and confirms it', async ({ page, demo }) => {
  const list = await openList(demo);
  const row = list.getByRole('row', { name: /web-1/ });
  await choose(page, 'web-1', /^Change size/);
  const form = page.getByRole('dialog', { name: 'Change size: web-1' });
  await expect(form.getByText('It has this size now.')).toBeVisible();
  await form.getByRole('radio', { name: 'm3.quad' }).check();
  await form.getByRole('button', { name: 'Change size' }).click();
  await expect(form).toBeHidden();
  await expect(row).toContainText('Size changed');
  await row.getByRole('button', { name: 'Confirm size' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Confirm size' }).click();
  await expect(row).toContainText('Active');
  expect(serverOf(demo.cloud, 'web-1')?.flavor.name).toBe('m3.quad');
});

test('somebody renames an instance with the keyboard alone', async ({ page, demo }) => {
  const list = await openList(demo);
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
  expect(serverOf(demo.cloud, 'front door')).toBeDefined();
});

test('somebody shelves several at once, of which some are left out, and tries the failed again', async ({
  page,
  demo,
}) => {
  const list = await openList(demo);
  demo.cloud.fail({ method: 'POST', path: '/action', body: '"shelve"' }, { status: 409 });
  await list.getByRole('checkbox', { name: /^Select all/ }).check();
  await list.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: /^Shelve/ }).click();
  const question = page.getByRole('alertdialog');
  await expect(question).toContainText('This applies to 3 of the 5 selected.');
  await question.getByRole('button', { name: 'Shelve' }).click();
  await list.getByRole('button', { name: /^Try the one that failed again/ }).click();
  await expect(list.getByText('The cloud has accepted it.')).toBeVisible();
  await expect(list.getByRole('row', { name: /web-1/ })).toContainText('Shelved');
});

test('somebody deletes an instance, and gives its public address back', async ({ page, demo }) => {
  const list = await openList(demo);
  await choose(page, 'web-1', /^Delete/);
  const question = page.getByRole('alertdialog');
  await question.getByRole('checkbox', { name: /198\.18\.0\.11/ }).check();
  await question.getByRole('button', { name: 'Delete' }).click();
  await expect(list.getByRole('row', { name: /web-1/ })).toHaveCount(0);
  const left = [...(demo.cloud.state.regions[0]?.floatingIps.values() ?? [])];
  expect(left.map(({ address }) => address)).not.toContain('198.18.0.11');
});
