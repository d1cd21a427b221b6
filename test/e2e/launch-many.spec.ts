import { expect, type Page } from '@playwright/test';
import { expectThings, KEY, names } from './launch-story.js';
import { PortalPage } from './portal-page.js';
import { test } from './simulated-world.js';

const TEN = { servers: 10, ports: 10, addresses: 10, volumes: 0 };

/** The sentence that an instance of that name is active, or the name of the launch under way. */
async function launch(portal: PortalPage): Promise<string> {
  await portal.review();
  const name = await portal.nameField.inputValue();
  await portal.launchButton.click();
  return name;
}

test('ten launches one after the other, none of which is waited for, are ten instances', async ({
  page,
  world,
}) => {
  await world.elsewhere.importKey('laptop', KEY);
  const portal = new PortalPage(page, world.portalUrl);
  await portal.signIn(world.cloud.member);
  await portal.openWizard();
  const asked: string[] = [];
  for (let at = 0; at < 10; at += 1) {
    asked.push(await launch(portal));
    await portal.wizard.getByRole('button', { name: 'Launch another', exact: true }).click();
  }
  expect(new Set(asked).size, 'no name is suggested twice').toBe(10);
  await expectThings(world, TEN);
  expect(names(world).sort()).toEqual(asked.sort());
  await portal.openList();
  for (const name of asked) await portal.expectStatus(name, 'Active');
  await portal.openWizard();
  await expect(portal.wizard.getByText('Not finished')).toBeHidden();
});

test('ten tabs of one browser that launch at once make ten instances', async ({ page, context, world }) => {
  await world.elsewhere.importKey('laptop', KEY);
  const first = new PortalPage(page, world.portalUrl);
  await first.signIn(world.cloud.member);
  await first.openWizard();
  const tabs: PortalPage[] = [first];
  const open = async (): Promise<void> => {
    const tab: Page = await context.newPage();
    const portal = new PortalPage(tab, `${world.portalUrl}#new`);
    await portal.open();
    tabs.push(portal);
  };
  // A browser with two processors opens three at once no faster.
  for (let at = 1; at < 10; at += 3) await Promise.all([open(), open(), open()]);
  // One tab does not know what another suggests.
  for (const [at, tab] of tabs.entries()) await tab.nameField.fill(`tab-${String(at)}`);
  const asked = await Promise.all(tabs.map(launch));
  await Promise.all(tabs.map((tab, at) => tab.expectLaunched(asked[at] ?? '')));
  await expectThings(world, TEN);
  expect(names(world).sort()).toEqual(asked.sort());
});
