import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import '../src/elements/exo-session-status.js';
import type { Session } from '../src/session/session.js';
import { eventually, signedIn, signedInTwice, signedOut, signIn } from './cloud.js';

const meta: Meta = { title: 'Elements/exo-session-status', component: 'exo-session-status' };
export default meta;

type Story = StoryObj;

function story(load: () => Promise<Session> | Session, more: Partial<Story> = {}): Story {
  return {
    loaders: [async () => ({ session: await load() })],
    render: (_args, { loaded }): TemplateResult =>
      html`<exo-session-status .session=${loaded['session']}></exo-session-status>`,
    ...more,
  };
}

export const Ready = story(async () => (await signedIn()).session);

/** One project, one region: nothing to choose. */
export const OneProject = story(async () => (await signedIn({ user: 'solo' })).session);

export const SeveralRegions = story(async () => (await signedIn({ regions: ['North', 'South'] })).session);

/** Somebody who may look but not act. */
export const Reader = story(async () => (await signedIn({ user: 'reader' })).session);

/** The sign-in ends soon. */
export const Expiring = story(async () => (await signedIn({ tokenSeconds: 400 })).session);

export const Expired = story(async () => {
  const { cloud, session } = await signedIn();
  cloud.revokeTokens();
  const { computeProbe } = await import('../test/elements/login/compute-probe.js');
  computeProbe(session).catch(() => undefined);
  await eventually(() => session.state.status === 'expired', 'the end was noticed');
  return session;
});

export const Choosing = story(async () => {
  const made = signedOut();
  await signIn(made, 'demo', 'none of them');
  return made.session;
});

export const SignedOut = story(() => signedOut().session);

/** Being restored after a reload. */
export const Loading = story(() => {
  const { cloud, session } = signedOut();
  cloud.fail({ path: '/auth/tokens', times: Infinity }, { latency: 3_600_000 });
  void signIn({ cloud, session });
  return session;
});

/** Another project could not be opened. */
export const Failed = story(
  async () => {
    const { cloud, session } = await signedIn();
    cloud.fail({ method: 'POST', path: '/auth/tokens', times: Infinity }, { status: 403 });
    return session;
  },
  {
    play: async ({ canvasElement }) => {
      const element = canvasElement.querySelector('exo-session-status');
      const select = element?.renderRoot.querySelector('select');
      if (!element || !select) throw new Error('the story shows no choice of project');
      select.value =
        [...select.options].find((option) => option.textContent.trim() === 'research')?.value ?? '';
      select.dispatchEvent(new Event('change'));
      await eventually(() => element.matches(':state(failed)'), 'it failed');
    },
  },
);

export const NoSession: Story = {
  render: () => html`<exo-session-status session="somewhere-else"></exo-session-status>`,
};

/** A user and a project with long names. */
export const LongNames = story(async () => {
  const user = 'maximiliane.von-und-zu-hohenstein@hydrology.lakeside.example';
  const project = 'Sediment transport in subalpine lakes under a changing climate';
  const made = signedOut({
    users: [
      { name: user, password: `${user}-password`, roles: { [project]: ['member'], other: ['member'] } },
    ],
  });
  await signIn(made, user, project);
  return made.session;
});

/** Two clouds; the dialog shows both. */
export const TwoClouds = story(async () => (await signedInTwice()).session, {
  play: async ({ canvasElement }) => {
    const element = canvasElement.querySelector('exo-session-status');
    await element?.updateComplete;
    element?.showDetails();
  },
});

/** Beside the cloud in use, the sign-in at another one has run out. */
export const OtherExpired = story(async () => {
  const { session, hillside } = await signedInTwice();
  const [here, there] = session.connections;
  hillside.revokeTokens();
  if (here && there) {
    session.use(there);
    const { computeProbe } = await import('../test/elements/login/compute-probe.js');
    computeProbe(session).catch(() => undefined);
    await eventually(() => there.ended, 'the end was noticed');
    session.use(here);
  }
  return session;
});
