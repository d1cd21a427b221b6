import { expect, fixture, html } from '@open-wc/testing';
import '../../../src/elements/exo-instance-list.js';
import type { ExoInstanceList } from '../../../src/elements/instance-list/instance-list.js';
import type { Connection } from '../../../src/session/connection.js';
import type { Session } from '../../../src/session/session.js';
import {
  alsoSignIn,
  eventually,
  signedIn,
  signedInTwice,
  twoClouds,
  type StoryClouds,
} from '../../../stories/cloud.js';
import { hasActing } from './list.js';

async function all(session: Session, scope = 'all'): Promise<ExoInstanceList> {
  const list = await fixture<ExoInstanceList>(
    html`<exo-instance-list scope=${scope} .session=${session}></exo-instance-list>`,
  );
  await eventually(
    () => list.matches(':is(:state(ready), :state(failed), :state(empty))') && !skeletons(list),
    'the list was there',
  );
  list.dispatchEvent(new Event('pointerover'));
  await eventually(() => hasActing(list), 'what acts is loaded');
  return list;
}

const skeletons = (list: ExoInstanceList) => list.renderRoot.querySelector('.skeleton-line') !== null;
const rows = (list: ExoInstanceList) => [
  ...list.renderRoot.querySelectorAll<HTMLElement>('tbody > tr[data-row]:not(.details)'),
];
const text = (row: Element | undefined, part: string) =>
  row?.querySelector(part)?.textContent.replace(/\s+/g, ' ').trim();
const places = (list: ExoInstanceList) => [...new Set(rows(list).map((row) => text(row, '.where')))].sort();
const heads = (list: ExoInstanceList) =>
  [...list.renderRoot.querySelectorAll('thead .sort')].map((head) => head.textContent.trim());

function row(list: ExoInstanceList, name: string, where: string): HTMLElement {
  const found = rows(list).find((each) => text(each, '.open') === name && text(each, '.where') === where);
  if (!found) throw new Error(`there is no ${name} at ${where}`);
  return found;
}

function connectionAt({ session }: Pick<StoryClouds, 'session'>, cloudName: string): Connection {
  const found = session.connections.find((each) => each.cloudName === cloudName);
  if (!found) throw new Error(`nobody is signed in at ${cloudName}`);
  return found;
}

const button = (root: ParentNode | null | undefined, name: string) => {
  const found = [...(root?.querySelectorAll('button') ?? [])].find(
    (each) => (each.ariaLabel ?? each.textContent).trim() === name,
  );
  if (!found) throw new Error(`there is no button ${name}`);
  return found;
};

const statusAt = (cloud: StoryClouds['lakeside'], name: string) =>
  [...(cloud.state.regions[0]?.servers.values() ?? [])].find((server) => server.name === name)?.vmState;

