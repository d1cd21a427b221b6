import { readFile } from 'node:fs/promises';
import { expect } from '@playwright/test';
import { expectThings, KEY, names, withWizard } from './launch-story.js';
import { PortalPage } from './portal-page.js';
import { test, type SimulatedWorld } from './simulated-world.js';

const OTHER_KEY =
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIhz2GK/XCUj4i6Q5yQJNL1MKMY0RxzPV2QrBqfHrDq6 somebody@example';

function server({ region }: SimulatedWorld, name: string) {
  const found = [...region.servers.values()].find((each) => each.name === name && !each.deleted);
  if (!found) throw new Error(`there is no ${name}`);
  return found;
}

/** Disks that a server has, by device. */
function disks(world: SimulatedWorld, name: string) {
  const { id } = server(world, name);
  return [...world.region.volumes.values()]
    .filter(({ attachment }) => attachment?.serverId === id)
    .sort((a, b) => (a.attachment?.device ?? '').localeCompare(b.attachment?.device ?? ''));
}

async function makeVolume({ rest, region, simulator }: SimulatedWorld, name: string): Promise<string> {
  const image = await rest.named('image', '/images', 'images', 'Featured-Debian12');
  const volume = { name, size: 12, imageRef: image.id };
  const made = (await rest.call('block-storage', 'POST', '/volumes', { volume })) as {
    volume: { id: string };
  };
  const { id } = made.volume;
  await expect
    .poll(() => {
      simulator.state.settle();
      return region.volumes.get(id)?.status;
    })
    .toBe('available');
  return id;
}

