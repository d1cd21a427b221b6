import { expect, type Page } from '@playwright/test';
import { PortalPage } from './portal-page.js';
import { test, type SimulatedWorld } from './simulated-world.js';

const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ2vZ1b8qzjP0h6m6lHkzVfUqYb3s1nJrYc9x0m0pR7k someone@laptop';

/** What a launch makes, as an administrator counts it. */
function things({ simulator }: SimulatedWorld): Record<string, number> {
  const [region] = simulator.state.regions;
  if (!region) throw new Error('the simulator has no region');
  const ours = [...region.ports.values()].filter(({ description }) => description.startsWith('exo:launch '));
  return {
    servers: [...region.servers.values()].filter(({ deleted }) => !deleted).length,
    ports: ours.length,
    addresses: region.floatingIps.size,
    volumes: region.volumes.size,
  };
}

/** Signs in, launches, and closes the page when the address is there and the instance is about to be asked for. */
async function killInTheMiddle(page: Page, world: SimulatedWorld): Promise<void> {
  await world.elsewhere.importKey('laptop', KEY);
  const portal = new PortalPage(page, world.portalUrl);
  await portal.signIn(world.cloud.member);
  await portal.openWizard();
  await portal.nameField.fill('web');
  // The cloud never comes to it.
  world.simulator.fail({ method: 'POST', path: /\/servers$/, times: 1 }, { latency: 3_600_000 });
  const aboutToAsk = page.waitForRequest(
    (request) => request.method() === 'POST' && request.url().endsWith('/servers'),
  );
  await portal.launchButton.click();
  await aboutToAsk;
  expect(things(world)).toEqual({ servers: 0, ports: 1, addresses: 1, volumes: 0 });
  await page.close();
}

async function anew(page: Page, world: SimulatedWorld): Promise<PortalPage> {
  const other = await page.context().newPage();
  await other.clock.install();
  const portal = new PortalPage(other, world.portalUrl);
  await portal.signIn(world.cloud.member);
  await portal.openWizard();
  await expect(portal.wizard.getByText('The launch of “web” stopped half-way')).toBeVisible();
  return portal;
}

test('a launch whose page was closed in the middle is carried on from another', async ({ page, world }) => {
  await killInTheMiddle(page, world);
  const portal = await anew(page, world);
  await portal.wizard.getByRole('button', { name: 'Carry on' }).click();
  await portal.expectLaunched('web', 30_000);
  expect(things(world), 'nothing is made twice').toEqual({ servers: 1, ports: 1, addresses: 1, volumes: 0 });
  await portal.openList();
  await portal.expectStatus('web', 'Active', 30_000);
});

test('a launch whose page was closed in the middle is undone from another, and nothing is left', async ({
  page,
  world,
}) => {
  const before = things(world);
  await killInTheMiddle(page, world);
  const portal = await anew(page, world);
  await portal.wizard.getByRole('button', { name: 'Delete what was made' }).click();
  await expect(portal.wizard.getByText('Delete all of it?')).toBeVisible();
  await portal.wizard.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(portal.wizard.getByText('stopped half-way')).toBeHidden();
  expect(things(world)).toEqual(before);
});
