import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import '../src/elements/exo-credentials.js';
import { ApplicationCredentialClient } from '../src/openstack/application-credentials.js';
import { Secret } from '../src/openstack/secret.js';
import type { Session } from '../src/session/session.js';
import { eventually, signedIn, signedOut } from './cloud.js';

const meta: Meta = { title: 'Elements/exo-credentials', component: 'exo-credentials' };
export default meta;

type Story = StoryObj;

function story(load: () => Promise<Session> | Session, more: Partial<Story> = {}): Story {
  return {
    loaders: [async () => ({ session: await load() })],
    render: (_args, { loaded }): TemplateResult =>
      html`<exo-credentials .session=${loaded['session']}></exo-credentials>`,
    ...more,
  };
}

async function some(): Promise<Session> {
  const { session } = await signedIn();
  const { current } = session;
  const client = current?.client(ApplicationCredentialClient);
  const user = current?.user.id ?? '';
  const soon = new Date(Date.now() + 3 * 86_400_000);
  await client?.create(user, { name: 'nightly-backup', description: 'Cron on build-7', expiresAt: soon });
  await client?.create(user, { name: 'exo-widgets portal.example 2026-01-01T00:00:00Z', expiresAt: soon });
  await client?.create(user, {
    name: 'dashboard',
    accessRules: [{ service: 'compute', method: 'GET', path: '/**' }],
  });
  return session;
}

export const Ready = story(some);

export const Empty = story(async () => (await signedIn()).session);

function press(canvas: HTMLElement, name: string): void {
  const root = canvas.querySelector('exo-credentials')?.shadowRoot;
  [...(root?.querySelectorAll('button') ?? [])].find((each) => each.textContent.trim() === name)?.click();
}

async function shows(canvas: HTMLElement, selector: string): Promise<void> {
  const element = canvas.querySelector('exo-credentials');
  await eventually(() => element?.shadowRoot?.querySelector(selector) != null, `${selector} is there`);
}

/** The form, all of it. */
export const Form = story(some, {
  play: async ({ canvasElement }) => {
    press(canvasElement, 'Make a credential');
    await shows(canvasElement, 'details');
    canvasElement
      .querySelector('exo-credentials')
      ?.shadowRoot?.querySelector('details')
      ?.toggleAttribute('open');
  },
});

/** The secret is shown once. */
export const Made = story(async () => (await signedIn()).session, {
  play: async ({ canvasElement }) => {
    press(canvasElement, 'Make a credential');
    await shows(canvasElement, 'form');
    press(canvasElement, 'Make credential');
    await shows(canvasElement, '.made');
  },
});

/** Somebody who came with a credential may make no other. */
export const WithCredential = story(async () => {
  const { session } = await signedIn();
  const { current } = session;
  const made = await current?.client(ApplicationCredentialClient).create(current.user.id, { name: 'x' });
  const secret = made?.secret ?? new Secret('');
  await session.signIn({ method: 'application_credential', id: made?.id ?? '', secret });
  return session;
});

export const Failed = story(async () => {
  const { cloud, session } = await signedIn();
  cloud.fail({ path: '/application_credentials', times: Infinity }, { status: 503 });
  return session;
});

export const Forbidden = story(async () => {
  const { cloud, session } = await signedIn();
  cloud.fail({ path: '/application_credentials', times: Infinity }, { status: 403 });
  return session;
});

export const NoSession = story(() => signedOut().session);
