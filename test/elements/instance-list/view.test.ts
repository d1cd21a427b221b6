import { expect, html } from '@open-wc/testing';
import type { ExoInstanceList } from '../../../src/elements/instance-list/instance-list.js';
import { eventually, signedIn, type StoryCloud } from '../../../stories/cloud.js';
import { button, names, row, rows, server, showRows, textOf } from './list.js';

const KEY = 'exo.instance-list.test';

const demo = () => signedIn({ seed: 'demo', settings: { persist: 'tab' } });

const listOf = ({ session }: StoryCloud, inUrl = false) =>
  html`<exo-instance-list .session=${session} view-name="test" ?view-in-url=${inUrl}></exo-instance-list>`;

async function open(list: ExoInstanceList, label: RegExp, part: string): Promise<HTMLElement> {
  [...list.renderRoot.querySelectorAll<HTMLElement>('.tools button')]
    .find((each) => label.test(each.getAttribute('aria-label') ?? ''))
    ?.click();
  const found = () => list.renderRoot.querySelector<HTMLElement>(`[part="${part}"]`);
  await eventually(() => found() !== null, `${part} are there`);
  const panel = found();
  if (!panel) throw new Error('it went again');
  return panel;
}

function check(panel: HTMLElement, label: RegExp): HTMLInputElement {
  const found = [...panel.querySelectorAll('label')].find((each) => label.test(textOf(each)));
  const input = found?.querySelector('input');
  if (!input) throw new Error(`there is no ${label.source} in ${textOf(panel)}`);
  return input;
}

const heads = (list: ExoInstanceList): string[] =>
  [...list.renderRoot.querySelectorAll('thead th:not(.do)')].map((each) => textOf(each));

describe('how somebody looks at the list', () => {
  afterEach(() => {
    localStorage.removeItem(KEY);
    history.replaceState(null, '', location.pathname + location.search);
  });

  it('is narrowed down by what instances have, with counts', async () => {
    const story = await demo();
    Object.assign(server(story, 'web-1'), { tags: ['course'] });
    const list = await showRows(story, listOf(story));
    const panel = await open(list, /^Filters/, 'filters');
    expect(textOf(panel)).to.contain('course (1)');
    check(panel, /^course/).click();
    await list.updateComplete;
    expect(names(list)).to.deep.equal(['web-1']);
    const ticked = [...panel.querySelectorAll<HTMLInputElement>(':checked')];
    expect(ticked.map((each) => textOf(each.parentElement))).to.deep.equal(['course (1)']);
    expect(button(list.renderRoot, 'Filters (1)').getAttribute('aria-expanded')).to.equal('true');
    button(panel, 'Clear all').click();
    await list.updateComplete;
    expect(rows(list).length).to.equal(5);
  });

  it('calls people by the names that the portal knows', async () => {
    const story = await demo();
    const grace = 'f'.repeat(32);
    Object.assign(server(story, 'web-1'), { userId: grace });
    story.session.configure({ people: { [grace]: 'Grace Hopper' } });
    const list = await showRows(story, listOf(story));
    list.columns = 'name creator';
    await eventually(() => textOf(row(list, 'web-1')).includes('Grace Hopper'), 'the column has the name');
    const panel = await open(list, /^Filters/, 'filters');
    check(panel, /^Grace Hopper \(1\)/).click();
    await list.updateComplete;
    expect(names(list)).to.deep.equal(['web-1']);
  });

  it('has the columns that were chosen, in the order chosen, and remembers them', async () => {
    const story = await demo();
    const list = await showRows(story, listOf(story));
    const panel = await open(list, /^View/, 'view');
    check(panel, /^Tags/).click();
    await list.updateComplete;
    expect(check(panel, /^Tags/).checked).to.equal(true);
    expect(panel.querySelectorAll('.columns :checked').length).to.equal(7);
    check(panel, /^Age/).click();
    await list.updateComplete;
    button(panel, 'Move Tags forward').click();
    await list.updateComplete;
    const chosen = ['Name', 'Status', 'Addresses', 'Size', 'Tags', 'Image'];
    expect(heads(list)).to.deep.equal(chosen);
    list.remove();
    const again = await showRows(story, listOf(story));
    expect(heads(again)).to.deep.equal(chosen);
    const panelAgain = await open(again, /^View/, 'view');
    button(panelAgain, 'Back to the usual view').click();
    await again.updateComplete;
    expect(heads(again).length).to.equal(6);
    expect(localStorage.getItem(KEY)).to.equal(null);
  });

  it('is saved under a name, shown again, and forgotten', async () => {
    const story = await demo();
    const list = await showRows(story, listOf(story));
    const panel = await open(list, /^View/, 'view');
    check(panel, /^Compact/).click();
    await list.updateComplete;
    const input = panel.querySelector<HTMLInputElement>('.save input');
    if (input) input.value = 'Small';
    button(panel, 'Save this view').click();
    await list.updateComplete;
    check(panel, /^Comfortable/).click();
    await list.updateComplete;
    expect(list.renderRoot.querySelector('.compact')).to.equal(null);
    button(panel, 'Small').click();
    await list.updateComplete;
    expect(list.renderRoot.querySelector('.compact') === null).to.equal(false);
    button(panel, 'Forget Small').click();
    await list.updateComplete;
    expect(textOf(panel)).not.to.contain('Small');
  });

  it('stands in the address where the page wants it, and is read from there', async () => {
    history.replaceState(null, '', '#instances');
    const story = await demo();
    const list = await showRows(story, listOf(story, true));
    button(list.renderRoot.querySelector('th.name'), 'Name').click();
    await list.updateComplete;
    expect(location.hash).to.equal('#instances&test=sort%3Dname');
    location.hash = '#instances&test=sort%3D-name';
    await eventually(() => names(list)[0] === 'web-1', 'it is the other way round');
  });

  it('is not remembered where the session keeps nothing', async () => {
    const story = await signedIn({ seed: 'demo' });
    const list = await showRows(story, listOf(story));
    button(list.renderRoot.querySelector('th.name'), 'Name').click();
    await list.updateComplete;
    expect(localStorage.getItem(KEY)).to.equal(null);
  });

  it('finds by cloud and project, too', async () => {
    const story = await demo();
    const list = await showRows(story, listOf(story));
    const input = list.renderRoot.querySelector<HTMLInputElement>('input[type="search"]');
    if (!input) throw new Error('there is no search box');
    input.value = 'lakeside';
    input.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await list.updateComplete;
    expect(rows(list).length).to.equal(5);
  });
});
