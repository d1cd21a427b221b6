import { expect } from '@open-wc/testing';
import { eventually, signedIn } from '../../../stories/cloud.js';
import {
  bar,
  box,
  button,
  collect,
  details,
  hasActing,
  later,
  menuItem,
  menuItems,
  names,
  row,
  rows,
  server,
  show,
  showAtFirst,
  showRows,
  statusOf,
  textOf,
} from './list.js';

const demo = () => signedIn({ seed: 'demo' });

const noFile = () => Promise.reject(new TypeError('Failed to fetch dynamically imported module'));

describe('what acts on instances', () => {
  it('is loaded by the first thing that is done, and does it', async () => {
    const list = await showAtFirst(await demo());
    await eventually(() => rows(list).length > 0, 'rows are shown');
    expect(hasActing(list)).to.equal(false);
    button(row(list, 'web-1'), 'web-1').click();
    await eventually(() => details(list, 'web-1') !== null, 'the details are there');
    box(list, 'web-1').click();
    await eventually(() => textOf(bar(list)?.querySelector('strong')) === '1 selected', 'the bar is there');
  });

  it('opens the menu that was asked for before it was there', async () => {
    const list = await showAtFirst(await demo());
    await eventually(() => rows(list).length > 0, 'rows are shown');
    await menuItem(list, 'web-1', 'Stop');
    expect(button(row(list, 'web-1'), 'Actions for web-1').getAttribute('aria-expanded')).to.equal('true');
  });

  it('says where it could not be loaded, and does what was wanted by the retry', async () => {
    const list = await showAtFirst(await demo());
    await eventually(() => rows(list).length > 0, 'rows are shown');
    const { loadActing } = list;
    list.loadActing = noFile;
    button(row(list, 'web-1'), 'Actions for web-1').click();
    await eventually(() => details(list, 'web-1') !== null, 'it is said at the row');
    expect(menuItems(list).length).to.equal(0);
    box(list, 'matlab-license').click();
    const bars = () => list.renderRoot.querySelectorAll('[part~="notice"]').length;
    await eventually(() => bars() === 2, 'it is said of the selection');
    list.loadActing = loadActing;
    button(details(list, 'web-1'), 'Try again').click();
    await eventually(() => menuItems(list).length > 3, 'the menu is open');
    expect(details(list, 'web-1') === null).to.equal(true);
    await eventually(() => bar(list) !== null, 'the bar is there');
  });
});

describe('the menu of a row', () => {
  it('leads to the parts of an instance that the page shows', async () => {
    const list = await showRows(await demo());
    const opened = collect(list, 'exo-instance-open');
    list.addEventListener('exo-instance-open', (event) => event.preventDefault());
    list.sections = 'connect console nothing-known';
    await list.updateComplete;
    const item = await menuItem(list, 'web-1', 'Console');
    expect(menuItems(list).slice(0, 2).map(textOf)).to.deep.equal(['Connect', 'Console']);
    item.click();
    expect(opened.map(({ detail }) => [detail.name, detail.section])).to.deep.equal([['web-1', 'console']]);
    button(row(list, 'web-1'), 'web-1').click();
    expect(opened.at(-1)?.detail.section).to.equal(undefined);
  });

  it('leads nowhere where the page shows nothing', async () => {
    const list = await showRows(await demo());
    await menuItem(list, 'web-1', 'Stop');
    expect(menuItems(list).some((item) => textOf(item) === 'Console')).to.equal(false);
  });
});

describe('an instance that vanishes', () => {
  it('stays a while as deleted elsewhere, and can neither be ticked nor acted on', async () => {
    const story = await demo();
    const list = await showRows(story);
    const count = rows(list).length;
    story.cloud.state.regions[0]?.servers.delete(server(story, 'web-1').id);
    await list.refresh();
    await list.updateComplete;
    expect(rows(list).length).to.equal(count);
    expect(statusOf(list, 'web-1')).to.contain('Deleted');
    expect(statusOf(list, 'web-1')).to.contain('Not from this list');
    expect(box(list, 'web-1').disabled).to.equal(true);
    expect(row(list, 'web-1').querySelector('[data-control="menu"]') === null).to.equal(true);
    expect(textOf(list.renderRoot.querySelector('.count'))).to.equal(String(count - 1));
    list.renderRoot.querySelector<HTMLElement>('#select-all')?.click();
    await list.updateComplete;
    expect(list.selectedIds.length).to.equal(count - 1);
  });

  it('is just gone where it was seen being deleted', async () => {
    const story = await demo();
    const list = await showRows(story);
    const gone = server(story, 'web-1');
    Object.assign(gone, { taskState: 'deleting' });
    await list.refresh();
    story.cloud.state.regions[0]?.servers.delete(gone.id);
    await list.refresh();
    await list.updateComplete;
    expect(names(list)).not.to.include('web-1');
  });
});

