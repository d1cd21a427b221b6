import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import '../src/elements/exo-api-log.js';
import { ComputeClient } from '../src/openstack/compute.js';
import type { Session } from '../src/session/session.js';
import { eventually, signedIn, signedOut } from './cloud.js';

const meta: Meta = { title: 'Elements/exo-api-log', component: 'exo-api-log' };
export default meta;

type Story = StoryObj;

function story(load: () => Promise<Session> | Session, more: Partial<Story> = {}): Story {
  return {
    loaders: [async () => ({ session: await load() })],
    render: (_args, { loaded }): TemplateResult =>
      html`<exo-api-log .session=${loaded['session']}></exo-api-log>`,
    ...more,
  };
}

/** Somebody who has signed in and asked for a few things, one of which is not there. */
async function busy(): Promise<Session> {
  const { session } = await signedIn({ seed: 'demo' });
  const compute = session.current?.client(ComputeClient);
  await compute?.limits();
  await compute?.server('00000000-0000-0000-0000-000000000000').catch(() => undefined);
  return session;
}

export const Ready = story(busy);

/** A request that did not do what it was sent for, in full. */
export const Details = story(busy, {
  play: async ({ canvasElement }) => {
    const log = canvasElement.querySelector('exo-api-log');
    await eventually(() => log?.shadowRoot?.querySelector('.open') != null, 'there are requests');
    log?.shadowRoot?.querySelector<HTMLElement>('[data-failed] .open')?.click();
    await eventually(() => log?.shadowRoot?.querySelector('pre') != null, 'the details are open');
  },
});

/** New requests wait. */
export const Paused = story(busy, {
  play: async ({ canvasElement }) => {
    const log = canvasElement.querySelector('exo-api-log');
    const button = [...(log?.shadowRoot?.querySelectorAll('button') ?? [])].find((each) =>
      each.textContent.includes('Pause'),
    );
    button?.click();
    await eventually(() => log?.matches(':state(paused)') === true, 'it is paused');
  },
});

export const Empty = story(() => signedOut().session);

export const NoSession: Story = { render: () => html`<exo-api-log session="somewhere-else"></exo-api-log>` };
