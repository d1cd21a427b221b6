import { expect, fixture, html } from '@open-wc/testing';
import { sendMouse } from '@web/test-runner-commands';
import '../../../src/elements/exo-launch-wizard.js';
import '../../../src/elements/exo-quick-launch.js';
import type { ExoLaunchWizard } from '../../../src/elements/launch-wizard/launch-wizard.js';
import type { ExoQuickLaunch } from '../../../src/elements/quick-launch/quick-launch.js';
import { Session } from '../../../src/session/session.js';
import { createCloud } from '../../../src/simulator/index.js';
import { USUAL_SERVICES } from '../../../src/simulator/options.js';
import { DEFAULT_NETWORK_QUOTA } from '../../../src/simulator/quota.js';
import { eventually, signIn, type StoryCloud, type StoryCloudOptions } from '../../../stories/cloud.js';
import { button, launched, state, text } from './wizard.js';

/** A request as the cloud saw it, and whether it had answered any before it came. */
interface Seen {
  readonly what: string;
  readonly afterAnswers: number;
}

/** A cloud at a distance: every answer takes as long as somebody holds it back. */
async function distant({ settings, ...options }: StoryCloudOptions = {}): Promise<
  StoryCloud & { readonly seen: Seen[]; hold(): void; release(): void }
> {
  const cloud = createCloud({ seed: 'demo', buildSeconds: 0, ...options });
  const seen: Seen[] = [];
  let answers = 0;
  let gate: Promise<void> | undefined;
  let open: () => void = () => undefined;
  const session = new Session({
    fetch: async (request) => {
      const { pathname, search } = new URL(request.url);
      seen.push({ what: `${request.method} ${pathname}${search}`, afterAnswers: answers });
      await gate;
      const answer = await cloud.fetch(request);
      answers++;
      return answer;
    },
    settings: { authUrl: cloud.authUrl, cloudName: 'Lakeside Cloud', persist: 'none', ...settings },
  });
  await signIn({ cloud, session });
  return {
    cloud,
    session,
    seen,
    hold: () => {
      seen.length = 0;
      answers = 0;
      gate = new Promise((resolve) => {
        open = resolve;
      });
    },
    release: () => open(),
  };
}

const idle = () =>
  new Promise<void>((resolve) => {
    const drawn = () => requestAnimationFrame(() => resolve());
    // Safari does not say when it is idle: there, whatever is due has had its turn.
    if ('requestIdleCallback' in globalThis) requestIdleCallback(drawn, { timeout: 5000 });
    else setTimeout(drawn);
  });

/** Whatever does not depend on an answer is on its way: for many turns nothing more has been asked. */
async function nothingMore({ seen }: { readonly seen: readonly Seen[] }): Promise<void> {
  for (let before = -1; before !== seen.length;) {
    before = seen.length;
    for (let turn = 0; turn < 10; turn += 1) await idle();
  }
}

const EXOSPHERE = { repository: 'https://example.org/setup.git', commit: 'a'.repeat(40) };

/** Takes every network but those that lead outside from the project. */
function withoutNetwork({ cloud }: StoryCloud): void {
  const region = cloud.state.regions[0];
  for (const [id, network] of region?.networks ?? []) if (!network.external) region?.networks.delete(id);
}

const CASES: readonly [string, StoryCloudOptions, ((story: StoryCloud) => void)?][] = [
  ['a usual cloud', {}],
  ['a cloud without volumes', { services: USUAL_SERVICES.filter((type) => type !== 'block-storage') }],
  ['a cloud without a network service', { services: USUAL_SERVICES.filter((type) => type !== 'network') }],
  ['a cloud that makes no networks', { withoutExtensions: ['auto-allocated-topology'] }],
  ['a project without a network', {}, withoutNetwork],
  [
    'a project without a network, and a cloud that makes none',
    { withoutExtensions: ['auto-allocated-topology'] },
    withoutNetwork,
  ],
  [
    'a portal with wishes of its own',
    {
      services: [...USUAL_SERVICES, 'dns'],
      settings: {
        launch: {
          defaultImage: 'Featured-Debian12',
          bootVolume: { size: 20 },
          securityGroup: 'default',
          zone: 'demo.sim.example.',
          exosphere: EXOSPHERE,
        },
      },
    },
  ],
];

async function wizardOf({ session }: StoryCloud): Promise<ExoLaunchWizard> {
  return fixture<ExoLaunchWizard>(html`<exo-launch-wizard .session=${session}></exo-launch-wizard>`);
}

async function quickOf({ session }: StoryCloud): Promise<ExoQuickLaunch> {
  return fixture<ExoQuickLaunch>(
    html`<exo-quick-launch .session=${session} image="Featured-Debian12" size="m3.small"></exo-quick-launch>`,
  );
}