test.describe('by the form', () => {
  test('from a new volume that stays, with a further one and a group of its own', async ({ page, world }) => {
    const portal = await withWizard(page, world);
    const { wizard } = portal;
    await portal.nameField.fill('on-volume');
    await portal.openSection('Storage');
    await wizard.getByRole('radio', { name: 'The image, on a new volume' }).check();
    await wizard.getByRole('spinbutton', { name: 'Its size, in GiB' }).fill('33');
    await wizard.getByRole('combobox', { name: 'Kind of volume' }).selectOption({ label: 'ssd – Flash' });
    await wizard.getByRole('checkbox', { name: 'Delete it with the instance' }).uncheck();
    await wizard.getByRole('button', { name: 'Add a volume' }).click();
    await wizard.getByRole('spinbutton', { name: 'Volume 1: Size, in GiB' }).fill('7');
    await portal.openSection('Advanced');
    await wizard
      .getByRole('combobox', { name: /^Together or apart/ })
      .selectOption({ label: 'A new group: apart if possible' });
    await portal.launchButton.click();
    await portal.expectLaunched('on-volume');
    expect(disks(world, 'on-volume').map(({ size, type }) => [size, type])).toEqual([
      [33, 'ssd'],
      [7, 'standard'],
    ]);
    await world.elsewhere.deleteServer('on-volume');
    await expectThings(world, { servers: 0, volumes: 2 });
  });

  test('from a volume, and from a snapshot of one', async ({ page, world }) => {
    const used = await makeVolume(world, 'my system');
    const model = await makeVolume(world, 'model');
    await world.rest.call('block-storage', 'POST', '/snapshots', {
      snapshot: { name: 'before the upgrade', volume_id: model },
    });
    const portal = await withWizard(page, world);
    const { wizard } = portal;
    await portal.nameField.fill('from-volume');
    await portal.openSection('Storage');
    await wizard.getByRole('radio', { name: 'A volume that you have' }).check();
    await wizard.getByRole('combobox', { name: 'Which volume' }).selectOption(used);
    await expect(wizard.getByText(/“my system”/).first()).toBeVisible();
    await portal.launchButton.click();
    await portal.expectLaunched('from-volume');
    expect(disks(world, 'from-volume').map(({ id }) => id)).toEqual([used]);

    await wizard.getByRole('button', { name: 'Launch another', exact: true }).click();
    await portal.nameField.fill('from-snapshot');
    await wizard.getByRole('radio', { name: 'A snapshot of a volume' }).check();
    await portal.launchButton.click();
    await portal.expectLaunched('from-snapshot');
    const [disk] = disks(world, 'from-snapshot');
    expect(disk?.snapshotId).toBe([...world.region.volumeSnapshots.keys()][0]);
    expect(
      disk?.size,
      'as large as the size’s own, and no smaller than what is on it',
    ).toBeGreaterThanOrEqual(12);
  });

  test('from a snapshot of an instance, found among many images by what it is', async ({ page, world }) => {
    await world.elsewhere.createServer('model');
    const { id } = server(world, 'model');
    await world.rest.call('compute', 'POST', `/servers/${id}/action`, {
      createImage: { name: 'model-as-it-was' },
    });
    // What is still being made is not offered, and the wizard asks for the images once.
    const isMade = () =>
      [...world.region.images.values()].some(
        ({ name, status }) => name === 'model-as-it-was' && status === 'active',
      );
    await expect.poll(() => (world.simulator.state.settle(), isMade())).toBe(true);
    const [image] = world.region.images.values();
    if (!image) throw new Error('there is no image');
    for (const system of ['arch', 'alpine', 'fedora'])
      world.region.images.set(system, {
        ...image,
        id: system,
        name: system,
        properties: { os_distro: system },
      });
    const portal = await withWizard(page, world);
    const { wizard } = portal;
    await portal.nameField.fill('from-model');
    await portal.openSection('What');
    await wizard
      .getByRole('combobox', { name: 'What it is' })
      .selectOption({ label: 'Snapshot of an instance' });
    await expect(wizard.getByRole('radiogroup', { name: 'Image' }).getByRole('radio')).toHaveCount(1);
    await wizard.getByRole('radio', { name: 'model-as-it-was' }).check();
    await portal.launchButton.click();
    await portal.expectLaunched('from-model');
    const started = world.region.images.get(server(world, 'from-model').imageId);
    expect(started?.name).toBe('model-as-it-was');
  });

  test('on two networks with an address of its own choice', async ({ page, world }) => {
    const { rest } = world;
    const made = (await rest.call('network', 'POST', '/networks', { network: { name: 'lab' } })) as {
      network: { id: string };
    };
    const subnet = { network_id: made.network.id, ip_version: 4, cidr: '10.77.0.0/24', name: 'lab' };
    await rest.call('network', 'POST', '/subnets', { subnet });
    const portal = await withWizard(page, world);
    const { wizard } = portal;
    await portal.nameField.fill('two-legs');
    await portal.openSection('Advanced');
    await wizard.getByRole('button', { name: 'Connect it to one more network' }).click();
    await wizard
      .getByRole('group', { name: 'lab' })
      .getByRole('textbox', { name: /^Its address on lab/ })
      .fill('10.77.0.77');
    await portal.launchButton.click();
    await portal.expectLaunched('two-legs');
    const ports = world.region.portsOf(server(world, 'two-legs').id);
    expect(ports).toHaveLength(2);
    expect(ports.flatMap(({ fixedIps }) => fixedIps.map(({ ip }) => ip))).toContain('10.77.0.77');
  });

  test('three at once with a script from a file, byte for byte, and two people’s keys', async ({
    page,
    world,
  }) => {
    const portal = await withWizard(page, world);
    const { wizard } = portal;
    const script = "#!/bin/bash\r\necho '$$ $& Grüße ✓'\r\n";
    await portal.nameField.fill('row');
    await portal.openSection('How many');
    await wizard.getByRole('spinbutton', { name: 'How many' }).fill('3');
    await portal.openSection('Advanced');
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      wizard.getByRole('button', { name: 'Choose a file' }).click(),
    ]);
    await chooser.setFiles({ name: 'setup.sh', mimeType: 'text/x-sh', buffer: Buffer.from(script) });
    await expect(wizard.getByText('From the file setup.sh')).toBeVisible();
    await portal.launchButton.click();
    await expect(wizard.getByRole('heading', { name: '3 instances are active' })).toBeVisible();
    expect(names(world).sort()).toEqual(['row-1', 'row-2', 'row-3']);
    for (const name of names(world)) {
      const data = Buffer.from(server(world, name).userData ?? '', 'base64').toString('utf8');
      expect(data).toBe(script);
    }

    await wizard.getByRole('button', { name: 'Launch another', exact: true }).click();
    await portal.nameField.fill('ours');
    await portal.openSection('Access');
    await wizard.getByRole('textbox', { name: /^More SSH keys/ }).fill(OTHER_KEY);
    await portal.launchButton.click();
    await portal.expectLaunched('ours');
    const ours = server(world, 'ours');
    expect(ours.keyName).toBe('laptop');
    const data = Buffer.from(ours.userData ?? '', 'base64').toString('utf8');
    expect(data, 'the other person gets in, too').toContain(OTHER_KEY);
  });
});

test('somebody without a key gets one, saves it, and launches another like it', async ({ page, world }) => {
  const portal = new PortalPage(page, world.portalUrl);
  await portal.signIn(world.cloud.member);
  await portal.openWizard();
  await portal.review();
  const name = await portal.nameField.inputValue();
  await portal.launchButton.click();
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    portal.wizard.getByRole('button', { name: /^Download .*\.pem$/ }).click(),
  ]);
  const file = saved.suggestedFilename();
  expect(await readFile(await saved.path(), 'utf8')).toContain('BEGIN OPENSSH PRIVATE KEY');
  await portal.expectLaunched(name);
  await expect(portal.wizard.getByText(new RegExp(`ssh -i \\S*${file}`))).toBeVisible();

  await portal.wizard.getByRole('button', { name: 'Launch another like it' }).click();
  await expect(portal.nameField).not.toHaveValue(name);
  const second = await portal.nameField.inputValue();
  await portal.launchButton.click();
  await portal.expectLaunched(second);
  const keys = names(world).map((each) => server(world, each).keyName);
  expect(keys[0]).toBe(file.replace(/\.pem$/, ''));
  expect(keys[1], 'no second key is made').toBe(keys[0]);
});

