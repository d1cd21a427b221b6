import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import '../src/elements/exo-instance-list.js';
import type { ExoInstanceList } from '../src/elements/instance-list/instance-list.js';
import { eventually, signedIn, type StoryCloud } from './cloud.js';

/** What can be done to an instance: menus, questions and forms, as the list and the details open them. */
const meta: Meta = { title: 'Elements/Actions of an instance', component: 'exo-instance-list' };
export default meta;

function story(
  play: (list: ExoInstanceList, story: StoryCloud) => Promise<void>,
  load: () => Promise<StoryCloud> = () => signedIn({ seed: 'demo' }),
): StoryObj {
  let made: StoryCloud | undefined;
  return {
    loaders: [
      async () => {
        made = await load();
        return { story: made };
      },
    ],
    render: () => (made ? html`<exo-instance-list .session=${made.session}></exo-instance-list>` : html``),
    play: async ({ canvasElement }) => {
      const list = canvasElement.querySelector('exo-instance-list');
      if (!list || !made) throw new Error('the story shows no list');
      await eventually(() => list.renderRoot.querySelector('tr[data-row]') !== null, 'rows were shown');
      await play(list, made);
    },
  };
}

const text = (node: Element | null | undefined): string =>
  (node?.textContent ?? '').replace(/\s+/g, ' ').trim();

function button(root: ParentNode | null, label: string): HTMLButtonElement {
  const found = [...(root?.querySelectorAll('button') ?? [])].find(
    (each) => (each.getAttribute('aria-label') ?? text(each)) === label,
  );
  if (!found) throw new Error(`there is no button ${label}`);
  return found;
}

const items = (list: ExoInstanceList): HTMLElement[] => [
  ...list.renderRoot.querySelectorAll<HTMLElement>('[role="menuitem"]'),
];

async function menu(list: ExoInstanceList, label = 'Actions for web-1'): Promise<void> {
  button(list.renderRoot, label).click();
  await eventually(() => items(list).length > 0, 'the menu is open');
}

async function choose(list: ExoInstanceList, action: string): Promise<HTMLDialogElement> {
  await menu(list);
  const item = items(list).find((each) => text(each).startsWith(action));
  if (!item) throw new Error(`the menu has no ${action}`);
  item.click();
  const dialog = () => list.renderRoot.querySelector<HTMLDialogElement>('dialog[open]');
  await eventually(() => dialog()?.querySelector('form, [role="alert"], .confirmation') != null, 'it asks');
  const found = dialog();
  if (!found) throw new Error('the question has gone');
  return found;
}

const form = (action: string) =>
  story(async (list) => {
    await choose(list, action);
  });

/** Everything that can be done, in groups; what cannot says why. */
export const WholeMenu = story((list) => menu(list));

/** Parts of the instance that the page shows, and another launch like it, where the page offers them. */
export const MenuOfPage = story(async (list) => {
  list.sections = 'overview connect console log';
  list.launchLike = true;
  await menu(list);
});

/** What several can have done at once. */
export const MenuOfMany = story(async (list) => {
  for (const box of [...list.renderRoot.querySelectorAll<HTMLInputElement>('.tick input')].slice(1, 4))
    box.click();
  await eventually(() => list.renderRoot.querySelector('.bulk:not([hidden])') !== null, 'the bar is there');
  await menu(list, 'More actions');
});

/** Attaches volumes to a server of the demo. */
function attach({ cloud }: StoryCloud, name: string, volumes: readonly (readonly [string, number])[]): void {
  const region = cloud.state.regions[0];
  const server = [...(region?.servers.values() ?? [])].find((each) => each.name === name);
  if (!region || !server) throw new Error(`there is no ${name}`);
  const now = cloud.state.now();
  volumes.forEach(([volume, size], at) => {
    const id = cloud.state.idFor(`story/${name}/${volume}`);
    const device = `/dev/vd${'bcdefghi'.charAt(at)}`;
    region.volumes.set(id, {
      id,
      name: volume,
      description: null,
      projectId: server.projectId,
      userId: server.userId,
      size,
      status: 'in-use',
      type: 'standard',
      bootable: false,
      imageId: null,
      metadata: {},
      created: now,
      updated: now,
      attachment: { id: `${id}-attached`, serverId: server.id, device, attachedAt: now },
    });
    server.volumes = [...server.volumes, { id, deleteOnTermination: at === 1 }];
  });
}

