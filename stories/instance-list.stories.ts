import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import '../src/elements/exo-instance-list.js';
import type { ExoInstanceList } from '../src/elements/instance-list/instance-list.js';
import { PSEUDO_LOCALE } from '../src/i18n/pseudo.js';
import { serversOf } from '../src/session/collections.js';
import {
  alsoSignIn,
  eventually,
  signedIn,
  signedInTwice,
  signedOut,
  signIn,
  twoClouds,
  type StoryCloud,
} from './cloud.js';
import { strangeRows } from './strange-rows.js';

const meta: Meta = { title: 'Elements/exo-instance-list', component: 'exo-instance-list' };
export default meta;

type Story = StoryObj;
type Render = (story: StoryCloud) => TemplateResult;

const plain: Render = ({ session }) => html`<exo-instance-list .session=${session}></exo-instance-list>`;

/** One cloud of its own for each story. */
function story(
  load: () => Promise<StoryCloud> | StoryCloud,
  render: Render = plain,
  play?: (list: ExoInstanceList, story: StoryCloud) => Promise<void>,
): Story {
  let made: StoryCloud | undefined;
  return {
    loaders: [
      async () => {
        made = await load();
        return { story: made };
      },
    ],
    render: () => (made ? render(made) : html``),
    play: async ({ canvasElement }) => {
      const list = canvasElement.querySelector('exo-instance-list');
      if (!list || !made) throw new Error('the story shows no list');
      await list.updateComplete;
      await play?.(list, made);
    },
  };
}

const demo = () => signedIn({ seed: 'demo' });

/** Waits for the rows. */
const ready = (list: ExoInstanceList) =>
  eventually(() => list.matches(':state(ready)') && row(list) !== null, 'rows were shown');

function row(list: ExoInstanceList, name?: string): HTMLElement | null {
  const rows = [...list.renderRoot.querySelectorAll<HTMLElement>('tr[data-row]')];
  return (
    rows.find((each) => name === undefined || each.querySelector('.open')?.textContent.trim() === name) ??
    null
  );
}

function button(root: ParentNode | null, label: string): HTMLButtonElement {
  const found = [...(root?.querySelectorAll('button') ?? [])].find(
    (each) => (each.getAttribute('aria-label') ?? each.textContent.trim()) === label,
  );
  if (!found) throw new Error(`there is no button ${label}`);
  return found;
}

function tick(list: ExoInstanceList, ...names: string[]): void {
  for (const name of names) row(list, name)?.querySelector<HTMLInputElement>('.tick input')?.click();
}

export const Ready = story(demo, plain, ready);

/** Nobody is signed in on this page. */
export const NoSession = story(() => signedOut());

/** Signed in, and a project is still to be chosen. */
export const Choosing = story(async () => {
  const made = signedOut({ seed: 'demo' });
  await signIn(made, 'demo', 'none of them');
  return made;
}, plain);

export const Loading = story(async () => {
  const made = await signedIn({ seed: 'demo' });
  made.cloud.fail({ path: '/servers/detail', times: Infinity }, { latency: 3_600_000 });
  return made;
});

export const Empty = story(
  () => signedIn(),
  plain,
  (list) => eventually(() => list.matches(':state(empty)'), 'the list is known to be empty'),
);

/** The page says itself what to do first. */
export const EmptyWithSlot = story(
  () => signedIn(),
  ({ session }) =>
    html`<exo-instance-list .session=${session}>
      <p slot="empty">Your course begins on Monday. Until then there is nothing here.</p>
    </exo-instance-list>`,
  (list) => eventually(() => list.matches(':state(empty)'), 'the list is known to be empty'),
);

/** The cloud cannot be reached any more: what was known stays. */
export const Stale = story(demo, plain, async (list, { cloud }) => {
  await ready(list);
  cloud.fail({ path: '/servers/detail', times: Infinity }, { status: 503 });
  await list.refresh();
  await eventually(() => list.matches(':state(stale)'), 'the refresh failed');
});

/** The session has run out: what was known stays, and it can be renewed. */
export const Expired = story(demo, plain, async (list, { cloud, session }) => {
  await ready(list);
  cloud.revokeTokens();
  // Goes on once somebody has signed in again.
  void list.refresh();
  await eventually(() => session.state.status === 'expired', 'the end was noticed');
  await eventually(() => list.matches(':state(expired)'), 'the list says so');
});