test('a template is kept over a reload, and holds what was chosen', async ({ page, world }) => {
  const portal = await withWizard(page, world);
  const { wizard } = portal;
  await portal.openSection('What');
  await wizard.getByRole('radio', { name: 'Featured-RockyLinux9' }).check();
  await wizard.getByRole('button', { name: 'Save as template' }).click();
  await wizard.getByRole('textbox', { name: 'Name of the template' }).fill('rocky');
  await wizard.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(wizard.getByRole('button', { name: 'Use rocky' })).toBeVisible();
  await wizard.getByRole('radio', { name: 'Featured-Debian12' }).check();
  await expect.poll(async () => (await portal.review()).image).toBe('Featured-Debian12');
  await page.reload();
  await wizard.getByRole('button', { name: 'Use rocky' }).click();
  await expect.poll(async () => (await portal.review()).image).toBe('Featured-RockyLinux9');
  const name = await portal.nameField.inputValue();
  await portal.launchButton.click();
  await portal.expectLaunched(name);
  expect((await world.elsewhere.server(name))?.image).toBe('Featured-RockyLinux9');
});

test.describe('where the institution has decided something', () => {
  test.use({ portalConfig: { launch: { defaultSize: 'm3.small', locked: ['size', 'network'] } } });

  test('a link does not get past it, through the sign-in', async ({ page, world }) => {
    await world.elsewhere.importKey('laptop', KEY);
    const link = `${world.portalUrl}#new?size=m3.large&image=Featured-Debian12&name=linked&count=2`;
    const portal = new PortalPage(page, link);
    await portal.signIn(world.cloud.member);
    await expect(portal.nameField).toHaveValue('linked');
    await expect.poll(() => portal.review()).toEqual({ size: 'm3.small', image: 'Featured-Debian12' });
    await expect(portal.wizard.getByText('Decided by your institution').first()).toBeVisible();
    await portal.launchButton.click();
    await expect(portal.wizard.getByRole('heading', { name: '2 instances are active' })).toBeVisible();
    for (const name of ['linked-1', 'linked-2']) expect(server(world, name).flavor.name).toBe('m3.small');
  });
});

test('another one like an instance is launched from its page', async ({ page, world }) => {
  await world.elsewhere.createServer('model');
  const portal: PortalPage = new PortalPage(page, world.portalUrl);
  await world.elsewhere.importKey('laptop', KEY);
  await portal.signIn(world.cloud.member);
  const details = await portal.openInstance('model');
  await details.getByRole('button', { name: 'Actions', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Launch another like this' }).click();
  await expect.poll(() => portal.review()).toEqual({ size: 'm3.small', image: 'Featured-Debian12' });
  await expect(portal.nameField).not.toHaveValue('model');
  const name = await portal.nameField.inputValue();
  await portal.launchButton.click();
  await portal.expectLaunched(name);
  expect(server(world, name).flavor.name).toBe('m3.small');
});

test('another one like an instance starts and is prepared as it does, and says what cannot be copied', async ({
  page,
  world,
}) => {
  const portal = await withWizard(page, world);
  const { wizard } = portal;
  await portal.nameField.fill('model');
  await portal.openSection('What');
  await wizard.getByRole('radio', { name: 'Featured-RockyLinux9' }).check();
  await portal.openSection('Storage');
  await wizard.getByRole('radio', { name: 'The image, on a new volume' }).check();
  await wizard.getByRole('spinbutton', { name: 'Its size, in GiB' }).fill('33');
  await wizard.getByRole('combobox', { name: 'Kind of volume' }).selectOption({ label: 'ssd – Flash' });
  await wizard.getByRole('checkbox', { name: 'Delete it with the instance' }).uncheck();
  await portal.openSection('Advanced');
  await wizard.getByRole('radio', { name: 'Keys and packages' }).check();
  await wizard.getByRole('textbox', { name: /^Packages/ }).fill('tmux');
  await portal.launchButton.click();
  await portal.expectLaunched('model');

  await portal.openList();
  const details = await portal.openInstance('model');
  await details.getByRole('button', { name: 'Actions', exact: true }).click();
  const asked: string[] = [];
  page.on('request', (request) => {
    if (/\/volumes\/[0-9a-f-]{36}$/.test(request.url())) asked.push(request.url());
  });
  const another = page.getByRole('menuitem', { name: 'Launch another like this' });
  await expect(another).toBeVisible();
  expect(asked, 'its volume is asked for by nobody yet').toEqual([]);
  await another.click();
  const left = wizard.getByText(/packages that it got at its first start cannot be read back/);
  await expect(left).toBeVisible();
  expect(asked).toHaveLength(1);
  await expect
    .poll(async () => (await portal.review()).image)
    .toMatch(/^Featured-RockyLinux9 on a new volume of 33\sGiB that stays when it is deleted$/);
  const name = await portal.nameField.inputValue();
  await portal.launchButton.click();
  await portal.expectLaunched(name);
  expect(disks(world, name).map(({ size, type }) => [size, type])).toEqual([[33, 'ssd']]);
  expect(server(world, name).volumes.map(({ deleteOnTermination }) => deleteOnTermination)).toEqual([false]);
  expect(server(world, name).metadata['exo:setup'], 'it is prepared as the model was').toBeDefined();
});