async function withVolumes(): Promise<StoryCloud> {
  const story = await signedIn({ seed: 'demo' });
  attach(story, 'web-1', [
    ['measurements 2025', 500],
    ['scratch', 20],
  ]);
  attach(story, 'teaching-notebooks', [['import', 100]]);
  return story;
}

/** What goes along with a deleted instance is chosen, and what is lost with it is said. */
export const DeleteWithChoices = story(async (list) => {
  const dialog = await choose(list, 'Delete');
  await eventually(() => text(dialog).includes('measurements 2025'), 'its volumes are known by their names');
}, withVolumes);

/** The same for several at once. */
export const DeleteSeveralWithChoices = story(async (list) => {
  for (const box of [...list.renderRoot.querySelectorAll<HTMLInputElement>('.tick input')].slice(1))
    box.click();
  await eventually(() => list.renderRoot.querySelector('.bulk:not([hidden])') !== null, 'the bar is there');
  button(list.renderRoot.querySelector('.bulk'), 'Delete').click();
  const dialog = () => list.renderRoot.querySelector('dialog[open]');
  await eventually(() => text(dialog()).includes('measurements 2025'), 'what goes along is chosen');
}, withVolumes);

/** Where the cloud is too old to change it, what happens to volumes is only told. */
export const DeleteOnAnOlderCloud = story(
  async (list) => {
    const dialog = await choose(list, 'Delete');
    await eventually(() => text(dialog).includes('cannot change it'), 'it says why there is no choice');
  },
  async () => {
    const story = await signedIn({ seed: 'demo', maxMicroversion: '2.79' });
    attach(story, 'web-1', [
      ['measurements 2025', 500],
      ['scratch', 20],
    ]);
    return story;
  },
);

/** The address may be given back with a shelved instance. */
export const Shelve = form('Shelve');

/** An action as a command, for those who want to note it down. */
export const AsCommandLine = story(async (list) => {
  const dialog = await choose(list, 'Delete');
  await eventually(() => text(dialog).includes('measurements 2025'), 'its volumes are known by their names');
  dialog.querySelector<HTMLElement>('.as-command summary')?.click();
  await eventually(() => dialog.querySelector('details[open]') !== null, 'it is open');
}, withVolumes);
export const Lock = form('Lock');
export const Resize = form('Change size');
export const Rebuild = form('Rebuild');
export const Rescue = form('Rescue');
export const Snapshot = form('Make an image');
export const Rename = form('Rename');
export const Describe = form('Describe');
export const Metadata = form('Metadata');
export const Tags = form('Tags');
export const SetPassword = form('Set password');
export const AttachVolume = form('Attach volume');
export const Connect = form('Connect to network');
export const Disconnect = form('Disconnect from network');
export const SecurityGroups = form('Firewall groups');

/** The cloud refuses: what was put in is kept. */
export const Refused = story(async (list, { cloud }) => {
  cloud.fail({ method: 'PUT', path: '/servers/' }, { status: 409 });
  const dialog = await choose(list, 'Rename');
  button(dialog, 'Rename').click();
  await eventually(() => dialog.querySelector('[role="alert"]') !== null, 'the refusal is shown');
});

/** What the form needs cannot be had. */
export const NothingToChooseFrom = story(async (list, { cloud }) => {
  cloud.fail({ method: 'GET', path: '/flavors/detail' }, { status: 403 });
  await choose(list, 'Change size');
});

/** A size that waits to be confirmed stands out on the row. */
export const WaitsToBeConfirmed = story(async (list, { cloud, session }) => {
  const server = [...(cloud.state.regions[0]?.servers.values() ?? [])].find(({ name }) => name === 'web-1');
  if (server) {
    Object.assign(server, { vmState: 'resized', updated: cloud.state.now() });
    await list.refresh();
  }
  await eventually(
    () => session !== undefined && text(list.renderRoot.querySelector('tbody')).includes('Confirm size'),
    'it is called to attention',
  );
});
