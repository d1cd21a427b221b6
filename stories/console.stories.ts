import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import '../src/elements/exo-console.js';
import type { ConsoleType } from '../src/elements/console/console.state.js';
import type { Session } from '../src/session/session.js';
import { eventually, signedIn, signedOut, type StoryCloudOptions } from './cloud.js';
import { fakeSocket, serialConsole, unwelcome, vncConsole } from './console-server.js';

const meta: Meta = { title: 'Elements/exo-console', component: 'exo-console' };
export default meta;

type Story = StoryObj;

interface Shown {
  readonly session: Session;
  readonly id: string;
}

async function server(
  name: string | undefined,
  options: StoryCloudOptions = {},
  prepare: (cloud: Awaited<ReturnType<typeof signedIn>>['cloud']) => void = () => undefined,
): Promise<Shown> {
  const { session, cloud } = await signedIn({ seed: 'demo', ...options });
  const servers = cloud.state.regions.flatMap((region) => [...region.servers.values()]);
  const found = servers.find((each) =>
    name === undefined ? each.vmState === 'active' && each.host !== null : each.name === name,
  );
  prepare(cloud);
  return { session, id: found?.id ?? '' };
}

function story(
  load: () => Promise<Shown> | Shown,
  o: { type?: ConsoleType; talk?: Parameters<typeof fakeSocket>[0]; state?: string } = {},
): Story {
  return {
    loaders: [async () => ({ shown: await load() })],
    render: (_args, { loaded }): TemplateResult => {
      const { session, id } = loaded['shown'] as Shown;
      return html`<exo-console
        .openSocket=${fakeSocket(o.talk)}
        .session=${session}
        instance-id=${id}
        instance-name="web-1"
        type=${o.type ?? 'auto'}
      ></exo-console>`;
    },
    ...(o.state && {
      play: async ({ canvasElement }: { canvasElement: HTMLElement }) => {
        const element = canvasElement.querySelector('exo-console');
        await eventually(() => element?.matches(`:state(${o.state ?? ''})`) === true, o.state ?? '');
      },
    }),
  };
}

/** Drawn in the page. The machine is a simulated one that shows what is typed. */
export const Screen = story(() => server(undefined), { talk: vncConsole, state: 'open' });

/** The proxy does not let this page in: the cloud's own page, which is not there in a simulated one. */
export const ScreenInFrame = story(() => server(undefined), { type: 'vnc', talk: unwelcome, state: 'frame' });

/** SPICE is always shown by the cloud's own page. */
export const Spice = story(() => server(undefined, { consoles: ['spice'] }), { state: 'frame' });

export const ScreenConnecting = story(() => server(undefined), {
  type: 'vnc',
  talk: () => undefined,
  state: 'connecting',
});

/** The network went away. */
export const ScreenLost = story(() => server(undefined), {
  type: 'vnc',
  state: 'closed',
  talk: (far) => {
    vncConsole(far);
    setTimeout(() => {
      far.drops();
    }, 300);
  },
});

export const Serial = story(() => server(undefined), { type: 'serial', talk: serialConsole, state: 'open' });

/** The machine has closed its line. */
export const Closed = story(() => server(undefined), {
  type: 'serial',
  state: 'closed',
  talk: (far) => {
    serialConsole(far);
    setTimeout(() => {
      far.ends();
    }, 300);
  },
});

/** The proxy lets the cloud's own pages only. */
export const Refused = story(() => server(undefined), { type: 'serial', talk: unwelcome, state: 'refused' });

export const Connecting = story(() => server(undefined), {
  type: 'serial',
  talk: () => undefined,
  state: 'connecting',
});

export const NoneOffered = story(() => server(undefined, { consoles: [] }), { state: 'none' });

export const NotNow = story(
  () =>
    server(undefined, {}, (cloud) => {
      cloud.fail({ path: /remote-consoles/, times: Infinity }, { status: 409 });
    }),
  { state: 'not-now' },
);

export const Failed = story(
  () =>
    server(undefined, {}, (cloud) => {
      cloud.fail({ path: /remote-consoles/, times: Infinity }, { status: 503 });
    }),
  { state: 'failed' },
);

export const Asking = story(
  () =>
    server(undefined, {}, (cloud) => {
      cloud.fail({ path: /remote-consoles/, times: Infinity }, { latency: 1e9 });
    }),
  { state: 'asking' },
);

export const Empty = story(async () => ({ session: (await signedIn()).session, id: '' }), { state: 'empty' });

export const ServiceMissing = story(
  async () => ({ session: (await signedIn({ services: ['image'] })).session, id: 'x' }),
  { state: 'service-missing' },
);

export const NoSession = story(() => ({ session: signedOut().session, id: 'x' }), { state: 'no-session' });
