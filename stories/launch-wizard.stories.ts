import type { Meta } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { ExoLaunchWizard } from '../src/elements/launch-wizard/launch-wizard.js';
import { PSEUDO_LOCALE } from '../src/i18n/pseudo.js';
import { serversOf } from '../src/session/collections.js';
import { eventually, signedIn, signedOut, type StoryCloud } from './cloud.js';
import { leaveHalf } from './half-launch.js';
import {
  choosing,
  closedIn,
  EXOSPHERE,
  isIn,
  launchStories,
  lively,
  onItsWay,
  runOut,
  setQuota,
} from './launches.js';

const meta: Meta = { title: 'Elements/exo-launch-wizard', component: 'exo-launch-wizard' };
export default meta;

const story = launchStories(
  'exo-launch-wizard',
  ({ session }) => html`<exo-launch-wizard .session=${session}></exo-launch-wizard>`,
);

const ready = (wizard: ExoLaunchWizard) =>
  eventually(() => {
    const launch = wizard.renderRoot.querySelector('#launch');
    return (
      launch !== null &&
      !(wizard.renderRoot.querySelector('#launch-why')?.textContent ?? '').includes('being loaded')
    );
  }, 'everything is loaded');

async function open(wizard: ExoLaunchWizard, ...parts: string[]): Promise<void> {
  await ready(wizard);
  for (const part of parts) {
    const details = wizard.renderRoot.querySelector<HTMLDetailsElement>(`details#${part}`);
    if (details && !details.open) details.querySelector('summary')?.click();
  }
  await eventually(
    () =>
      parts.every(
        (part) => wizard.renderRoot.querySelector(`#${part} .section-body > :not(.skeleton-rows)`) !== null,
      ),
    'the details are open',
  );
}

function put(wizard: ExoLaunchWizard, selector: string, value: string): void {
  const field = wizard.renderRoot.querySelector<HTMLInputElement | HTMLTextAreaElement>(selector);
  if (!field) throw new Error(`there is no ${selector}`);
  field.value = value;
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
}

function choose(wizard: ExoLaunchWizard, value: string): void {
  wizard.renderRoot.querySelector<HTMLInputElement>(`input[type=radio][value="${value}"]`)?.click();
}

/** What the kit has launched here. */
const launchedServer = ({ state }: StoryCloud['cloud']) =>
  [...(state.regions[0]?.servers.values() ?? [])].find(
    ({ metadata }) => metadata['exo:launch'] !== undefined,
  );

async function launch(
  wizard: ExoLaunchWizard,
  state: 'launching' | 'launched' | 'launch-failed',
): Promise<void> {
  await ready(wizard);
  wizard.renderRoot.querySelector<HTMLElement>('#launch')?.click();
  await isIn(wizard, state);
}

/** What most people see: everything is decided, and *Launch* can be clicked. */
export const Ready = story(lively, ready);

/** A first visit: no instance, no key, so a new key is proposed. */
export const FirstTime = story(() => signedIn(), ready);

/** Nobody is signed in on this page. */
export const NoSession = story(() => signedOut());

/** Signed in, and a project is still to be chosen. */
export const Choosing = story(choosing);

/** The form is there at once; what it offers is still on its way. */
export const Loading = story(onItsWay);

/** The cloud shows no image. */
export const Empty = story(
  async () => {
    const made = await lively();
    made.cloud.state.regions[0]?.images.clear();
    return made;
  },
  (wizard) => open(wizard, 'image'),
);

/** The images could not be loaded. */
export const Failed = story(
  async () => {
    const made = await lively();
    made.cloud.fail({ path: '/image/', times: Infinity }, { status: 500 });
    return made;
  },
  async (wizard) => {
    await isIn(wizard, 'failed');
    await open(wizard, 'image');
  },
);

/** How much quota is left is not known; launching is possible all the same. */
export const QuotaUnknown = story(async () => {
  const made = await lively();
  made.cloud.fail({ path: '/limits', times: Infinity }, { status: 403 });
  return made;
}, ready);

