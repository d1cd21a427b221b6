import { expect, type Page } from '@playwright/test';
import { expectThings, inAnotherBrowser, KEY, names, things, type Things } from './launch-story.js';
import { PortalPage } from './portal-page.js';
import { test, type SimulatedWorld } from './simulated-world.js';

/** Where a launch stands when its page goes away: the request that is under way then, and what is there by then. */
const MOMENTS = [
  { when: 'before its address', path: /\/floatingips$/, there: { servers: 0, ports: 1, addresses: 0 } },
  { when: 'before its further volume', path: /\/volumes$/, there: { servers: 0, ports: 1, volumes: 0 } },
] as const;

const WHOLE: Things = { servers: 1, ports: 1, addresses: 1, volumes: 1 };

/** Signs in, launches with a further volume, and closes the page when the cloud is asked for something. */
async function killInTheMiddle(
  page: Page,
  world: SimulatedWorld,
  path: RegExp,
  there: Partial<Things>,
): Promise<void> {
  const portal = new PortalPage(page, `${world.portalUrl}#new?name=web&volume=5`);
  await world.elsewhere.importKey('laptop', KEY);
  await portal.signIn(world.cloud.member);
  await expect(portal.nameField).toHaveValue('web');
  await portal.review();
  // The cloud never comes to it.
  const held = world.simulator.hold({ method: 'POST', path });
  await portal.launchButton.click();
  await held.reached;
  // What is made beside it is not cut off.
  await expectThings(world, there);
  await page.close();
}

const stopped = (portal: PortalPage) => portal.wizard.getByText('The launch of “web” stopped half-way');

for (const { when, path, there } of MOMENTS)
  test(`a launch whose page was closed ${when} is carried on in another browser`, async ({
    page,
    browser,
    world,
  }) => {
    await killInTheMiddle(page, world, path, there);
    await inAnotherBrowser(browser, world, world.cloud.member, async (portal) => {
      await expect(stopped(portal)).toBeVisible();
      await portal.wizard.getByRole('button', { name: 'Carry on' }).click();
      await portal.expectLaunched('web');
      await expectThings(world, WHOLE);
      expect(names(world)).toEqual(['web']);
      await portal.openList();
      await portal.expectStatus('web', 'Active');
    });
  });

test('a launch whose page was closed in the middle is carried on by a colleague', async ({
  page,
  browser,
  world,
}) => {
  await killInTheMiddle(page, world, /\/servers$/, { servers: 0, ports: 1 });
  await inAnotherBrowser(browser, world, world.colleague, async (portal) => {
    await expect(stopped(portal)).toBeVisible();
    // Key pairs belong to people: they have none yet, and get one.
    await expect(portal.wizard.getByText('“laptop” belongs to whoever began it')).toBeVisible();
    await portal.wizard.getByRole('button', { name: 'Carry on' }).click();
    await portal.expectLaunched('web');
    await expectThings(world, WHOLE);
  });
});

test('a launch whose page was closed in the middle is undone by a colleague, and nothing is left', async ({
  page,
  browser,
  world,
}) => {
  const before = things(world);
  await killInTheMiddle(page, world, /\/volumes$/, { volumes: 0, ports: 1 });
  await inAnotherBrowser(browser, world, world.colleague, async (portal) => {
    await expect(stopped(portal)).toBeVisible();
    await portal.wizard.getByRole('button', { name: 'Delete what was made' }).click();
    await expect(portal.wizard.getByText('Delete all of it?')).toBeVisible();
    await portal.wizard.getByRole('button', { name: 'Delete', exact: true }).click();
    await expect(portal.wizard.getByText('stopped half-way')).toBeHidden();
    await expectThings(world, before);
  });
});

test('a launch that is under way in another browser is not taken for one that stopped', async ({
  page,
  browser,
  world,
}) => {
  await world.elsewhere.importKey('laptop', KEY);
  const portal = new PortalPage(page, `${world.portalUrl}#new?name=web`);
  await portal.signIn(world.cloud.member);
  await portal.review();
  const goOn = world.simulator.hold({ method: 'POST', path: /\/servers$/ });
  await portal.launchButton.click();
  await goOn.reached;
  await inAnotherBrowser(browser, world, world.colleague, async (other) => {
    // It is told as what it may be; to carry it on as well makes nothing twice.
    await expect(other.wizard.getByText(/may still be under way in another browser/)).toBeVisible();
    await other.wizard.getByRole('button', { name: 'Carry on' }).click();
    await other.expectLaunched('web');
  });
  goOn();
  await portal.expectLaunched('web');
  await expectThings(world, { servers: 1, ports: 1, addresses: 1 });
});