export const Failed = story(
  async () => {
    const made = await demo();
    made.cloud.fail({ path: '/servers/detail', times: Infinity }, { status: 500 });
    return made;
  },
  plain,
  (list) => eventually(() => list.matches(':state(failed)'), 'listing failed'),
);

export const Forbidden = story(
  async () => {
    const made = await demo();
    made.cloud.fail({ path: '/servers/detail', times: Infinity }, { status: 403 });
    return made;
  },
  plain,
  (list) => eventually(() => list.matches(':state(forbidden)'), 'the cloud has refused'),
);

export const ServiceMissing = story(
  () => signedIn({ services: ['identity', 'image', 'network'] }),
  plain,
  (list) => eventually(() => list.matches(':state(service-missing)'), 'the service is missing'),
);

/** A role that may look but not act. */
export const Reader = story(() => signedIn({ seed: 'demo', user: 'reader' }), plain, ready);

/** Rows ticked, one of them locked, one of them broken. */
export const Selection = story(demo, plain, async (list) => {
  await ready(list);
  for (const each of [...list.renderRoot.querySelectorAll<HTMLInputElement>('tbody .tick input')].slice(
    0,
    4,
  )) {
    each.click();
  }
  await list.updateComplete;
});

/** Two of three went well. */
export const BulkResults = story(
  async () => {
    const made = await signedIn({ servers: 5 });
    made.cloud.fail({ method: 'DELETE', path: '/servers/' }, { status: 409 });
    return made;
  },
  plain,
  async (list) => {
    await ready(list);
    tick(list, ...['0001', '0002', '0003'].map((number) => `server-${number}`));
    const ticked = [...list.renderRoot.querySelectorAll<HTMLElement>('tr[data-row]')].slice(0, 3);
    if (list.selectedIds.length === 0) {
      for (const each of ticked) each.querySelector<HTMLInputElement>('.tick input')?.click();
    }
    await eventually(() => list.renderRoot.querySelector('.bulk-line') !== null, 'the bar is there');
    button(list.renderRoot.querySelector('.bulk'), 'Delete').click();
    await eventually(() => list.renderRoot.querySelector('dialog[open]') !== null, 'it asks');
    button(list.renderRoot.querySelector('dialog'), 'Delete').click();
    await eventually(() => list.renderRoot.querySelector('.items .failed') !== null, 'one has failed');
  },
);

/** Deleting asks first, and says what goes and what stays. */
export const Confirmation = story(demo, plain, async (list) => {
  await ready(list);
  const menu = list.renderRoot.querySelector<HTMLElement>(
    'tr[data-row]:last-child [data-control="menu"] button',
  );
  menu?.click();
  await eventually(() => list.renderRoot.querySelector('[role="menuitem"]') !== null, 'the menu opened');
  const entries = [...list.renderRoot.querySelectorAll<HTMLElement>('[role="menuitem"]')];
  entries.at(-1)?.click();
  await eventually(() => list.renderRoot.querySelector('dialog[open]') !== null, 'it asks');
});

/** Several at once, of which some are left out. */
export const ConfirmationOfMany = story(demo, plain, async (list) => {
  await ready(list);
  list.renderRoot.querySelector<HTMLInputElement>('#select-all')?.click();
  await eventually(() => list.renderRoot.querySelector('.bulk-line') !== null, 'the bar is there');
  button(list.renderRoot.querySelector('.bulk'), 'Stop').click();
  await eventually(() => list.renderRoot.querySelector('dialog[open]') !== null, 'it asks');
});

/** A row's menu: what is not possible says why. */
export const Menu = story(demo, plain, async (list) => {
  await ready(list);
  list.renderRoot.querySelector<HTMLElement>('tr[data-row] [data-control="menu"] button')?.click();
  await eventually(() => list.renderRoot.querySelector('[role="menuitem"]') !== null, 'the menu opened');
});

/** Details of an instance that failed, with the reason, and of one that runs. */
export const Details = story(demo, plain, async (list) => {
  await ready(list);
  await eventually(() => row(list, 'gpu-training') !== null, 'the broken one is there');
  row(list, 'gpu-training')?.querySelector<HTMLElement>('.open')?.click();
  row(list, 'matlab-license')?.querySelector<HTMLElement>('.open')?.click();
  await eventually(() => list.renderRoot.querySelectorAll('tr.details').length === 2, 'the details are open');
});

