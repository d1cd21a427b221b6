import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import '../src/elements/exo-doctor.js';
import type { Session } from '../src/session/session.js';
import { eventually, signedIn, signedOut } from './cloud.js';

const meta: Meta = { title: 'Elements/exo-doctor', component: 'exo-doctor' };
export default meta;

type Story = StoryObj;

function story(load: () => Promise<Session> | Session, more: Partial<Story> = {}): Story {
  return {
    loaders: [async () => ({ session: await load() })],
    render: (_args, { loaded }): TemplateResult =>
      html`<exo-doctor .session=${loaded['session']}></exo-doctor>`,
    ...more,
  };
}

async function check({ canvasElement }: { canvasElement: HTMLElement }): Promise<void> {
  const doctor = canvasElement.querySelector('exo-doctor');
  await doctor?.check();
  await eventually(() => doctor?.matches(':state(running)') === false, 'it is done');
}

/** Nothing was asked yet. */
export const Idle = story(async () => (await signedIn()).session);

/** A cloud whose services all let browsers in. */
export const Ready = story(async () => (await signedIn()).session, { play: check });

/** A service that is down, one whose gateway answers with a web page. */
export const Failed = story(
  async () => {
    const { cloud, session } = await signedIn();
    cloud.fail({ path: '/v2.1/', times: Infinity }, { drop: true });
    cloud.fail({ path: '/image', times: Infinity }, { html: true });
    return session;
  },
  { play: check },
);

/** Before anybody has signed in. */
export const SignedOut = story(() => signedOut().session, { play: check });

/** The cloud answers, and browsers keep back what signs people in. */
export const NobodySignsIn = story(
  () => {
    const { cloud, session } = signedOut();
    cloud.fail({ method: 'POST', path: '/auth/tokens', times: Infinity }, { drop: true });
    return session;
  },
  { play: check },
);

/** No cloud at this address. */
export const NoCloud = story(() => signedOut({ settings: { authUrl: 'https://nobody.example' } }).session, {
  play: check,
});

export const NoSession: Story = { render: () => html`<exo-doctor session="somewhere-else"></exo-doctor>` };