/** What was loaded stays when a refresh fails. */
export const Stale = story(lively, async (wizard, { cloud, session }) => {
  await ready(wizard);
  cloud.fail({ path: '/servers/detail', times: Infinity }, { status: 503 });
  if (session.current) await serversOf(session.current).refresh();
});

export const Forbidden = story(
  async () => {
    const made = await lively();
    made.cloud.fail({ path: '/flavors', times: Infinity }, { status: 403 });
    return made;
  },
  (wizard) => isIn(wizard, 'forbidden'),
);

export const ServiceMissing = story(
  () => signedIn({ services: ['identity', 'image', 'network'] }),
  (wizard) => isIn(wizard, 'service-missing'),
);

/** The sign-in ran out while somebody was choosing: nothing is lost. */
export const Expired = story(lively, async (wizard, made) => {
  await ready(wizard);
  put(wizard, '#name', 'sediment-transport');
  await runOut(wizard, made);
});

/** A role that may look but not act. */
export const Reader = story(() => signedIn({ seed: 'demo', user: 'reader' }), ready);

/** Some sizes do not fit, and say why. */
export const QuotaNearlyFull = story(
  async () => {
    const made = await lively();
    setQuota(made, { cores: 42 });
    return made;
  },
  (wizard) => open(wizard, 'size'),
);

/** Nothing fits any more. */
export const QuotaFull = story(
  async () => {
    const made = await lively();
    setQuota(made, { instances: 0, cores: 0 });
    return made;
  },
  (wizard) => open(wizard, 'size'),
);

/** More key pairs, metadata and instances in a group than anybody may have. */
export const BoundsReached = story(
  async () => {
    const made = await lively();
    setQuota(made, { key_pairs: 2, metadata_items: 1, server_group_members: 2 });
    return made;
  },
  async (wizard) => {
    await open(wizard, 'count', 'key', 'advanced');
    choose(wizard, 'generate');
    put(wizard, '#count-number', '3');
    const group = wizard.renderRoot.querySelector<HTMLSelectElement>('#server-group');
    if (!group) throw new Error('there are no groups');
    group.value = 'new:soft-anti-affinity';
    group.dispatchEvent(new Event('change', { bubbles: true }));
    wizard.renderRoot.querySelector<HTMLElement>('.pairs > button')?.click();
    await wizard.updateComplete;
    put(wizard, '#metadata-key-0', 'course');
    await eventually(() => wizard.renderRoot.textContent.includes('Remove 1.'), 'it is said');
  },
);

