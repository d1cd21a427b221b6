import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import '../src/elements/exo-instance.js';
import type { ExoInstance } from '../src/elements/instance/instance.js';
import type { ServerRecord } from '../src/simulator/model.js';
import { eventually, signedIn, type StoryCloud, type StoryUser } from './cloud.js';

const meta: Meta = { title: 'Elements/exo-instance/Prepared by itself', component: 'exo-instance' };
export default meta;

type Story = StoryObj;

const PROXY = 'apps.lakeside.example';
const MINUTE = 60_000;

interface Look {
  readonly section?: string;
  readonly user?: StoryUser;
  readonly prepare?: (server: ServerRecord, now: number) => void;
  /** What is waited for, in the text of the element. */
  readonly until: string;
  readonly then?: (element: ExoInstance) => Promise<void>;
}

function look(o: Look): Story {
  let made: { story: StoryCloud; id: string } | undefined;
  return {
    loaders: [
      async () => {
        const settings = { userAppProxy: [{ hostname: PROXY }] };
        const story = await signedIn({ prepared: true, userAppProxy: PROXY, settings, ...o.user });
        const server = [...(story.cloud.state.regions[0]?.servers.values() ?? [])][0];
        if (!server) throw new Error('there is no server');
        o.prepare?.(server, story.cloud.state.now());
        made = { story, id: server.id };
        return {};
      },
    ],
    render: (): TemplateResult =>
      html`<exo-instance
        .session=${made?.story.session}
        instance-id=${made?.id ?? ''}
        section=${o.section ?? 'overview'}
      ></exo-instance>`,
    play: async ({ canvasElement }) => {
      const element = canvasElement.querySelector('exo-instance');
      if (!element) throw new Error('the story shows no instance');
      await says(element, o.until);
      await o.then?.(element);
      await element.updateComplete;
    },
  };
}

const says = (element: ExoInstance, text: string): Promise<void> =>
  eventually(() => element.renderRoot.textContent.replace(/\s+/g, ' ').includes(text), `it says ${text}`);

async function press(element: ExoInstance, id: string): Promise<void> {
  const find = () => element.renderRoot.querySelector<HTMLElement>(`#${id}`);
  await eventually(() => find()?.getAttribute('aria-disabled') === null, `${id} can be pressed`);
  find()?.click();
}

const said = (status: string) => (server: ServerRecord, now: number) => {
  Object.assign(server, { created: now - 6 * MINUTE });
  server.console = [`{"status":"${status}","epoch":${now - 2 * MINUTE}}`];
};

/** Its setup is over. */
export const Complete = look({ until: 'Complete' });

/** It has not begun. */
export const Waiting = look({
  prepare: (server, now) => {
    Object.assign(server, { created: now - MINUTE });
    server.console = ['login: '];
  },
  until: 'It is waiting to be set up',
});

/** It is under way. */
export const Running = look({ prepare: said('running'), until: 'It is being set up' });

/** It has failed. */
export const Failed = look({ prepare: said('error'), until: 'Its set-up has failed' });

/** No end was seen for long. */
export const TakesTooLong = look({
  prepare: (server) => (server.console = ['login: ']),
  until: 'takes much longer than usual',
});

/** Somebody who may not read the log. */
export const NotKnown = look({ user: { user: 'reader' }, until: 'Its log cannot be read just now' });

/** What opens in the browser. */
export const Connect = look({ section: 'connect', until: 'Web desktop' });

/** The passphrase, after the click that shows it. */
export const PassphraseShown = look({
  section: 'connect',
  until: 'Passphrase',
  then: async (element) => {
    await press(element, 'passphrase-show');
    await says(element, 'Hide the passphrase');
  },
});

/** There is none yet. */
export const NoPassphrase = look({
  section: 'connect',
  prepare: (server, now) => {
    said('starting')(server, now);
    server.guestPassword = undefined;
  },
  until: 'It is still being set up',
  then: async (element) => {
    await press(element, 'passphrase-show');
    await says(element, 'None was left by it yet');
  },
});

/** It was launched without a desktop. */
export const ShellOnly = look({
  section: 'connect',
  prepare: (server) => (server.metadata['exoGuac'] = '{"v":1,"ssh":true,"vnc":false}'),
  until: 'Web shell',
});

/** A volume that it mounts by its name. */
export const Mounted = look({ section: 'volumes', until: 'mounted at /media/volume/Scans-2024' });
