import { expect } from '@playwright/test';
import { USUAL_SERVICES } from '../../src/simulator/options.js';
import { expectThings, KEY, names, withWizard } from './launch-story.js';
import { PortalPage } from './portal-page.js';
import { test } from './simulated-world.js';

// What a cloud lacks is said where one would look for it, and everything else works.

const without = (service: string) => USUAL_SERVICES.filter((each) => each !== service);

test.describe('a cloud without Cinder', () => {
  test.use({ cloudOptions: { services: without('block-storage') } });

  test('says so, and launches', async ({ page, world }) => {
    const portal = await withWizard(page, world);
    await expect(portal.wizard).toContainText('This cloud has no volumes');
    const name = await portal.nameField.inputValue();
    await portal.launchButton.click();
    await portal.expectLaunched(name);
    await expectThings(world, { servers: 1, ports: 1, addresses: 1 });
    await portal.openList();
    await portal.expectStatus(name, 'Active');
  });
});

test.describe('a cloud that does not tell of its networks', () => {
  test.use({ cloudOptions: { services: without('network') } });

  test('chooses one itself, and launches', async ({ page, world }) => {
    const portal = await withWizard(page, world);
    const name = await portal.nameField.inputValue();
    await portal.launchButton.click();
    await portal.expectLaunched(name);
    expect(names(world)).toEqual([name]);
  });
});

test.describe('a Neutron without floating IPs or auto-allocation', () => {
  test.use({
    cloudOptions: { withoutExtensions: ['router', 'auto-allocated-topology', 'standard-attr-tag'] },
  });

  test('gives no public address, says why, and launches', async ({ page, world }) => {
    const portal = await withWizard(page, world);
    const name = await portal.nameField.inputValue();
    await portal.launchButton.click();
    await portal.expectLaunched(name);
    expect(names(world)).toEqual([name]);
  });
});

test('who may only look is told so before anything is typed, and nothing is asked of the cloud', async ({
  page,
  world,
}) => {
  const { reader } = world.cloud;
  if (!reader) throw new Error('the simulator has no reader');
  await world.elsewhere.importKey('laptop', KEY);
  const portal = new PortalPage(page, world.portalUrl);
  await portal.signIn(reader);
  await portal.openWizard();
  await expect(portal.wizard).toContainText('You can look, but not launch');
  const writes: string[] = [];
  page.on('request', (request) => {
    if (request.method() !== 'GET' && request.method() !== 'OPTIONS') writes.push(request.url());
  });
  await expect(portal.launchButton).toHaveAttribute('aria-disabled', 'true');
  await portal.launchButton.click({ force: true });
  await portal.nameField.press('Enter');
  await expect(portal.wizard.getByText('Your role in this project does not allow launching.')).toBeAttached();
  expect(writes).toEqual([]);
});

test('what the cloud forbids a member on the way is explained, and can be taken back', async ({
  page,
  world,
}) => {
  const portal = await withWizard(page, world);
  world.simulator.fail({ method: 'POST', path: /\/floatingips$/, times: Infinity }, { status: 403 });
  await portal.launchButton.click();
  const { wizard } = portal;
  await expect(wizard.getByRole('heading', { name: /could not be launched/ })).toBeVisible();
  await expect(wizard).toContainText('Your account may not do this in this project.');
  await wizard.getByRole('button', { name: 'Delete what was made' }).click();
  await wizard.getByRole('button', { name: 'Delete what was made' }).click();
  await expect(wizard.getByText('Nothing of this launch is left')).toBeVisible();
  await expectThings(world, { servers: 0, ports: 0, addresses: 0 });
});