/** A boot script that is too long together with what prepares the instance. */
export const ScriptTooLong = story(lively, async (wizard) => {
  await open(wizard, 'advanced');
  choose(wizard, 'kit');
  // Gzip halves it, so that it would fit alone; as a part of a message it leaves more.
  const random = Array.from({ length: 10 }, () => crypto.getRandomValues(new Uint8Array(4_000)));
  const noise = random.flatMap((bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')));
  put(wizard, '#script-text', `#!/bin/sh\n${noise.join('').replace(/.{80}/g, '# $&\n')}`);
  await eventually(() => wizard.renderRoot.textContent.includes('Too long together with'), 'it is said');
});

/** No size is large enough for any image. */
export const NoFittingSize = story(
  async () => {
    const made = await lively();
    const images = made.cloud.state.regions[0]?.images;
    for (const [id, image] of images ?? []) images?.set(id, { ...image, minDisk: 500 });
    return made;
  },
  (wizard) => open(wizard, 'size'),
);

/** A project without a network, in a cloud that makes none. */
export const NoNetwork = story(
  () => signedIn({ project: 'research', withoutExtensions: ['auto-allocated-topology'] }),
  (wizard) => open(wizard, 'network'),
);

/** Several networks, and nothing that decides between them. */
export const ManyNetworks = story(
  async () => {
    const made = await lively({ withoutExtensions: ['auto-allocated-topology'] });
    const region = made.cloud.state.regions[0];
    const [first] = [...(region?.networks.values() ?? [])].filter(({ external }) => !external);
    for (const name of ['lab-a', 'lab-b']) {
      const id = crypto.randomUUID();
      if (!region || !first) break;
      region.networks.set(id, { ...first, id, name });
      for (const subnet of [...region.subnets.values()].filter(({ networkId }) => networkId === first.id)) {
        const copy = crypto.randomUUID();
        region.subnets.set(copy, { ...subnet, id: copy, networkId: id });
      }
    }
    if (first) first.name = 'everything';
    return made;
  },
  (wizard) => open(wizard, 'network'),
);

/** The project's network leads nowhere: it can be connected, or another is made. */
export const NoWayOut = story(
  () => closedIn(),
  async (wizard) => {
    await turnToNetwork(wizard);
  },
);

/** The same, with a router that is made for it. */
export const Connected = story(
  () => closedIn(),
  async (wizard) => {
    await turnToNetwork(wizard);
    wizard.renderRoot.querySelector<HTMLElement>('#network-connect')?.click();
    await eventually(
      () => wizard.renderRoot.textContent.includes('A router is made that connects'),
      'it is said',
    );
  },
);

async function turnToNetwork(wizard: ExoLaunchWizard): Promise<void> {
  await open(wizard, 'network');
  await eventually(() => wizard.renderRoot.querySelector('#network-connect') !== null, 'it is offered');
}

/** Every question open. */
export const EverythingOpen = story(lively, (wizard) =>
  open(wizard, 'image', 'size', 'key', 'count', 'network', 'storage', 'advanced'),
);

/** A key of one's own, where somebody has pasted the private half: it is thrown away. */
export const PrivateKeyPasted = story(lively, async (wizard) => {
  await open(wizard, 'key');
  choose(wizard, 'import');
  await eventually(() => wizard.renderRoot.querySelector('#public-key') !== null, 'the field is there');
  put(
    wizard,
    '#public-key',
    '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEA\n-----END OPENSSH PRIVATE KEY-----',
  );
});

/** Several at once, with a name that is taken and a boot script that is too long. */
export const ManyMistakes = story(lively, async (wizard, { cloud }) => {
  await open(wizard, 'count', 'advanced');
  const [server] = cloud.state.regions[0]?.servers.values() ?? [];
  if (server) server.name = 'web-1';
  put(wizard, '#name', server?.name ?? '');
  put(wizard, '#count-number', '30');
  put(wizard, '#script-text', 'echo hello\n'.repeat(6000));
});

/** Prepared as Exosphere does: an account, a terminal and a desktop in the browser. */
export const PreparedByExosphere = story(
  () =>
    lively({
      settings: {
        launch: EXOSPHERE,
        userAppProxy: [{ hostname: 'apps.lakeside.example' }],
      },
    }),
  (wizard) => open(wizard, 'key', 'advanced'),
);

/** On its way. */
export const Launching = story(
  () => lively({ buildSeconds: 3600 }),
  async (wizard) => {
    await ready(wizard);
    put(wizard, '#name', 'sediment-transport');
    await launch(wizard, 'launching');
  },
);

/** Active, with how to connect. */
export const Launched = story(
  () => lively({ buildSeconds: 0 }),
  (wizard) => launch(wizard, 'launched'),
);

/** Launches what is prepared, and lets its set-up end in `how`. */
async function launchPrepared(
  wizard: ExoLaunchWizard,
  cloud: StoryCloud['cloud'],
  how: string,
): Promise<void> {
  await launch(wizard, 'launching');
  await eventually(() => {
    const server = launchedServer(cloud);
    if (server) server.metadata['rig_setup'] = how;
    return server !== undefined;
  }, 'it is there');
  await isIn(wizard, 'launched');
}

const says = (wizard: ExoLaunchWizard, text: string) =>
  eventually(() => wizard.renderRoot.textContent.includes(text), `it says: ${text}`);

/** It runs, and is being set up: it can be used already. */
export const SettingUp = story(
  () => lively({ buildSeconds: 1, settings: { launch: EXOSPHERE } }),
  async (wizard, { cloud }) => {
    await launchPrepared(wizard, cloud, 'silent');
    await says(wizard, 'It is being set up');
  },
);

/** Its set-up came to its end. */
export const SetUp = story(
  () => lively({ buildSeconds: 0, settings: { launch: EXOSPHERE } }),
  async (wizard) => {
    await launch(wizard, 'launched');
    await says(wizard, 'Its set-up is complete');
  },
);

/** Its set-up failed: it is there and can be reached all the same. */
export const SetupFailed = story(
  () => lively({ buildSeconds: 1, settings: { launch: EXOSPHERE } }),
  async (wizard, { cloud }) => {
    await launchPrepared(wizard, cloud, 'error');
    await says(wizard, 'has failed');
  },
);

/** Several, with a key that was made here: its private half can be saved now and not again. */
export const GeneratedKey = story(
  () => signedIn({ buildSeconds: 0 }),
  async (wizard) => {
    await open(wizard, 'count');
    put(wizard, '#count-number', '3');
    await wizard.updateComplete;
    await launch(wizard, 'launched');
  },
);

/** The cloud has refused. */
export const LaunchRefused = story(
  async () => {
    const made = await lively();
    made.cloud.fail(
      { method: 'POST', path: /\/servers$/ },
      {
        status: 403,
        body: {
          forbidden: {
            code: 403,
            message: 'Quota exceeded for cores: Requested 1, but already used 96 of 96 cores',
          },
        },
      },
    );
    return made;
  },
  (wizard) => launch(wizard, 'launch-failed'),
);

/** Two of three were made, then the quota was used up by somebody else. */
export const LaunchHalfDone = story(
  async () => lively({ buildSeconds: 0 }),
  async (wizard, { cloud }) => {
    await open(wizard, 'count');
    put(wizard, '#count-number', '3');
    cloud.fail(
      { method: 'POST', path: /\/servers$/, body: '3/3' },
      {
        status: 403,
        body: {
          forbidden: {
            code: 403,
            message: 'Quota exceeded for instances: Requested 1, but already used 40 of 40 instances',
          },
        },
      },
    );
    await wizard.updateComplete;
    await launch(wizard, 'launch-failed');
  },
);

/** It was made, and went into the state Error. */
export const LaunchInError = story(
  () => lively({ buildSeconds: 1 }),
  async (wizard, { cloud }) => {
    await launch(wizard, 'launching');
    await eventually(() => cloud.requestCount > 0, 'it is asked for');
    await eventually(() => {
      const server = launchedServer(cloud);
      if (server) server.metadata['rig_fail'] = 'spawn';
      return server !== undefined;
    }, 'it is there');
    await isIn(wizard, 'launch-failed');
  },
);

/** Forty images, twenty sizes, and what the portal prefers. */
export const ManyChoices = story(
  async () => {
    const made = await lively({
      settings: { launch: { defaultSize: 'm3.quad', defaultImage: 'Featured-Debian12' } },
    });
    const region = made.cloud.state.regions[0];
    const [image] = region?.images.values() ?? [];
    const [flavor] = region?.flavors.values() ?? [];
    for (let n = 1; n <= 36 && region && image && flavor; n++) {
      const id = crypto.randomUUID();
      region.images.set(id, {
        ...image,
        id,
        name: `Course image ${n}`,
        created: image.created - n * 86_400_000,
      });
      if (n < 14) region.flavors.set(id, { ...flavor, id, name: `c${n}.large`, vcpus: n, ram: n * 4096 });
    }
    return made;
  },
  async (wizard) => {
    await open(wizard, 'image', 'size');
  },
);

/** Names without a place to break. */
export const LongNames = story(
  async () => {
    const made = await lively();
    const region = made.cloud.state.regions[0];
    for (const [id, image] of region?.images ?? [])
      region?.images.set(id, { ...image, name: `${image.name}-${'x'.repeat(80)}` });
    for (const [id, flavor] of region?.flavors ?? [])
      region?.flavors.set(id, { ...flavor, name: `${flavor.name}-${'y'.repeat(60)}` });
    return made;
  },
  async (wizard) => {
    await open(wizard, 'image', 'size');
    put(wizard, '#name', 'n'.repeat(255));
  },
);

/** A portal that opens and closes it, with its own heading and a note. */
export const Closable = story(
  lively,
  ready,
  ({ session }) =>
    html`<exo-launch-wizard .session=${session} closable>
      <h2 slot="header">A new machine for your course</h2>
      <p>Machines of courses are deleted at the end of the term.</p>
    </exo-launch-wizard>`,
);

/** From right to left. */
export const RightToLeft = story(
  lively,
  (wizard) => open(wizard, 'image', 'size'),
  ({ session }) =>
    html`<div dir="rtl" lang="ar"><exo-launch-wizard .session=${session}></exo-launch-wizard></div>`,
);

/** In a column of 320 px. */
export const Narrow = story(
  lively,
  async (wizard) => {
    wizard.parentElement?.style.setProperty('inline-size', '320px');
    await open(wizard, 'image', 'size');
  },
  ({ session }) => html`<div><exo-launch-wizard .session=${session}></exo-launch-wizard></div>`,
);

/** On a dark page. */
export const Dark = story(
  lively,
  async (wizard) => {
    wizard.parentElement?.style.setProperty('color-scheme', 'dark');
    await ready(wizard);
  },
  ({ session }) => html`<div><exo-launch-wizard .session=${session}></exo-launch-wizard></div>`,
);

/** A portal's own words. */
export const OwnWords = story(
  () =>
    lively({
      settings: {
        vocabulary: {
          instance: { one: 'computer', many: 'computers' },
          size: { one: 'model', many: 'models' },
        },
      },
    }),
  ready,
);

/** Every text marked and made longer: what is not was hard-coded, and what does not fit shows. */
export const PseudoLocale = story(
  lively,
  (wizard) => open(wizard, 'image', 'size', 'key', 'network'),
  ({ session }) =>
    html`<div lang=${PSEUDO_LOCALE}><exo-launch-wizard .session=${session}></exo-launch-wizard></div>`,
);

/** A launch of the project ended half-way, in whatever browser; it is beside the button, and can be carried on. */
export const Unfinished = story(
  async () => {
    const made = await lively();
    await leaveHalf(made, 'web');
    return made;
  },
  async (wizard) => {
    await ready(wizard);
    wizard.dispatchEvent(new PointerEvent('pointerdown'));
    await eventually(() => wizard.renderRoot.querySelector('.unfinished') !== null, 'it is found');
  },
);

/** A colleague's launch, begun with a key pair of a name that one's own has as well. */
export const UnfinishedWithAnotherKey = story(
  async () => {
    const made = await lively();
    await leaveHalf(made, 'web', {
      key: { kind: 'existing', name: 'laptop', publicKey: 'ssh-ed25519 AAAAtheirs bob' },
    });
    return made;
  },
  async (wizard) => {
    await ready(wizard);
    wizard.dispatchEvent(new PointerEvent('pointerdown'));
    await eventually(() => wizard.renderRoot.textContent.includes('another one than this'), 'it is said');
  },
);

/** Things that the institution has picked, with versions, logos and the sizes for them; some of it is decided. */
export const PickedByTheInstitution = story(
  () =>
    lively({
      settings: {
        launch: {
          types: [
            {
              name: 'Ubuntu',
              description: 'What most people take.',
              logo: `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><circle cx="12" cy="12" r="10" fill="#e95420"/></svg>')}`,
              versions: [
                { name: '24.04', image: { name: 'Featured-Ubuntu24' } },
                { name: '22.04', image: { name: 'Featured-Ubuntu22' } },
              ],
            },
            { name: 'Rocky Linux', versions: [{ name: '9', image: { osDistro: 'rocky' }, sizes: ['m3.*'] }] },
            { name: 'Notebook', versions: [{ name: '1', image: { name: 'not-there-yet' } }] },
          ],
          sizeGroups: [
            { title: 'General', description: 'For most things.', sizes: ['m3.*'] },
            { title: 'With a GPU', description: 'Scarce: give them back.', sizes: ['g3.*'] },
          ],
          locked: ['storage', 'groups'],
        },
      },
    }),
  (wizard) => open(wizard, 'image', 'size', 'network'),
);

/** What may come in, opened wider by a range of ports for one network, and one that is none yet. */
export const Openings = story(lively, async (wizard) => {
  await open(wizard, 'network');
  wizard.renderRoot.querySelector<HTMLElement>('#open-http')?.click();
  for (const ports of ['8000-8010', '99999']) {
    await wizard.updateComplete;
    [...wizard.renderRoot.querySelectorAll('button')]
      .find((each) => each.textContent.trim() === 'More ports')
      ?.click();
    await wizard.updateComplete;
    const fields = wizard.renderRoot.querySelectorAll('[id^=open-ports-]:is(input)');
    const last = fields[fields.length - 1];
    if (last) put(wizard, `#${last.id}`, ports);
  }
});

/** Several instances, each with a new volume to start from and further ones, more than the quota has. */
export const Volumes = story(lively, async (wizard) => {
  await open(wizard, 'storage', 'count');
  choose(wizard, 'new-volume');
  await wizard.updateComplete;
  put(wizard, '#count-number', '3');
  put(wizard, '#boot-size', '40');
  wizard.renderRoot.querySelector<HTMLElement>('button[aria-describedby=data-most]')?.click();
  await wizard.updateComplete;
  put(wizard, '#data-size-0', '5000');
});

/** A cloud without volumes: the row says so. */
export const NoVolumes = story(
  () => lively({ services: ['identity', 'compute', 'image', 'network'] }),
  ready,
);

/** What most people never look at, filled in, with what is wrong in it. */
export const AdvancedFilledIn = story(lively, async (wizard) => {
  await open(wizard, 'advanced');
  put(wizard, '#tags', 'course, spring/2026');
  put(wizard, '#fixed-ip', '10.0.0');
  for (const button of wizard.renderRoot.querySelectorAll<HTMLElement>('.pairs > button')) button.click();
  await wizard.updateComplete;
  put(wizard, '#metadata-value-0', 'web');
  choose(wizard, 'kit');
  await wizard.updateComplete;
  put(wizard, '#packages', 'git, htop');
});

/** The portal has prices; the review tells what it costs, and the same as command lines. */
export const CostsAndCommands = story(
  () => lively({ settings: { prices: { currency: 'EUR', perHour: { 'm3.small': 0.04 } } } }),
  async (wizard) => {
    await ready(wizard);
    const commands = () => wizard.renderRoot.querySelector<HTMLElement>('.commands > button');
    await eventually(() => commands() !== null, 'the review is there');
    commands()?.click();
    await eventually(() => wizard.renderRoot.querySelector('.command-lines') !== null, 'they are shown');
  },
);

/** A name is asked for what is chosen, to be a template. */
export const SaveAsTemplate = story(lively, async (wizard) => {
  await ready(wizard);
  const save = () => wizard.renderRoot.querySelector<HTMLElement>('#save-template');
  await eventually(() => save() !== null, 'templates are there');
  save()?.click();
  await eventually(() => wizard.renderRoot.querySelector('#template-name') !== null, 'a name is asked for');
});
