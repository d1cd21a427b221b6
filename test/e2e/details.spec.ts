import { expect, type Locator } from '@playwright/test';
import type { Cloud } from '../../src/simulator/cloud.js';
import type { ServerRecord } from '../../src/simulator/model.js';
import { demoTest, type DemoPortal } from './demo-portal.js';

const test = demoTest();

function server(cloud: Cloud, name: string): ServerRecord {
  const found = [...(cloud.state.regions[0]?.servers.values() ?? [])].find((each) => each.name === name);
  if (!found) throw new Error(`there is no ${name}`);
  return found;
}

async function open(demo: DemoPortal, name: string): Promise<Locator> {
  await demo.signIn();
  return demo.portal.openInstance(name);
}

test('somebody looks at an instance, part by part, and comes back', async ({ page, demo }) => {
  const details = await open(demo, 'web-1');
  const { id } = server(demo.cloud, 'web-1');
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

test('somebody stops an instance from its page', async ({ page, demo }) => {
  const details = await open(demo, 'web-1');
  await details.getByRole('button', { name: 'Stop', exact: true }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Stop' }).click();
  await expect(details.locator('[part~=status]').first()).toHaveText('Stopped');
  expect(server(demo.cloud, 'web-1').vmState).toBe('stopped');
});

test('somebody takes a public address away and gives it to the instance again', async ({ page, demo }) => {
  const details = await open(demo, 'web-1');
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

test('a link to an instance that was deleted says that there is none', async ({ page, demo }) => {
  const details = await open(demo, 'web-1');
  demo.cloud.state.regions[0]?.servers.delete(server(demo.cloud, 'web-1').id);
  await page.reload();
  await expect(details).toContainText('There is no such instance here');
});
