import { expect, html } from '@open-wc/testing';
import type { ExoInstanceList } from '../../../src/elements/instance-list/instance-list.js';
import { eventually, signedIn, type StoryCloud } from '../../../stories/cloud.js';
import { bar, box, button, collect, details, keyboard, names, row, rows, search, server, show, showRows, shiftClick, textOf } from './list.js'; // prettier-ignore

/** A list in a box that scrolls, all pages there, sorted by name. */
async function boxed(story: StoryCloud, count: number): Promise<{ list: ExoInstanceList; box: HTMLElement }> {
  const list = await showRows(
    story,
    html`<div><exo-instance-list .session=${story.session}></exo-instance-list></div>`,
  );
  const box = list.parentElement;
  if (!box) throw new Error('the list has no box');
  box.style.setProperty('overflow', 'auto');
  box.style.setProperty('block-size', '400px');
  await allThere(list, count);
  button(list.renderRoot.querySelector('th.name'), 'Name').click();
  await settled(list);
  return { list, box };
}

/** Rows beyond the edge come a frame after those that can be seen. */
async function settled(list: ExoInstanceList): Promise<void> {
  await list.updateComplete;
  const seen = (): string =>
    rows(list)
      .map((each) => each.dataset['row'])
      .join();
  for (let still = 0, before = ''; still < 5;) {
    await new Promise(requestAnimationFrame);
    still = before === seen() ? still + 1 : 0;
    before = seen();
  }
}

const allThere = (list: ExoInstanceList, count: number) =>
  eventually(
    () => list.renderRoot.querySelector('table')?.getAttribute('aria-rowcount') === String(count + 1),
    'all pages are there',
  );

const inSight = (list: ExoInstanceList, box: HTMLElement): HTMLElement | undefined => {
  const { top, bottom } = box.getBoundingClientRect();
  return rows(list).find((each) => {
    const at = each.getBoundingClientRect();
    return at.top >= top && at.bottom <= bottom;
  });
};

const atRow = (list: ExoInstanceList, index: number): HTMLElement | null =>
  list.renderRoot.querySelector(`tr[aria-rowindex="${String(index)}"]`);

