import { expect, html } from '@open-wc/testing';
import { eventually, signedIn } from '../../../stories/cloud.js';
import {
  answer,
  box,
  button,
  dialog,
  keyboard,
  later,
  menuItem,
  menuItems,
  names,
  row,
  rows,
  said,
  server,
  showRows,
  statusOf,
} from './list.js';
import type { ExoInstanceList } from '../../../src/elements/instance-list/instance-list.js';
import type { StoryCloud } from '../../../stories/cloud.js';

const demo = () => signedIn({ seed: 'demo' });

/** Takes a server away; the list has seen that it is being deleted. */
async function vanish(list: ExoInstanceList, story: StoryCloud, name: string): Promise<void> {
  const gone = server(story, name);
  Object.assign(gone, { taskState: 'deleting' });
  await list.refresh();
  story.cloud.state.regions[0]?.servers.delete(gone.id);
}

/** What `read` gives once it has given the same in several frames. */
async function atRest(read: () => number): Promise<number> {
  for (let value = read(), still = 0; ;) {
    await new Promise(requestAnimationFrame);
    const now = read();
    still = now === value ? still + 1 : 0;
    if (still === 5) return now;
    value = now;
  }
}

describe('what the cloud changes while somebody works with the list', () => {
  it('moves neither the keyboard nor the selection nor the row in hand', async () => {
    const story = await demo();
    const list = await showRows(story);
    button(list.renderRoot.querySelector('th.name'), 'Name').click();
    await list.updateComplete;
    const before = names(list);
    const name = button(row(list, 'web-1'), 'web-1');
    box(list, 'web-1').click();
    name.focus();
    server(story, 'web-1').name = 'a-new-name';
    await list.refresh();
    await list.updateComplete;
    expect(names(list)).to.deep.equal(before.map((each) => (each === 'web-1' ? 'a-new-name' : each)));
    expect(list.shadowRoot?.activeElement === name).to.equal(true);
    expect(box(list, 'a-new-name').checked).to.equal(true);
    name.blur();
    await eventually(() => names(list)[0] === 'a-new-name', 'it is sorted once nobody has a row in hand');
  });

  it('keeps the keyboard on its button when rows are put into another order', async () => {
    const story = await demo();
    const list = await showRows(story);
    const open = button(row(list, 'web-1'), 'web-1');
    open.focus();
    const sort = list.renderRoot.querySelector<HTMLElement>('th.name button');
    sort?.click();
    await list.updateComplete;
    expect(names(list).at(-1)).to.equal('web-1');
    expect(list.shadowRoot?.activeElement === open).to.equal(true);
  });

  it('hands the keyboard on to the next row when the one that has it goes', async () => {
    const story = await demo();
    const list = await showRows(story);
    const [first, second] = names(list);
    button(row(list, first ?? ''), `Actions for ${first ?? ''}`).focus();
    await vanish(list, story, first ?? '');
    await list.refresh();
    await list.updateComplete;
    expect(names(list)[0]).to.equal(second);
    expect(keyboard(list)).to.equal(`Actions for ${second ?? ''}`);
    const last = names(list).at(-1) ?? '';
    button(row(list, last), last).focus();
    await vanish(list, story, last);
    await list.refresh();
    await list.updateComplete;
    const nowLast = names(list).at(-1) ?? '';
    expect(keyboard(list)).to.equal(nowLast);
  });

  it('does not lose the keyboard when the last row goes', async () => {
    const story = await signedIn({ servers: 1 });
    const list = await showRows(story);
    const only = names(list)[0] ?? '';
    button(row(list, only), only).focus();
    await vanish(list, story, only);
    await list.refresh();
    await list.updateComplete;
    expect(list.matches(':state(empty)')).to.equal(true);
    expect(keyboard(list)).to.equal('No instances yet');
  });

  it('leaves an open menu open', async () => {
    const story = await demo();
    const list = await showRows(story);
    const item = await menuItem(list, 'web-1', 'Stop');
    item.focus();
    await vanish(list, story, 'matlab-license');
    await list.refresh();
    await list.updateComplete;
    expect(rows(list).length).to.equal(4);
    expect(list.shadowRoot?.activeElement === item).to.equal(true);
    item.click();
    await answer(list, 'Stop');
    await eventually(() => statusOf(list, 'web-1').startsWith('Stopping'), 'the entry still works');
  });

  it('closes the menu of a row that is gone', async () => {
    const story = await demo();
    const list = await showRows(story);
    (await menuItem(list, 'web-1', 'Stop')).focus();
    await vanish(list, story, 'web-1');
    await list.refresh();
    await list.updateComplete;
    expect(menuItems(list).length).to.equal(0);
    expect(keyboard(list)).to.equal(`Actions for ${names(list)[0] ?? ''}`);
  });

  it('leaves an open question open, and afterwards the keyboard finds a place', async () => {
    const story = await demo();
    const list = await showRows(story);
    const stop = button(row(list, 'web-1'), 'Stop');
    stop.focus();
    stop.click();
    await eventually(() => dialog(list) !== null, 'it asks');
    await vanish(list, story, 'web-1');
    await list.refresh();
    await list.updateComplete;
    expect(dialog(list) === null).to.equal(false);
    await answer(list, 'Cancel');
    await eventually(() => keyboard(list) === `Actions for ${names(list)[0] ?? ''}`, 'the next row has it');
  });

  it('does not scroll', async () => {
    const story = await signedIn({ servers: 60 });
    const list = await showRows(
      story,
      html`<div><exo-instance-list .session=${story.session}></exo-instance-list></div>`,
    );
    const scroller = list.parentElement;
    scroller?.style.setProperty('overflow', 'auto');
    scroller?.style.setProperty('block-size', '400px');
    const shown = (): HTMLElement | null =>
      list.renderRoot.querySelector<HTMLElement>('tr[data-row][aria-rowindex="32"]');
    await eventually(() => {
      if (scroller) scroller.scrollTop = scroller.scrollHeight / 2;
      return shown() !== null;
    }, 'rows in the middle are rendered');
    const middle = shown();
    middle?.scrollIntoView({ block: 'center' });
    const place = (): number => middle?.getBoundingClientRect().top ?? 0;
    // Rows get their real height when they first come into view.
    const at = await atRest(place);
    await vanish(list, story, names(list).at(-1) ?? '');
    Object.assign(server(story, names(list)[1] ?? ''), { taskState: 'powering-off' });
    await list.refresh();
    await list.updateComplete;
    expect(Math.abs((await atRest(place)) - at)).to.be.at.most(1);
  });

  it('renders only the rows that differ', async () => {
    const story = await signedIn({ servers: 40 });
    const list = await showRows(story);
    const changed: Node[] = [];
    const observer = new MutationObserver((records) => {
      for (const { target } of records) changed.push(target);
    });
    for (const each of rows(list)) {
      observer.observe(each, { subtree: true, childList: true, characterData: true, attributes: true });
    }
    const one = names(list)[5] ?? '';
    Object.assign(server(story, one), { taskState: 'powering-off' });
    await list.refresh();
    await list.updateComplete;
    for (const { target } of observer.takeRecords()) changed.push(target);
    observer.disconnect();
    expect(changed.length).to.be.greaterThan(0);
    const touched = new Set(
      changed.map((node) => (node instanceof Element ? node : node.parentElement)?.closest('tr')),
    );
    expect([...touched].map((each) => each?.dataset['row'])).to.deep.equal([row(list, one).dataset['row']]);
  });
});

describe('what is said aloud', () => {
  it('is a new status, once, and no step in between', async () => {
    const story = await signedIn({ servers: 3 });
    const list = await showRows(story);
    const one = names(list)[0] ?? '';
    Object.assign(server(story, one), { vmState: 'building', taskState: 'networking' });
    await list.refresh();
    await list.updateComplete;
    expect(said(list)).to.equal(`${one}: Building`);
    Object.assign(server(story, one), { taskState: 'spawning' });
    await list.refresh();
    await list.updateComplete;
    expect(said(list)).to.equal(`${one}: Building`);
    Object.assign(server(story, one), { vmState: 'active', taskState: null });
    await later(story, list, 0);
    expect(said(list)).to.contain(`${one}: Active`);
  });

  it('is a number when much has changed at once', async () => {
    const story = await signedIn({ servers: 12 });
    const list = await showRows(story);
    for (const name of names(list)) Object.assign(server(story, name), { vmState: 'paused' });
    await list.refresh();
    await list.updateComplete;
    expect(said(list)).to.equal('12 instances changed');
  });
});
