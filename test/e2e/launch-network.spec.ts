import { expect } from '@playwright/test';
import { withWizard } from './launch-story.js';
import { test } from './simulated-world.js';

test.describe('a network that leads nowhere', () => {
  test('is connected with the launch, and the instance is reached at an address of its own', async ({
    page,
    world,
  }) => {
    const { rest, region } = world;
    const made = (await rest.call('network', 'POST', '/networks', { network: { name: 'lab' } })) as {
      network: { id: string };
    };
    const { id } = made.network;
    const subnet = { network_id: id, ip_version: 4, cidr: '10.77.0.0/24', name: 'lab' };
    await rest.call('network', 'POST', '/subnets', { subnet });
    const portal = await withWizard(page, world);
    const { wizard } = portal;
    await portal.nameField.fill('web');
    await portal.openSection('Network and safety');
    await wizard.getByRole('radio', { name: 'lab' }).check();
    await expect(wizard.getByText('No router leads from the network to the outside').first()).toBeVisible();
    await wizard.getByRole('checkbox', { name: 'Connect “lab” to the outside' }).check();
    await expect(
      wizard.getByText('A router is made that connects “lab”, and everything on it'),
    ).toBeVisible();
    await portal.launchButton.click();
    await portal.expectLaunched('web');

    const [floating] = [...region.floatingIps.values()];
    expect(floating?.fixedIp).toMatch(/^10\.77\.0\./);
    await expect(wizard.getByText(floating?.address ?? 'no address').first()).toBeVisible();
    expect([...region.routers.values()].map(({ name }) => name)).toContain('web-router');
    expect([...region.networks.values()].map(({ name }) => name)).not.toContain('web-network');
    const routers = region.routers.size;

    // The next one on it needs no router any more.
    await wizard.getByRole('button', { name: 'Launch another', exact: true }).click();
    await portal.nameField.fill('second');
    await expect(wizard.getByRole('checkbox', { name: 'Connect “lab” to the outside' })).toHaveCount(0);
    await portal.launchButton.click();
    await portal.expectLaunched('second');
    expect(region.floatingIps.size).toBe(2);
    expect(region.routers.size).toBe(routers);
  });
});
