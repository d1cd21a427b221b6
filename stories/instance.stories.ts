import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import '../src/elements/exo-instance.js';
import type { ExoInstance } from '../src/elements/instance/instance.js';
import { PSEUDO_LOCALE } from '../src/i18n/pseudo.js';
import type { ServerRecord } from '../src/simulator/model.js';
import { createNetwork, createPort, createSubnet } from '../src/simulator/network-state.js';
import { eventually, signedIn, signedOut, type StoryCloud } from './cloud.js';

const meta: Meta = { title: 'Elements/exo-instance', component: 'exo-instance' };
export default meta;

type Story = StoryObj;

interface Open {
  readonly story: StoryCloud;
  readonly id: string;
}

const servers = ({ cloud }: StoryCloud): ServerRecord[] =>
  cloud.state.regions.flatMap((region) => [...region.servers.values()]);

function server(story: StoryCloud, name: string): ServerRecord {
  const found = servers(story).find((each) => each.name === name);
  if (!found) throw new Error(`there is no ${name}`);
  return found;
}

async function named(name: string, change?: (server: ServerRecord) => void): Promise<Open> {
  const story = await signedIn({ seed: 'demo' });
  const found = server(story, name);
  change?.(found);
  return { story, id: found.id };
}

function story(
  load: () => Promise<Open> | Open,
  o: {
    readonly section?: string;
    readonly locale?: string;
    readonly play?: (element: ExoInstance, open: Open) => Promise<void>;
  } = {},
): Story {
  let open: Open | undefined;
  return {
    loaders: [
      async () => {
        open = await load();
        return {};
      },
    ],
    render: (): TemplateResult =>
      html`<exo-instance
        closable
        .session=${open?.story.session}
        instance-id=${open?.id ?? ''}
        section=${o.section ?? 'overview'}
      ></exo-instance>`,
    play: async ({ canvasElement }) => {
      const element = canvasElement.querySelector('exo-instance');
      if (!element || !open) throw new Error('the story shows no instance');
      await element.updateComplete;
      if (o.play) await o.play(element, open);
      else
        await eventually(
          () => element.matches(':state(ready)') && !element.renderRoot.querySelector('.skeleton-rows'),
          'it is shown',
        );
    },
  };
}

const state = (name: string) => (element: ExoInstance) =>
  eventually(() => element.matches(`:state(${name})`), `it is ${name}`);

export const Overview = story(() => named('web-1'));
export const Connect = story(() => named('web-1'), { section: 'connect' });
/** Stopped: it has to be started before anybody gets in. */
export const ConnectStopped = story(() => named('teaching-notebooks'), { section: 'connect' });
/** Could not be built. */
export const Fault = story(() => named('gpu-training'));
export const Addresses = story(() => named('web-1'), { section: 'addresses' });
export const Volumes = story(() => named('web-1'), { section: 'volumes' });
export const Firewall = story(() => named('web-1'), { section: 'security' });
/** In a second network as well, which another pool of public addresses serves. */
async function inTwoNetworks(): Promise<Open> {
  const open = await named('web-1');
  const { state: cloud } = open.story.cloud;
  const region = cloud.regions[0];
  const web = server(open.story, 'web-1');
  if (!region) throw new Error('the cloud has no region');
  const lab = createNetwork(cloud, region, { name: 'lab-instruments', projectId: web.projectId });
  const subnet = createSubnet(cloud, region, lab, { name: 'lab', cidr: '10.7.0.0/24' });
  for (const router of region.routers.values()) router.subnetIds.push(subnet.id);
  createPort(cloud, region, {
    networkId: lab.id,
    projectId: web.projectId,
    deviceId: web.id,
    deviceOwner: 'compute:nova',
    byNova: true,
  });
  return open;
}

/** Several connections: which of them a public address leads to is chosen. */
export const ChooseAddress = story(inTwoNetworks, {
  section: 'addresses',
  play: async (element) => {
    const assign = () => element.renderRoot.querySelector<HTMLElement>('#assign');
    await eventually(() => assign()?.getAttribute('aria-disabled') === null, 'it can be assigned');
    assign()?.click();
    await eventually(() => element.renderRoot.querySelector('#address-inside') !== null, 'it asks');
  },
});

/** Each connection has groups of its own. */
export const FirewallByConnection = story(inTwoNetworks, {
  section: 'security',
  play: (element) =>
    eventually(
      () => element.renderRoot.textContent.includes('lab-instruments'),
      'both connections are shown',
    ),
});

export const Networks = story(() => named('web-1'), { section: 'interfaces' });

