import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import '../src/elements/exo-project-picker.js';
import type { Session } from '../src/session/session.js';
import type { UserOption } from '../src/simulator/index.js';
import { alsoSignIn, eventually, signedIn, signedInTwice, signedOut, signIn, twoClouds } from './cloud.js';

const meta: Meta = { title: 'Elements/exo-project-picker', component: 'exo-project-picker' };
export default meta;

type Story = StoryObj;

function story(load: () => Promise<Session> | Session, more: Partial<Story> = {}): Story {
  return {
    loaders: [async () => ({ session: await load() })],
    render: (_args, { loaded }): TemplateResult =>
      html`<exo-project-picker inline .session=${loaded['session']}></exo-project-picker>`,
    ...more,
  };
}

function compact(load: () => Promise<Session> | Session, more: Partial<Story> = {}): Story {
  return story(load, {
    render: (_args, { loaded }): TemplateResult =>
      html`<exo-project-picker .session=${loaded['session']}></exo-project-picker>`,
    ...more,
  });
}

/** Two clouds, two projects side by side. */
export const Ready = story(async () => {
  const { session } = await signedInTwice();
  return session;
});

/** As it stands in the head of a page. */
export const Button = compact(async () => (await signedInTwice()).session);

/** What the button opens. */
export const Dialog = compact(async () => (await signedInTwice()).session, {
  play: async ({ canvasElement }) => {
    const picker = canvasElement.querySelector('exo-project-picker');
    await picker?.updateComplete;
    picker?.show();
  },
});

/** Two accounts at one cloud. */
export const TwoAccounts = story(async () => {
  const { cloud, session } = await signedIn();
  await alsoSignIn(session, cloud.authUrl, 'reader');
  return session;
});

/** Regions are chosen as projects are. */
export const SeveralRegions = story(
  async () => (await signedIn({ regions: ['North', 'South', 'Harbour'] })).session,
);

/** Somebody with a project too many. */
export const Hundreds = story(async () => {
  const names = Array.from({ length: 300 }, (_, at) => `course-${String(at + 1).padStart(3, '0')}`);
  const busy: UserOption = {
    name: 'busy',
    password: 'busy-password',
    roles: Object.fromEntries(names.map((name) => [name, ['member']])),
  };
  const made = signedOut({ users: [busy] });
  await signIn(made, 'busy', 'course-042');
  return made.session;
});

export const NothingFound = story(async () => (await signedIn()).session, {
  play: async ({ canvasElement }) => {
    const picker = canvasElement.querySelector('exo-project-picker');
    if (picker) picker.query = 'glacier';
    await picker?.updateComplete;
  },
});

/** One account has run out, the other goes on. */
export const OneEnded = story(async () => {
  const { session, hillside, lakeside } = await signedInTwice();
  const there = session.connections.find(({ authUrl }) => authUrl === hillside.authUrl);
  const here = session.connections.find(({ authUrl }) => authUrl === lakeside.authUrl);
  hillside.revokeTokens();
  if (there) {
    session.use(there);
    const { computeProbe } = await import('../test/elements/login/compute-probe.js');
    computeProbe(session).catch(() => undefined);
    await eventually(() => there.ended, 'the end was noticed');
  }
  if (here) session.use(here);
  return session;
});

export const Choosing = story(async () => {
  const made = signedOut();
  await signIn(made, 'demo', 'none of them');
  return made.session;
});

/** One project on one cloud: it shows nothing. */
export const Single = story(async () => (await signedIn({ user: 'solo' })).session);

export const SignedOut = story(() => twoClouds().session);

export const Loading = story(() => {
  const { cloud, session } = signedOut();
  cloud.fail({ path: '/auth/tokens', times: Infinity }, { latency: 3_600_000 });
  void signIn({ cloud, session });
  return session;
});

/** A project that could not be opened. */
export const Failed = story(
  async () => {
    const { cloud, session } = await signedIn();
    cloud.fail({ method: 'POST', path: '/auth/tokens', times: Infinity }, { status: 403 });
    return session;
  },
  {
    play: async ({ canvasElement }) => {
      const picker = canvasElement.querySelector('exo-project-picker');
      await picker?.updateComplete;
      const go = picker?.renderRoot.querySelector<HTMLElement>('.go:not([aria-current], [aria-disabled])');
      if (!picker || !go) throw new Error('the story shows no other project');
      go.click();
      await eventually(() => picker.matches(':state(failed)'), 'it failed');
    },
  },
);

export const NoSession: Story = {
  render: () => html`<exo-project-picker session="somewhere-else"></exo-project-picker>`,
};