describe('<exo-instance-list scope="all">', () => {
  it('shows both clouds in one table, with the column in which they differ', async () => {
    const { session } = await signedInTwice();
    const list = await all(session);
    expect(heads(list)).to.include('Cloud');
    expect(heads(list)).not.to.include('Project');
    expect(heads(list)).not.to.include('Region');
    expect(places(list)).to.deep.equal(['Hillside Cloud', 'Lakeside Cloud']);
    await expect(list).to.be.accessible();
  });

  it('keeps equal ids of two clouds apart: the action goes to its own row', async () => {
    const made = await signedInTwice();
    const { session, lakeside, hillside } = made;
    const ids = (cloud: typeof lakeside) => [...(cloud.state.regions[0]?.servers.keys() ?? [])];
    expect(ids(lakeside)).to.deep.equal(ids(hillside));
    const list = await all(session);
    expect(new Set(rows(list).map(({ dataset }) => dataset['row'])).size).to.equal(ids(lakeside).length * 2);
    const told: unknown[] = [];
    list.addEventListener('exo-instance-action', ({ detail }) => told.push(detail.connection));
    button(row(list, 'teaching-notebooks', 'Hillside Cloud'), 'Start').click();
    await eventually(() => told.length === 1, 'the cloud has answered');
    expect(told).to.deep.equal([connectionAt(made, 'Hillside Cloud').id]);
    expect(statusAt(lakeside, 'teaching-notebooks')).to.equal('stopped');
    hillside.advance(5000);
    expect(statusAt(hillside, 'teaching-notebooks')).to.equal('active');
  });

  it('names the place in the confirmation', async () => {
    const { session, lakeside, hillside } = await signedInTwice();
    const list = await all(session);
    const name = 'teaching-notebooks';
    button(row(list, name, 'Hillside Cloud'), `Actions for ${name}`).click();
    const items = (): HTMLElement[] => [
      ...list.renderRoot.querySelectorAll<HTMLElement>('[role="menuitem"]'),
    ];
    await eventually(() => items().length > 0, 'the menu is there');
    items()
      .find((item) => item.textContent.includes('Delete'))
      ?.click();
    await eventually(() => list.renderRoot.querySelector('dialog[open]') !== null, 'it asks');
    const dialog = list.renderRoot.querySelector('dialog');
    expect(dialog?.textContent).to.contain('In demo · Hillside Cloud.');
    button(dialog, 'Delete').click();
    await eventually(() => {
      hillside.advance(1000);
      return [undefined, 'deleted'].includes(statusAt(hillside, name));
    }, 'it is gone there');
    expect(statusAt(lakeside, name)).to.equal('stopped');
  });

  it('selects over both, and acts on each where it is', async () => {
    const { session, lakeside, hillside } = await signedInTwice();
    const list = await all(session);
    const selected: { ids: readonly string[]; connections: readonly string[] }[] = [];
    list.addEventListener('exo-instance-select', ({ detail }) => selected.push(detail));
    for (const where of ['Lakeside Cloud', 'Hillside Cloud'])
      row(list, 'teaching-notebooks', where).querySelector<HTMLElement>('input')?.click();
    await list.updateComplete;
    const last = selected.at(-1);
    expect(last?.ids.length).to.equal(2);
    expect(new Set(last?.ids).size, 'the clouds know it by the same id').to.equal(1);
    expect(new Set(last?.connections).size).to.equal(2);
    expect(list.selectedIds).to.deep.equal(last?.ids);
    button(list.renderRoot.querySelector('.bulk'), 'Start').click();
    await eventually(() => {
      lakeside.advance(1000);
      hillside.advance(1000);
      return [lakeside, hillside].every((cloud) => statusAt(cloud, 'teaching-notebooks') === 'active');
    }, 'both were started');
  });

  it('shows one cloud while the other is down, with a way to try again', async () => {
    const made = await signedInTwice();
    made.hillside.fail({ path: '/compute/', times: Infinity }, { status: 503 });
    const list = await all(made.session);
    expect(places(list)).to.deep.equal(['Lakeside Cloud']);
    await eventually(() => list.renderRoot.querySelector('.notice') !== null, 'the notice was there');
    expect(list.matches(':state(ready)')).to.equal(true);
    expect(list.matches(':state(stale)')).to.equal(true);
    const notice = list.renderRoot.querySelector('.notice');
    expect(notice?.textContent).to.contain('demo · Hillside Cloud');
    made.hillside.clearFaults();
    button(notice, 'Try again').click();
    await eventually(() => places(list).includes('Hillside Cloud'), 'it is back');
    await eventually(() => list.renderRoot.querySelector('.notice') === null, 'the notice is gone');
  });

  it('says of each what is wrong when all are down', async () => {
    // What a service that is down is asked, it is asked again first.
    const made = await signedInTwice();
    for (const cloud of [made.lakeside, made.hillside])
      cloud.fail({ path: '/compute/', times: Infinity }, { status: 503 });
    const list = await all(made.session);
    expect(list.matches(':state(failed)')).to.equal(true);
    expect(list.renderRoot.querySelectorAll('.notice').length).to.equal(2);
  });

  it('lets one look here and act there', async () => {
    const made = twoClouds({ lakeside: { seed: 'demo' }, hillside: { seed: 'demo' } });
    await alsoSignIn(made.session, made.lakeside.authUrl, 'reader');
    await alsoSignIn(made.session, made.hillside.authUrl);
    const list = await all(made.session);
    const start = (where: string) => button(row(list, 'teaching-notebooks', where), 'Start');
    expect(start('Lakeside Cloud').ariaDisabled).to.equal('true');
    expect(start('Hillside Cloud').ariaDisabled).not.to.equal('true');
  });

  it('forgets what was selected in a project that is closed, and says nothing of deletions', async () => {
    const made = await signedInTwice();
    const list = await all(made.session);
    for (const where of ['Lakeside Cloud', 'Hillside Cloud'])
      row(list, 'teaching-notebooks', where).querySelector<HTMLElement>('input')?.click();
    made.session.close(connectionAt(made, 'Hillside Cloud'));
    await eventually(() => list.selectedIds.length === 1, 'one is left');
    await list.updateComplete;
    expect(places(list)).to.deep.equal([undefined]);
    expect(list.renderRoot.querySelector('.overlays')?.textContent).not.to.contain('Deleted');
  });

  it('asks as much for ten lists as for one', async () => {
    const made = await signedInTwice();
    const counts = () => [made.lakeside.requestCount, made.hillside.requestCount];
    await all(made.session);
    const [one = 0, two = 0] = counts();
    const lists = await Promise.all(Array.from({ length: 10 }, () => all(made.session)));
    expect(lists.length).to.equal(10);
    expect(counts()).to.deep.equal([one, two]);
  });
});

describe('<exo-instance-list scope="…">', () => {
  it('shows one connection whatever is current', async () => {
    const { session, hillside } = await signedInTwice();
    const list = await all(session, `${new URL(hillside.origin).host}/demo`);
    expect(list.connection?.cloudName).to.equal('Hillside Cloud');
    const there = session.connections.find((each) => each.cloudName === 'Hillside Cloud');
    if (there) session.use(there);
    await list.updateComplete;
    expect(list.connection?.cloudName).to.equal('Hillside Cloud');
  });

  it('never mixes the rows of two projects while one goes from one to the other', async () => {
    const { cloud, session } = await signedIn({ seed: 'demo' });
    const list = await all(session, 'current');
    expect(rows(list).length).to.be.greaterThan(0);
    const research = session.logins[0]?.projects.find(({ name }) => name === 'research');
    if (!research) throw new Error('there is no such project');
    const answer = cloud.hold({ path: '/servers/detail' });
    const going = session.selectProject(research.id);
    await eventually(() => list.connection?.project.name === 'research', 'the other project is shown');
    await list.updateComplete;
    expect(rows(list).map((each) => text(each, '.open'))).to.deep.equal([]);
    answer();
    await eventually(() => list.matches(':state(empty)'), 'the other project is empty');
    await going;
    expect(rows(list).map((each) => text(each, '.open'))).to.deep.equal([]);
  });
});