describe('opening a launch', () => {
  // Where the pointer rests is none of somebody's business here.
  beforeEach(() => sendMouse({ type: 'move', position: [0, 0] }));

  for (const [kind, make] of [
    ['the wizard', wizardOf],
    ['the quick launch', quickOf],
  ] as const) {
    for (const [what, options, change] of CASES) {
      it(`costs six requests at most, side by side: ${kind}, alone on a page, with ${what}`, async () => {
        const story = await distant(options);
        change?.(story);
        story.hold();
        const element = await make(story);
        element.scrollIntoView();
        // Painted while no answer has come.
        await eventually(() => element.renderRoot.querySelector('#name') !== null, 'the form is there');
        await eventually(() => story.seen.length > 0, 'it asks');
        await nothingMore(story);
        story.release();
        await eventually(
          () => element.renderRoot.querySelector('#launch:not([aria-disabled])') !== null,
          'it can be launched',
        );
        await nothingMore(story);
        const asked = story.seen.map((each) => each.what).join('\n');
        expect(story.seen.length, asked).to.be.at.most(6);
        expect(
          story.seen.every(({ afterAnswers }) => afterAnswers === 0),
          `all were asked before the first answer:\n${asked}`,
        ).to.equal(true);
      });
    }
  }

  it('suggests a name that no instance has, though the instances are known later', async () => {
    const { random } = Math;
    // Chance has it that the same words come every time.
    Math.random = () => 0;
    try {
      const story = await distant();
      story.hold();
      const wizard = await wizardOf(story);
      wizard.scrollIntoView();
      await eventually(() => wizard.renderRoot.querySelector('#name') !== null, 'the form is there');
      const name = () => wizard.renderRoot.querySelector<HTMLInputElement>('#name')?.value ?? '';
      const suggested = name();
      const [server] = [...(story.cloud.state.regions[0]?.servers.values() ?? [])];
      if (server) server.name = suggested;
      story.release();
      await eventually(() => name() === `${suggested}-2`, 'another is suggested');
      expect(text(wizard)).to.not.contain('is there already');
      button(wizard, 'Launch').click();
      await state(wizard, 'launched');
      button(wizard, 'Launch another').click();
      await eventually(() => name() === `${suggested}-3`, 'the next has another name again');
    } finally {
      Math.random = random;
    }
  });

  it('asks the rest once somebody turns to it, and only then', async () => {
    const story = await distant();
    const wizard = await wizardOf(story);
    wizard.scrollIntoView();
    await eventually(() => wizard.renderRoot.querySelector('#launch:not([aria-disabled])') !== null, 'ready');
    const asked = (path: string) => story.seen.some(({ what }) => what.includes(path));
    expect(asked('security-groups') || asked('/quotas/')).to.equal(false);
    // The page puts the keyboard there: nobody has turned to anything.
    wizard.focus();
    await idle();
    expect(asked('security-groups')).to.equal(false);
    const { x, y } = wizard.getBoundingClientRect();
    await sendMouse({ type: 'move', position: [Math.round(x + 40), Math.round(y + 40)] });
    await sendMouse({ type: 'move', position: [Math.round(x + 44), Math.round(y + 44)] });
    await wizard.settled();
    expect(asked('security-groups') && asked('/quotas/')).to.equal(true);
  });

  it('launches rightly though the click comes before the rest was asked', async () => {
    const story = await distant();
    const wizard = await wizardOf(story);
    wizard.scrollIntoView();
    await eventually(() => wizard.renderRoot.querySelector('#launch:not([aria-disabled])') !== null, 'ready');
    button(wizard, 'Launch').click();
    await state(wizard, 'launched');
    const [server] = launched(story);
    const region = story.cloud.state.regions[0];
    const port = [...(region?.ports.values() ?? [])].find(({ deviceId }) => deviceId === server?.id);
    const groups = port?.securityGroups.map((id) => region?.securityGroups.get(id)?.name);
    expect(groups, 'the group of the project lets in what is wished').to.deep.equal(['default']);
    expect([...(region?.securityGroups.values() ?? [])].map(({ name }) => name)).not.to.include(
      'allow-ssh-ping',
    );
  });

  it('does not launch another thing than was shown, where the rest says that it cannot be', async () => {
    const story = await distant();
    const region = story.cloud.state.regions[0];
    for (const project of region?.networkQuotas.keys() ?? [])
      region?.networkQuotas.set(project, { ...DEFAULT_NETWORK_QUOTA, floatingip: 0 });
    const wizard = await wizardOf(story);
    wizard.scrollIntoView();
    await eventually(() => wizard.renderRoot.querySelector('#launch:not([aria-disabled])') !== null, 'ready');
    expect(text(wizard)).to.contain('at a new public address');
    button(wizard, 'Launch').click();
    await eventually(() => text(wizard).includes('has none left'), 'it says why there is none');
    expect(launched(story)).to.have.length(0);
    expect(wizard.shadowRoot?.activeElement?.closest('#network')).to.not.equal(null);
    button(wizard, 'Launch').click();
    await state(wizard, 'launched');
    expect(launched(story)).to.have.length(1);
  });

  it('does not launch what lets nobody in where SSH was promised before the groups could not be listed', async () => {
    const story = await distant();
    story.cloud.fail({ method: 'GET', path: /security-groups/, times: Infinity }, { status: 403 });
    const wizard = await wizardOf(story);
    wizard.scrollIntoView();
    await eventually(() => wizard.renderRoot.querySelector('#launch:not([aria-disabled])') !== null, 'ready');
    expect(text(wizard)).to.contain('SSH');
    button(wizard, 'Launch').click();
    await eventually(
      () => wizard.shadowRoot?.activeElement?.closest('#network') !== null,
      'it leads to what has changed',
    );
    expect(launched(story)).to.have.length(0);
    expect(text(wizard)).to.not.contain('Lets in SSH');
    await eventually(() => wizard.renderRoot.querySelector('#launch:not([aria-busy])') !== null, 'at rest');
    button(wizard, 'Launch').click();
    await state(wizard, 'launched');
  });
});