describe('what an instance costs', () => {
  it('has a column where the portal has prices, which sorts', async () => {
    const prices = { currency: 'EUR', perHour: { 'm3.small': 0.042, 'm3.quad': 0.2 } };
    const list = await showRows(await signedIn({ seed: 'demo', settings: { prices } }));
    expect(textOf(row(list, 'web-1').querySelector('.cost'))).to.equal('€0.042');
    const head = list.renderRoot.querySelector('th.cost');
    button(head, 'Cost per hour').click();
    await list.updateComplete;
    const costs = () => rows(list).map((each) => textOf(each.querySelector('.cost')));
    const known = costs().filter((text) => text !== '');
    expect(known).to.deep.equal([...known].sort());
    expect(costs().slice(0, known.length)).to.deep.equal(known);
  });

  it('has none where it has not', async () => {
    const list = await showRows(await demo());
    expect(list.renderRoot.querySelector('.cost') === null).to.equal(true);
  });
});

describe('deleted instances that the cloud still holds', () => {
  it('are found when somebody looks for them, and restored', async () => {
    const story = await demo();
    const gone = server(story, 'matlab-license');
    Object.assign(gone, { vmState: 'soft-delete', taskState: null });
    const list = await show(story);
    await eventually(() => rows(list).length > 0, 'rows are shown');
    expect(names(list)).not.to.include('matlab-license');
    button(list.renderRoot, 'Filters').click();
    const panel = () => list.renderRoot.querySelector('.restorable');
    await eventually(() => panel() !== null, 'the panel is open');
    button(panel(), 'Look for deleted instances to restore').click();
    await eventually(() => textOf(panel()).includes('matlab-license'), 'it is found');
    const asked = collect(list, 'exo-restore-request');
    button(panel(), 'Restore matlab-license').click();
    await eventually(() => !textOf(panel()).includes('Restore matlab-license'), 'it is taken back');
    expect(asked.map(({ detail }) => detail.names)).to.deep.equal([['matlab-license']]);
    await later(story, list);
    await eventually(() => names(list).includes('matlab-license'), 'its row is there');
  });

  it('are said to be none where there are none', async () => {
    const list = await showRows(await demo());
    button(list.renderRoot, 'Filters').click();
    const panel = () => list.renderRoot.querySelector('.restorable');
    await eventually(() => panel() !== null, 'the panel is open');
    button(panel(), 'Look for deleted instances to restore').click();
    await eventually(() => textOf(panel()).includes('There are none.'), 'it is said');
  });
});

describe('another one like an instance', () => {
  it('is offered where the page launches it, and tells the page what the instance is made of', async () => {
    const story = await demo();
    const list = await showRows(story);
    const wanted = collect(list, 'exo-launch-like');
    list.launchLike = true;
    list.sections = 'console';
    await list.updateComplete;
    const item = await menuItem(list, 'web-1', 'Launch another like this');
    expect(menuItems(list).slice(0, 2).map(textOf)).to.deep.equal(['Console', 'Launch another like this']);
    item.click();
    const { id, imageId, flavor } = server(story, 'web-1');
    const [detail] = wanted.map((event) => event.detail);
    expect(detail?.name).to.equal('web-1');
    expect(detail?.connection).to.equal(story.session.current?.id);
    expect(detail?.wish.like).to.equal(id);
    expect(detail?.wish.image).to.equal(imageId);
    expect(detail?.wish.size).to.equal(flavor.name);
    expect(Object.isFrozen(detail?.wish)).to.equal(true);
    expect(JSON.stringify(detail)).not.to.contain('metadata');
  });

  it('tells names and ids, and nothing of how it was prepared', async () => {
    const story = await signedIn({ seed: 'demo', prepared: true });
    const list = await showRows(story);
    const wanted = collect(list, 'exo-launch-like');
    list.launchLike = true;
    await list.updateComplete;
    (await menuItem(list, 'imaging-workshop', 'Launch another like this')).click();
    const [detail] = wanted.map((event) => event.detail);
    expect(detail?.wish.like).to.equal(server(story, 'imaging-workshop').id);
    expect(Object.isFrozen(detail?.wish.groups)).to.equal(true);
    expect(JSON.stringify(detail)).not.to.match(/exo[A-Z:]|tags|binder|metadata/);
  });

  it('is not offered where nobody would hear of it', async () => {
    const silent = await showRows(await demo());
    await menuItem(silent, 'web-1', 'Stop');
    expect(menuItems(silent).some((item) => textOf(item).includes('another'))).to.equal(false);
  });

  it('says why a reader cannot', async () => {
    const list = await showRows(await signedIn({ seed: 'demo', user: 'reader' }));
    list.launchLike = true;
    await list.updateComplete;
    const wanted = collect(list, 'exo-launch-like');
    const item = await menuItem(list, 'web-1', 'Launch another like this');
    expect(textOf(item)).to.contain('lets you look, but not change');
    item.click();
    expect(wanted).to.deep.equal([]);
  });
});