/** An action the cloud has refused. */
export const ActionFailed = story(
  async () => {
    const made = await demo();
    made.cloud.fail({ method: 'POST', path: '/action', times: Infinity }, { status: 409 });
    return made;
  },
  plain,
  async (list) => {
    await ready(list);
    const start = row(list, 'teaching-notebooks');
    button(start, 'Start').click();
    await eventually(() => list.renderRoot.querySelector('tr.details .notice') !== null, 'it failed');
  },
);

/** Search and filter leave nothing. */
export const NoMatch = story(demo, plain, async (list) => {
  await ready(list);
  const search = list.renderRoot.querySelector<HTMLInputElement>('input[type="search"]');
  if (search) search.value = 'nothing is called this';
  search?.dispatchEvent(new InputEvent('input', { bubbles: true }));
  await eventually(() => list.renderRoot.querySelector('.place') !== null, 'nothing matches');
});

/** Opens a panel of the tools. */
async function openPanel(list: ExoInstanceList, part: 'filters' | 'view'): Promise<void> {
  await ready(list);
  const label = part === 'filters' ? /^Filters/ : /^View/;
  [...list.renderRoot.querySelectorAll<HTMLElement>('.tools button')]
    .find((each) => label.test(each.getAttribute('aria-label') ?? ''))
    ?.click();
  await eventually(() => list.renderRoot.querySelector(`[part="${part}"]`) !== null, 'the panel opens');
}

/** What narrows the list down, with counts. */
export const Filters = story(demo, plain, (list) => openPanel(list, 'filters'));

/** Columns, density, saved views and files. */
export const View = story(demo, plain, (list) => openPanel(list, 'view'));

/** Every status and every step, as far as they are known, and one that is not. */
export const EveryStatus = story(
  async () => {
    const made = await signedIn({ servers: 16, buildSeconds: 3600, actionSeconds: 3600 });
    const now = Date.now();
    const steps: [string, string | null, string][] = [
      ['building', 'scheduling', 'a scheduling'],
      ['building', 'networking', 'b waiting for the network'],
      ['building', 'spawning', 'c spawning'],
      ['active', null, 'd active'],
      ['active', 'image_snapshot', 'e being imaged'],
      ['active', 'powering-off', 'f stopping'],
      ['stopped', null, 'g stopped'],
      ['stopped', 'powering-on', 'h starting'],
      ['active', 'rebooting', 'i rebooting'],
      ['active', 'deleting', 'j deleting'],
      ['paused', null, 'k paused'],
      ['suspended', null, 'l suspended'],
      ['shelved_offloaded', null, 'm shelved'],
      ['resized', null, 'n to be confirmed'],
      ['error', null, 'o broken'],
      ['active', 'quiescing_disk', 'p in a step nobody knows'],
    ];
    const servers = [...(made.cloud.state.regions[0]?.servers.values() ?? [])];
    steps.forEach(([vmState, taskState, name], at) => {
      const server = servers[at];
      if (server)
        Object.assign(server, {
          vmState,
          taskState,
          name,
          updated: now - 40_000,
          created: now - at * 4_000_000 - 65_000,
        });
    });
    return made;
  },
  plain,
  ready,
);

/** Names as long as the cloud allows, without a place to break. */
export const LongNames = story(
  async () => {
    const made = await signedIn({ servers: 4 });
    const names = [
      'x'.repeat(255),
      'Sediment transport in subalpine lakes under a changing climate, run 2026-11',
      'ق'.repeat(40),
      '',
    ];
    [...(made.cloud.state.regions[0]?.servers.values() ?? [])].forEach((server, at) => {
      server.name = names[at] ?? server.name;
    });
    return made;
  },
  plain,
  ready,
);

/** Names in any script, a thousand tags, no image, a size that is no more, faults with markup, and a row of a part of the cloud that is down. */
export const StrangeRows = story(
  strangeRows,
  ({ session }) =>
    html`<exo-instance-list columns="name status size image tags" .session=${session}></exo-instance-list>`,
  ready,
);