export const Loading = story(
  async () => {
    const open = await named('web-1');
    open.story.cloud.fail({ path: '/servers/', times: Infinity }, { latency: 3_600_000 });
    return open;
  },
  { play: state('loading') },
);

export const NoSession = story(() => ({ story: signedOut(), id: 'any' }), { play: state('no-session') });

export const NoneChosen = story(async () => ({ story: await signedIn(), id: '' }), { play: state('empty') });

export const NotFound = story(
  async () => ({ story: await signedIn(), id: '00000000-0000-0000-0000-00000000dead' }),
  { play: state('not-found') },
);

export const Failed = story(
  async () => {
    const open = await named('web-1');
    open.story.cloud.fail({ path: '/servers/', times: Infinity }, { status: 500 });
    return open;
  },
  { play: (element) => eventually(() => element.matches(':state(failed)'), 'it has failed') },
);

export const Forbidden = story(
  async () => {
    const open = await named('web-1');
    open.story.cloud.fail({ path: '/servers/', times: Infinity }, { status: 403 });
    return open;
  },
  { play: state('forbidden') },
);

export const ServiceMissing = story(
  async () => ({ story: await signedIn({ services: ['identity', 'image'] }), id: 'any' }),
  { play: state('service-missing') },
);

/** It was there, and was deleted elsewhere. */
export const Gone = story(() => named('web-1'), {
  play: async (element, { story: made, id }) => {
    await state('ready')(element);
    for (const region of made.cloud.state.regions) region.servers.delete(id);
    await element.refresh();
    await state('gone')(element);
  },
});

export const Stale = story(() => named('web-1'), {
  play: async (element, { story: made }) => {
    await state('ready')(element);
    const { current } = made.session;
    made.cloud.fail({ path: '/servers/detail', times: Infinity }, { status: 503 });
    const { serversOf } = await import('../src/session/collections.js');
    if (current) await serversOf(current).refresh();
    await state('stale')(element);
  },
});

/** Names in any script, of any length; a fault with markup in it; more tags than anybody reads. */
export const Extreme = story(() =>
  named('web-1', (each) => {
    each.name = 'שלום-世界-'.repeat(25).slice(0, 255);
    each.description = '<b>not bold</b> '.repeat(15).slice(0, 255);
    each.tags = Array.from({ length: 1000 }, (_, at) => `tag-${at}`);
    each.metadata = Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`key-${at}`, 'x'.repeat(200)]));
    each.locked = true;
    each.lockedReason = 'Do not touch: the exam runs until Friday.';
  }),
);

/** Its size was changed: the decision is called for, whatever part is looked at. */
export const SizeToConfirm = story(
  () =>
    named('web-1', (each) => {
      each.vmState = 'resized';
    }),
  { section: 'addresses' },
);

/** Deleted, and still there to be brought back. */
export const SoftDeleted = story(() =>
  named('web-1', (each) => {
    each.vmState = 'soft-delete';
    each.powerState = 4;
  }),
);

/** `web-1` as a cloud tells of it that says other things than the simulator does. */
async function told(row: object): Promise<Open> {
  const open = await named('web-1');
  const { cloud } = open.story;
  const body = { id: open.id, links: [], ...row };
  cloud.fail(
    { method: 'GET', path: '/servers/detail', times: Infinity },
    { status: 200, body: { servers: [body] } },
  );
  cloud.fail(
    { method: 'GET', path: `/servers/${open.id}`, times: Infinity },
    { status: 200, body: { server: body } },
  );
  return open;
}

/** A cloud that is newer than the kit: words that nobody knows, a size that was deleted since, no image. */
export const StatusNobodyKnows = story(() =>
  told({
    name: 'from-the-future',
    status: 'QUIESCED',
    'OS-EXT-STS:task_state': 'warming-up',
    'OS-EXT-STS:vm_state': 'quiesced',
    'OS-EXT-STS:power_state': 42,
    flavor: { id: 'gone-long-ago' },
    image: null,
    addresses: {},
    metadata: {},
    created: '2030-01-01T00:00:00Z',
    updated: '2030-01-01T00:00:00Z',
  }),
);

/** A part of the cloud is down: the little that it still tells, from microversion 2.69 on. */
export const PartOfTheCloudDown = story(() =>
  told({ status: 'UNKNOWN', tenant_id: 'demo', created: '2026-03-01T10:00:00Z' }),
);

export const PseudoLocale = story(async () => {
  const made = await signedIn({ seed: 'demo', settings: { locale: PSEUDO_LOCALE } });
  return { story: made, id: server(made, 'web-1').id };
});
