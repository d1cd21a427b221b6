import { expect, type Page } from '@playwright/test';
import { expectThings, KEY } from './launch-story.js';
import { PortalPage } from './portal-page.js';
import { test, type SimulatedWorld } from './simulated-world.js';

/** A part of the kit that cannot be loaded until the function given back is called. */
async function without(page: Page, part: string): Promise<() => Promise<void>> {
  const files = new RegExp(`/kit/chunks/exo\\.${part}-[\\w-]+\\.js$`);
  await page.route(files, (route) => route.abort('connectionreset'));
  return () => page.unroute(files);
}

async function open(page: Page, world: SimulatedWorld): Promise<PortalPage> {
  await world.elsewhere.importKey('laptop', KEY);
  const portal = new PortalPage(page, world.portalUrl);
  await portal.signIn(world.cloud.member);
  await portal.openWizard();
  await expect(portal.nameField).toBeVisible();
  return portal;
}

test('without the choices one launches what is chosen; they come as soon as they can be had', async ({
  page,
  world,
}) => {
  const restore = await without(page, 'choices');
  const portal = await open(page, world);
  const { wizard } = portal;
  await portal.review();
  await portal.openSection('Storage');
  const storage = portal.section('Storage');
  const notice = storage.locator('[part~=notice]');
  await expect(notice).toContainText('This part of the page could not be loaded');
  await expect(notice).toContainText('What is chosen now works without it.');
  await notice.getByRole('button', { name: 'Try again' }).click();
  await expect(notice).toBeVisible();
  const name = await portal.nameField.inputValue();
  await portal.launchButton.click();
  await portal.expectLaunched(name);
  await restore();
  await wizard.getByRole('button', { name: 'Launch another', exact: true }).click();
  await portal.openSection('Storage');
  await expect(wizard.getByRole('button', { name: 'Add a volume' })).toBeVisible();
});

test('without what launches nothing is launched, which is said; a second click launches once', async ({
  page,
  world,
}) => {
  const restore = await without(page, 'launching');
  const portal = await open(page, world);
  await portal.review();
  const name = await portal.nameField.inputValue();
  await portal.launchButton.click();
  await expect(portal.wizardNotice('nothing was launched')).toContainText(
    'Check your network and try again.',
  );
  await expectThings(world, { servers: 0, ports: 0, addresses: 0 });
  await restore();
  await portal.launchButton.click();
  await portal.expectLaunched(name);
  await expectThings(world, { servers: 1, ports: 1, addresses: 1 });
});

test('without the review, drafts and a look at what was left one launches all the same', async ({
  page,
  world,
}) => {
  const restore = await without(page, 'review-body');
  await without(page, 'drafts');
  await without(page, 'unfinished-panel');
  const portal = await open(page, world);
  await portal.turnToForm();
  const missing = portal.wizard.getByText('What will exist could not be shown.');
  await expect(missing).toBeVisible();
  await restore();
  await missing.getByRole('button', { name: 'Try again' }).click();
  await portal.review();
  const name = await portal.nameField.inputValue();
  await portal.launchButton.click();
  await portal.expectLaunched(name);
  await expectThings(world, { servers: 1 });
});