describe('a list of very many instances', () => {
  it('has only the rows near the screen in its tree, wherever it is scrolled', async () => {
    const { list, box } = await boxed(await signedIn({ servers: 1500 }), 1500);
    expect(rows(list).length).to.be.lessThan(80);
    expect(rows(list)[0]?.getAttribute('aria-rowindex')).to.equal('2');
    for (const share of [0.5, 1, 0.25]) {
      box.scrollTop = share * box.scrollHeight;
      await eventually(() => inSight(list, box) !== undefined, `rows are in sight at ${String(share)}`);
      expect(rows(list).length).to.be.lessThan(80);
    }
    box.scrollTop = box.scrollHeight;
    await eventually(() => atRow(list, 1501) !== null, 'the last row is there');
    await eventually(() => {
      box.scrollTop = box.scrollHeight;
      const last = atRow(list, 1501)?.getBoundingClientRect();
      return last !== undefined && last.bottom <= box.getBoundingClientRect().bottom + 2;
    }, 'the last row is in sight');
  });

  it('works on the scroll of the page, too', async () => {
    const list = await showRows(await signedIn({ servers: 300 }));
    await allThere(list, 300);
    expect(rows(list).length).to.be.lessThan(100);
    // The page grows where rows turn out to be higher than was guessed.
    await eventually(() => {
      scrollTo(0, document.documentElement.scrollHeight);
      return atRow(list, 301) !== null;
    }, 'the last row is there');
    expect(atRow(list, 2) === null).to.equal(true);
    scrollTo(0, 0);
    await eventually(() => atRow(list, 2) !== null, 'the first row is there again');
  });

  it('keeps the row that has the keyboard, its neighbours for Tab, and its place when it is scrolled away', async () => {
    const { list, box } = await boxed(await signedIn({ servers: 400 }), 400);
    const name = names(list)[3] ?? '';
    const open = button(row(list, name), name);
    open.focus();
    // Safari brings what has just got the keyboard into sight a moment later.
    await settled(list);
    box.scrollTop = box.scrollHeight / 2;
    await eventually(() => Number(rows(list).at(-1)?.getAttribute('aria-rowindex')) > 150, 'it has scrolled');
    expect(list.shadowRoot?.activeElement === open).to.equal(true);
    expect(open.isConnected).to.equal(true);
    expect(atRow(list, 4) !== null && atRow(list, 6) !== null).to.equal(true);
    expect(atRow(list, 8) === null).to.equal(true);
    open.blur();
    await list.refresh();
    await eventually(() => !open.isConnected, 'nobody has it in hand any more');
  });

  it('leaves a menu open whose row is scrolled out of the tree', async () => {
    const { list, box } = await boxed(await signedIn({ servers: 400 }), 400);
    const name = names(list)[3] ?? '';
    button(row(list, name), `Actions for ${name}`).click();
    const items = () => list.renderRoot.querySelectorAll('[role="menuitem"]').length;
    await eventually(() => items() > 3, 'the menu is open');
    box.scrollTop = box.scrollHeight / 2;
    await eventually(() => Number(rows(list).at(-1)?.getAttribute('aria-rowindex')) > 150, 'it has scrolled');
    expect(items()).to.be.greaterThan(3);
  });

  it('goes from row to row with the arrow keys, and to either end', async () => {
    const { list } = await boxed(await signedIn({ servers: 400 }), 400);
    const [first, second] = names(list);
    const press = (key: string) => {
      list.shadowRoot?.activeElement?.dispatchEvent(
        new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true }),
      );
    };
    button(row(list, first ?? ''), first ?? '').focus();
    press('ArrowDown');
    await eventually(() => keyboard(list) === second, 'the next name has the keyboard');
    press('End');
    await eventually(() => list.shadowRoot?.activeElement?.closest('tr')?.getAttribute('aria-rowindex') === '401', 'the last row has it'); // prettier-ignore
    press('ArrowUp');
    await eventually(() => list.shadowRoot?.activeElement?.closest('tr')?.getAttribute('aria-rowindex') === '400', 'the one before has it'); // prettier-ignore
    press('Home');
    await eventually(() => keyboard(list) === first, 'the first row has it');
  });

  it('selects over rows that are not in the tree', async () => {
    const { list, box: scroller } = await boxed(await signedIn({ servers: 400 }), 400);
    const selections = collect(list, 'exo-instance-select');
    box(list, names(list)[1] ?? '').click();
    scroller.scrollTop = scroller.scrollHeight / 2;
    await eventually(() => atRow(list, 3) === null, 'it has scrolled');
    const later = rows(list).at(-1)?.querySelector<HTMLInputElement>('.tick input');
    const index = Number(rows(list).at(-1)?.getAttribute('aria-rowindex'));
    if (!later) throw new Error('the row has no box');
    shiftClick(later);
    await list.updateComplete;
    // From the third row of the table, whose first is its head.
    const count = index - 2;
    expect(count).to.be.greaterThan(150);
    expect(list.selectedIds.length).to.equal(count);
    expect(selections.at(-1)?.detail.ids.length).to.equal(count);
    expect(textOf(bar(list)?.querySelector('strong'))).to.equal(`${String(count)} selected`);
    list.renderRoot.querySelector<HTMLElement>('#select-all')?.click();
    await list.updateComplete;
    expect(list.selectedIds.length).to.equal(400);
  });

  it('finds what is not in the tree', async () => {
    const story = await signedIn({ servers: 400 });
    const { list } = await boxed(story, 400);
    scrollTo(0, 0);
    const hidden = [...(story.cloud.state.regions[0]?.servers.values() ?? [])].find(
      ({ name }) => !names(list).includes(name),
    );
    search(list, hidden?.id ?? '-');
    await eventually(() => rows(list).length === 1, 'one row is left');
    expect(names(list)[0]).to.equal(hidden?.name);
  });

  it('measures rows: one with its details open has its room when it is out of the tree', async () => {
    const { list, box } = await boxed(await signedIn({ servers: 400 }), 400);
    // No text needs a second line: all rows are as high as the others.
    box.style.setProperty('inline-size', '1800px');
    await settled(list);
    const name = names(list)[2] ?? '';
    button(row(list, name), name).click();
    await eventually(() => details(list, name) !== null, 'the details are open');
    expect(details(list, name)?.getAttribute('aria-rowindex')).to.equal('5');
    expect(atRow(list, 6)?.getAttribute('data-row')).to.equal(rows(list)[3]?.dataset['row']);
    const height = list.getBoundingClientRect().height;
    const room = details(list, name)?.getBoundingClientRect().height ?? 0;
    expect(room).to.be.greaterThan(40);
    button(row(list, name), name).blur();
    box.scrollTop = box.scrollHeight / 2;
    await eventually(() => atRow(list, 5) === null, 'it is out of the tree');
    // What rows out of sight measure is guessed from those that were seen, to fractions of a pixel each.
    expect(Math.abs(list.getBoundingClientRect().height - height)).to.be.at.most(room / 4);
  });

  it('keeps what is in sight where it is while rows above come and go', async () => {
    const story = await signedIn({ servers: 400 });
    const { list, box } = await boxed(story, 400);
    box.scrollTop = 6000;
    await eventually(() => inSight(list, box) !== undefined && atRow(list, 2) === null, 'it has scrolled');
    await settled(list);
    const seen = inSight(list, box);
    const place = seen?.getBoundingClientRect().top ?? 0;
    // A jump ends where it was to end.
    expect(Math.abs(box.scrollTop - 6000)).to.be.lessThan(400);
    Object.assign(server(story, names(list).at(-1) ?? ''), { taskState: 'powering-off' });
    await list.refresh();
    await list.updateComplete;
    expect(seen?.isConnected).to.equal(true);
    expect(Math.abs((seen?.getBoundingClientRect().top ?? 0) - place)).to.be.at.most(1);
  });

  it('shows an empty page of a hidden list without asking where it is', async () => {
    const story = await signedIn({ servers: 100 });
    const list = await show(
      story,
      html`<exo-instance-list hidden .session=${story.session}></exo-instance-list>`,
    );
    list.hidden = false;
    await allThere(list, 100);
    await eventually(() => rows(list).length > 10, 'rows are there when it is shown');
  });
});