/** Deleted elsewhere while it was looked at, and what instances cost. */
export const VanishedElsewhere = story(
  () =>
    signedIn({
      seed: 'demo',
      settings: { prices: { currency: 'EUR', perHour: { 'm3.small': 0.042, 'm3.quad': 0.2 } } },
    }),
  plain,
  async (list, { cloud }) => {
    await ready(list);
    const servers = cloud.state.regions[0]?.servers;
    for (const { id, name } of [...(servers?.values() ?? [])])
      if (name === 'matlab-license') servers?.delete(id);
    await list.refresh();
    await eventually(() => list.renderRoot.querySelector('tr.going') !== null, 'it is shown as gone');
  },
);

/** From right to left. */
export const RightToLeft = story(
  demo,
  ({ session }) =>
    html`<div dir="rtl" lang="ar"><exo-instance-list .session=${session}></exo-instance-list></div>`,
  ready,
);

/** In a column of 320 px: cards instead of columns. */
export const Narrow = story(
  demo,
  ({ session }) =>
    html`<div class="narrow"><exo-instance-list .session=${session}></exo-instance-list></div>`,
  async (list) => {
    list.parentElement?.style.setProperty('inline-size', 'min(320px, 100%)');
    await ready(list);
  },
);

/** On a dark page. */
export const Dark = story(
  demo,
  ({ session }) => html`<div class="dark"><exo-instance-list .session=${session}></exo-instance-list></div>`,
  async (list) => {
    list.parentElement?.style.setProperty('color-scheme', 'dark');
    await ready(list);
  },
);

/** A thousand, as pages arrive. */
export const ManyRows = story(() => signedIn({ servers: 1000, maxLimit: 250 }), plain, ready);

/** A few columns, nothing to do, another heading. */
export const ToLookAt = story(
  demo,
  ({ session }) =>
    html`<exo-instance-list
      .session=${session}
      columns="name status age"
      heading="Running now"
      heading-level="3"
      hide-actions
    ></exo-instance-list>`,
  ready,
);

/** A portal's own words. */
export const OwnWords = story(
  () =>
    signedIn({
      seed: 'demo',
      settings: {
        vocabulary: {
          instance: { one: 'computer', many: 'computers' },
          size: { one: 'model', many: 'models' },
        },
      },
    }),
  plain,
  ready,
);

/** Every text marked and made longer: what is not was hard-coded, and what does not fit shows. */
export const PseudoLocale = story(
  demo,
  ({ session }) =>
    html`<div lang=${PSEUDO_LOCALE}><exo-instance-list .session=${session}></exo-instance-list></div>`,
  ready,
);

/** A cloud older than microversions: sizes are looked up. */
export const OldCloud = story(
  () => signedIn({ seed: 'demo', maxMicroversion: 'none' }),
  plain,
  async (list, { session }) => {
    await ready(list);
    const { current } = session;
    await eventually(
      () => current !== undefined && serversOf(current).state.status === 'ready',
      'it is listed',
    );
  },
);

const everywhere: Render = ({ session }) =>
  html`<exo-instance-list scope="all" .session=${session}></exo-instance-list>`;

/** All open connections in one list; columns say in what they differ. */
export const AllClouds = story(
  async () => {
    const { session, lakeside } = await signedInTwice();
    return { session, cloud: lakeside };
  },
  everywhere,
  ready,
);

/** Two projects of one cloud, and two regions. */
export const AllProjects = story(
  async () => {
    const made = await signedIn({ seed: 'demo', regions: ['North', 'South'] });
    const research = made.session.logins[0]?.projects.find(({ name }) => name === 'research');
    await made.session.selectProject(made.session.current?.project.id ?? '', { region: 'South', add: true });
    if (research) await made.session.selectProject(research.id, { add: true });
    return made;
  },
  everywhere,
  ready,
);

/** One cloud is down: the other is shown. */
export const OneCloudDown = story(
  async () => {
    const { session, lakeside, hillside } = await signedInTwice();
    hillside.fail({ path: '/compute/', times: Infinity }, { status: 503 });
    return { session, cloud: lakeside };
  },
  everywhere,
  async (list) => {
    await ready(list);
    await eventually(() => list.renderRoot.querySelector('.notice') !== null, 'that one is down is said');
  },
);

/** To look at on one cloud, to act on the other. */
export const MixedRights = story(
  async () => {
    const { session, lakeside, hillside } = twoClouds({
      lakeside: { seed: 'demo' },
      hillside: { seed: 'demo' },
    });
    await alsoSignIn(session, lakeside.authUrl, 'reader');
    await alsoSignIn(session, hillside.authUrl);
    return { session, cloud: lakeside };
  },
  everywhere,
  ready,
);
