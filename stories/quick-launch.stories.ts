import type { Meta } from '@storybook/web-components-vite';
import { html, nothing } from 'lit';
import type { ExoQuickLaunch } from '../src/elements/quick-launch/quick-launch.js';
import { PSEUDO_LOCALE } from '../src/i18n/pseudo.js';
import { eventually, signedIn, signedOut } from './cloud.js';
import { leaveHalf } from './half-launch.js';
import {
  choosing,
  isIn,
  launchStories,
  lively,
  onItsWay,
  runOut,
  setQuota,
  type Render,
} from './launches.js';

const meta: Meta = { title: 'Elements/exo-quick-launch', component: 'exo-quick-launch' };
export default meta;

interface Recipe {
  readonly type?: string;
  readonly image?: string;
  readonly size?: string;
}

const of =
  ({ type, image, size }: Recipe): Render =>
  ({ session }) =>
    html`<exo-quick-launch
      .session=${session}
      type=${type ?? nothing}
      image=${image ?? nothing}
      size=${size ?? nothing}
      heading=${type === undefined ? 'A notebook server' : nothing}
      label="Launch"
      ><p>Made for the course “Data and lakes”. Questions: the office hours on Tuesday.</p></exo-quick-launch
    >`;

const story = launchStories('exo-quick-launch', of({ image: 'Featured-Ubuntu24', size: 'm3.small' }));

const state = (name: string) => (button: ExoQuickLaunch) => isIn(button, name);

async function launch(button: ExoQuickLaunch, end: string): Promise<void> {
  await state('ready')(button);
  button.renderRoot.querySelector<HTMLElement>('#launch')?.click();
  await state(end)(button);
}

/** A name, a button, and what will exist. */
export const Ready = story(lively, state('ready'));

/** Nobody is signed in on this page. */
export const NoSession = story(() => signedOut(), state('no-session'));

/** Signed in, and a project is still to be chosen. */
export const Choosing = story(choosing, state('no-session'));

/** What is launched here is still being looked up. */
export const Loading = story(onItsWay, state('loading'));

/** This cloud has no such image. */
export const Missing = story(lively, state('empty'), of({ image: 'Course-2031', size: 'm3.small' }));

/** The image is misspelt: a sentence for the person, and one for those who run the page. */
export const Misspelt = story(
  lively,
  async (button) => {
    await state('empty')(button);
    await eventually(() => button.renderRoot.querySelector('.owner') !== null, 'there is more');
    button.renderRoot.querySelector('details')?.setAttribute('open', '');
  },
  of({ image: 'Featured-Ubunto24', size: 'm3.small' }),
);

const TYPES = [
  {
    name: 'Notebooks',
    description: 'Jupyter in the browser, with the data of the course.',
    versions: [{ name: 'now', image: { name: 'Featured-Debian*' }, sizes: ['m3.quad'] }],
  },
];

/** One of the types of the configuration, with its name and what it is. */
export const Type = story(
  () => lively({ settings: { launch: { types: TYPES } } }),
  state('ready'),
  of({ type: 'Notebooks' }),
);

/** A launch of this stopped half-way, here or elsewhere. */
export const Unfinished = story(
  async () => {
    localStorage.removeItem('exo.launches.kept');
    const made = await lively();
    const images = [...(made.cloud.state.regions[0]?.images.values() ?? [])];
    const image = images.find(({ name }) => name === 'Featured-Ubuntu24');
    await leaveHalf(made, 'lake-7', { imageId: image?.id ?? '' });
    return made;
  },
  async (button) => {
    await state('ready')(button);
    button.dispatchEvent(new PointerEvent('pointerdown'));
    await eventually(() => button.renderRoot.querySelector('.unfinished') !== null, 'it is found');
  },
);

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
export const Expired = story(lively, async (button, made) => {
  await state('ready')(button);
  await runOut(button, made);
});

/** The project has no room for it. */
export const Full = story(async () => {
  const made = await lively();
  setQuota(made, { cores: 1 });
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
