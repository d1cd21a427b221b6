import { expect } from '@open-wc/testing';
import { insideOf } from '../../../src/elements/instance/sections/address-form.js';
import { create } from '../../../src/elements/instance/sections/addresses.js';
import { NetworkClient } from '../../../src/openstack/network.js';
import { createNetwork, createPort, createSubnet } from '../../../src/simulator/network-state.js';
import { eventually, signedIn, type StoryCloud } from '../../../stories/cloud.js';
import { buttonOf, says, serverNamed, showSection, textOf, type SectionBox } from './section-host.js';

const regionOf = ({ cloud }: StoryCloud) => {
  const [region] = cloud.state.regions;
  if (!region) throw new Error('the cloud has no region');
  return region;
};

/** `web-1` in a second network that the same router serves. */
async function connectTwice(story: StoryCloud): Promise<void> {
  const region = regionOf(story);
  const { state } = story.cloud;
  const id = await serverNamed(story, 'web-1');
  const projectId = region.servers.get(id)?.projectId ?? '';
  const lab = createNetwork(state, region, { name: 'lab', projectId });
  const subnet = createSubnet(state, region, lab, { name: 'lab', cidr: '10.7.0.0/24' });
  for (const router of region.routers.values()) router.subnetIds.push(subnet.id);
  createPort(state, region, { networkId: lab.id, projectId, deviceId: id, deviceOwner: 'compute:nova' });
}

const field = (box: SectionBox, id: string): HTMLSelectElement => {
  const found = box.renderRoot.querySelector<HTMLSelectElement>(`#${id}`);
  if (!found) throw new Error(`there is no ${id}`);
  return found;
};

async function ask(box: SectionBox): Promise<void> {
  const assign = () => box.renderRoot.querySelector<HTMLButtonElement>('#assign');
  await eventually(() => assign()?.hasAttribute('aria-disabled') === false, 'it can be assigned');
  assign()?.click();
  await eventually(() => box.renderRoot.querySelector('#address-public') !== null, 'it asks');
}

describe('the addresses of an instance', () => {
  it('says where a public one leads, and that there is no room for another', async () => {
    const box = await showSection(await signedIn({ seed: 'demo' }), 'web-1', create);
    await says(box, 'leads to 10.0.0.13');
    const assign = () => box.renderRoot.querySelector('#assign');
    await eventually(() => assign()?.getAttribute('aria-disabled') === 'true', 'there is no room');
    expect(textOf(box)).to.contain('Each of its addresses has a public address already.');
    await expect(box).to.be.accessible();
  });

  it('leads a new one to the connection that was chosen, and shows the command', async () => {
    const story = await signedIn({ seed: 'demo' });
    await connectTwice(story);
    const box = await showSection(story, 'web-1', create);
    await ask(box);
    const inside = field(box, 'address-inside');
    const options = [...inside.options].map(({ label, disabled }) => [label.trim(), disabled]);
    expect(options).to.deep.equal([
      ['10.7.0.10 in lab', false],
      ['10.0.0.13 in auto_allocated_network (has 198.18.0.11)', true],
    ]);
    expect(textOf(box)).to.match(/openstack floating ip create --port=\S+ --fixed-ip-address=10\.7\.0\.10/);
    await expect(box).to.be.accessible();
    buttonOf(box, 'Assign').click();
    await eventually(
      () => [...regionOf(story).floatingIps.values()].some(({ fixedIp }) => fixedIp === '10.7.0.10'),
      'it leads there',
    );
    await eventually(() => box.renderRoot.querySelector('dialog[open]') === null, 'the form has closed');
  });

  it('uses one that the project has', async () => {
    const story = await signedIn({ seed: 'demo' });
    await connectTwice(story);
    const { current } = story.session;
    if (!current) throw new Error('nobody is signed in');
    const pool = [...regionOf(story).networks.values()].find(({ external }) => external);
    const client = current.client(NetworkClient);
    const free = await client.createFloatingIp({ networkId: pool?.id ?? '' });
    const before = regionOf(story).floatingIps.size;
    const box = await showSection(story, 'web-1', create);
    await ask(box);
    const options = [...field(box, 'address-public').options].map(({ label }) => label);
    expect(options).to.deep.equal([free.address, 'A new one']);
    expect(textOf(box)).to.contain('openstack floating ip set');
    buttonOf(box, 'Assign').click();
    await eventually(
      () => regionOf(story).floatingIps.get(free.id)?.fixedIp === '10.7.0.10',
      'it leads there',
    );
    expect(regionOf(story).floatingIps.size).to.equal(before);
  });

  it('keeps the form where the cloud refuses', async () => {
    const story = await signedIn({ seed: 'demo' });
    await connectTwice(story);
    story.cloud.fail({ method: 'POST', path: '/floatingips' }, { status: 409 });
    const box = await showSection(story, 'web-1', create);
    await ask(box);
    buttonOf(box, 'Assign').click();
    await eventually(() => box.renderRoot.querySelector('dialog [role=alert]') !== null, 'it says why');
    buttonOf(box, 'Cancel').click();
  });
});

describe('where a public address can lead to', () => {
  it('is IPv4 of any connection, those that have none first', () => {
    const card = { networkId: 'n', mac: '' };
    const floating = {
      id: 'f',
      address: '192.0.2.7',
      fixedAddress: '10.0.0.5',
      networkId: 'p',
      portId: 'a',
      status: 'ACTIVE',
      projectId: undefined,
      description: '',
    } as const;
    const found = insideOf(
      [
        { ...card, id: 'a', addresses: ['10.0.0.5', '2001:db8::5', '10.0.0.6'] },
        { ...card, id: 'b', addresses: ['10.1.0.5'] },
      ],
      [floating],
      () => 'net',
    );
    expect(found.map(({ address, taken }) => [address, taken])).to.deep.equal([
      ['10.0.0.6', undefined],
      ['10.1.0.5', undefined],
      ['10.0.0.5', '192.0.2.7'],
    ]);
  });
});
