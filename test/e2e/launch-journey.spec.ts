import { expect } from '@playwright/test';
import { KEY, things, withWizard } from './launch-story.js';
import { PortalPage } from './portal-page.js';
import { test } from './simulated-world.js';

test('a link fills in the form, through the sign-in and a reload, and the launch is found again in the list', async ({
  page,
  world,
}) => {
  await world.elsewhere.importKey('laptop', KEY);
  const portal = new PortalPage(page, `${world.portalUrl}#new?image=Featured-Debian12&name=linked`);
  await portal.signIn(world.cloud.member);
  await expect(portal.nameField).toHaveValue('linked');
  await expect.poll(async () => (await portal.review()).image).toBe('Featured-Debian12');
  await portal.nameField.fill('changed');
  await expect
    .poll(() => page.evaluate(() => JSON.stringify(Object.entries(sessionStorage))))
    .toContain('changed');
  await page.reload();
  await expect(portal.nameField).toHaveValue('changed');
  await expect.poll(async () => (await portal.review()).image).toBe('Featured-Debian12');

  const goOn = world.simulator.hold({ method: 'POST', path: /\/servers$/ });
  await portal.launchButton.click();
  await portal.wizard.getByRole('button', { name: 'Close' }).click();
  const list = page.locator('exo-instance-list');
  await list.getByRole('button', { name: 'Show the launch of “changed”' }).click();
  goOn();
  await portal.expectLaunched('changed');
  expect(things(world)).toMatchObject({ servers: 1 });
});

test('a quota that somebody else has used up is explained, and nothing has to stay', async ({
  page,
  world,
}) => {
  const portal = await withWizard(page, world);
  const before = things(world);
  for (const [project, quota] of world.region.computeQuotas)
    world.region.computeQuotas.set(project, { ...quota, cores: 0 });
  await portal.launchButton.click();
  await expect(portal.wizard.getByText(/quota is used up/)).toBeVisible();
  await portal.wizard.getByRole('button', { name: 'Delete what was made' }).click();
  await portal.wizard.getByRole('button', { name: 'Delete what was made' }).click();
  await expect(portal.wizard.getByText('Nothing of this launch is left')).toBeVisible();
  expect(things(world)).toEqual(before);
});

test('an image that was deleted meanwhile is explained', async ({ page, world }) => {
  const portal = await withWizard(page, world);
  const { image } = await portal.review();
  for (const [id, each] of world.region.images) if (each.name === image) world.region.images.delete(id);
  await portal.launchButton.click();
  await expect(portal.wizard.getByRole('heading', { name: /could not be launched/ })).toBeVisible();
  await expect(portal.wizard.getByRole('button', { name: 'Back to the form' })).toBeVisible();
  expect(things(world).servers).toBe(0);
});

test('a network that goes away in the middle delays a launch, and makes nothing twice', async ({
  page,
  world,
}) => {
  const portal = await withWizard(page, world);
  await portal.nameField.fill('offline');
  const sent = page.waitForRequest(
    (request) => request.method() === 'POST' && request.url().endsWith('/servers'),
  );
  await portal.launchButton.dblclick();
  await sent;
  await page.context().setOffline(true);
  await portal.letTimePass(5_000);
  await page.context().setOffline(false);
  const retry = portal.wizard.getByRole('button', { name: 'Try again' });
  await expect(portal.launchedHeading('offline').or(retry).first()).toBeVisible();
  if (await retry.isVisible()) await retry.click();
  await portal.expectLaunched('offline');
  expect(things(world)).toMatchObject({ servers: 1 });
});

test('one button launches what the portal has chosen', async ({ page, world }) => {
  const portal = await withWizard(page, world);
  const quick = page.locator('exo-quick-launch');
  // It asks for nothing while nobody sees it.
  await quick.scrollIntoViewIfNeeded();
  await expect(quick.getByText(/One instance, “.+”, of size/)).toBeVisible();
  await quick.getByRole('textbox', { name: 'Name' }).fill('quick');
  await quick.getByRole('button', { name: 'Launch', exact: true }).click();
  await expect(quick.getByRole('heading', { name: '“quick” is active' })).toBeVisible();
  await portal.openList();
  await portal.expectStatus('quick', 'Active');
});
