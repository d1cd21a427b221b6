import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, nothing, type TemplateResult } from 'lit';
import '../src/elements/exo-quick-launch.js';
import type { ExoQuickLaunch } from '../src/elements/quick-launch/quick-launch.js';
import { PSEUDO_LOCALE } from '../src/i18n/pseudo.js';
import { networksOf } from '../src/session/collections.js';
import { eventually, signedIn, signedOut, signIn, type StoryCloud } from './cloud.js';

const meta: Meta = { title: 'Elements/exo-quick-launch', component: 'exo-quick-launch' };
export default meta;

interface Recipe {
  readonly image?: string;
  readonly size?: string;
}

const RECIPE: Recipe = { image: 'Featured-Ubuntu24', size: 'm3.small' };

const element = ({ session }: StoryCloud, { image, size }: Recipe): TemplateResult =>
  html`<exo-quick-launch
    .session=${session}
    image=${image ?? nothing}
    size=${size ?? nothing}
    heading="A notebook server"
    label="Launch"
    ><p>Made for the course “Data and lakes”. Questions: the office hours on Tuesday.</p></exo-quick-launch
  >`;

/** One cloud of its own for each story. */
function story(
  load: () => Promise<StoryCloud> | StoryCloud,
  play?: (button: ExoQuickLaunch, story: StoryCloud) => Promise<void>,
  recipe: Recipe = RECIPE,
): StoryObj {
  let made: StoryCloud | undefined;
  return {
    loaders: [
      async () => {
        made = await load();
        return { story: made };
      },
    ],
    render: () => (made ? element(made, recipe) : html``),
    play: async ({ canvasElement }) => {
      const button = canvasElement.querySelector('exo-quick-launch');
      if (!button || !made) throw new Error('the story shows no button');
      await button.updateComplete;
      await play?.(button, made);
    },
  };
}

const state = (name: string) => (button: ExoQuickLaunch) =>
  eventually(() => button.matches(`:state(${name})`), `it is ${name}`, 30_000);

async function launch(button: ExoQuickLaunch, end: string): Promise<void> {
  await state('ready')(button);
  button.renderRoot.querySelector<HTMLElement>('#launch')?.click();
  await state(end)(button);
}

const lively = (options: Parameters<typeof signedIn>[0] = {}) => signedIn({ seed: 'demo', ...options });

/** A name, a button, and what will exist. */
export const Ready = story(lively, state('ready'));

/** Nobody is signed in on this page. */
export const NoSession = story(() => signedOut(), state('no-session'));

/** Signed in, and a project is still to be chosen. */
export const Choosing = story(async () => {
  const made = signedOut({ seed: 'demo' });
  await signIn(made, 'demo', 'none of them');
  return made;
}, state('no-session'));

/** What is launched here is still being looked up. */
export const Loading = story(async () => {
  const made = await lively();
  made.cloud.fail(
    { path: /flavors|images|networks|keypairs|limits/, times: Infinity },
    { latency: 3_600_000 },
  );
  return made;
}, state('loading'));

/** This cloud has no such image. */
export const Missing = story(lively, state('empty'), { image: 'Course-2031', size: 'm3.small' });

/** The images could not be loaded. */
export const Failed = story(async () => {
  const made = await lively();
  made.cloud.fail({ path: /images/, times: Infinity }, { status: 503 });
  return made;
}, state('failed'));

/** Somebody who may only look. */
export const Reader = story(() => signedIn({ seed: 'demo', user: 'reader' }), state('forbidden'));

/** A cloud without a compute service. */
export const ServiceMissing = story(
  () => signedIn({ seed: 'demo', services: ['identity', 'image', 'network'] }),
  state('service-missing'),
);

/** The sign-in has run out; the name is kept. */
export const Expired = story(lively, async (button, { cloud, session }) => {
  await state('ready')(button);
  cloud.revokeTokens();
  if (session.current) void networksOf(session.current).refresh();
  await state('expired')(button);
});

/** The project has no room for it. */
export const Full = story(async () => {
  const made = await lively();
  const id = made.session.current?.project.id ?? '';
  const region = made.cloud.state.regions[0];
  const now = region?.computeQuotas.get(id);
  if (now) region?.computeQuotas.set(id, { ...now, cores: 1 });
  return made;
}, state('blocked'));

/** It is being made. */
export const Launching = story(
  () => lively({ buildSeconds: 3600 }),
  (button) => launch(button, 'launching'),
);

/** It runs, and tells how to connect. */
export const Launched = story(
  () => lively({ buildSeconds: 0 }),
  (button) => launch(button, 'launched'),
);

/** The launch failed: carry on, delete what was made, or keep it. */
export const LaunchFailed = story(
  async () => {
    const made = await lively();
    made.cloud.fail({ method: 'POST', path: /\/servers$/, times: Infinity }, { status: 400 });
    return made;
  },
  (button) => launch(button, 'launch-failed'),
);

/** Every text is marked by the pseudo locale. */
export const PseudoLocale = story(() => lively({ settings: { locale: PSEUDO_LOCALE } }), state('ready'));
