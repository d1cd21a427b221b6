import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { eventually, signedIn } from '../../../stories/cloud.js';
import {
  answer,
  bar,
  box,
  button,
  collect,
  details,
  dialog,
  keyboard,
  later,
  menuItem,
  menuItems,
  names,
  reasonOf,
  row,
  rows,
  server,
  shiftClick,
  showRows,
  statusOf,
  textOf,
} from './list.js';

const demo = () => signedIn({ seed: 'demo' });

describe('an action on one instance', () => {
  it('starts at once, shows it, and tells the page how it went', async () => {
    const story = await demo();
    const list = await showRows(story);
    const asked = collect(list, 'exo-start-request');
    const done = collect(list, 'exo-instance-action');
    button(row(list, 'teaching-notebooks'), 'Start').click();
    await eventually(() => statusOf(list, 'teaching-notebooks') === 'Starting', 'it is shown at once');
    expect(button(row(list, 'teaching-notebooks'), 'Start').getAttribute('aria-disabled')).to.equal('true');
    await eventually(() => done.length === 1, 'the cloud has answered');
    const id = row(list, 'teaching-notebooks').dataset['row'];
    expect(asked[0]?.detail).to.deep.equal({
      action: 'start',
      ids: [id],
      connections: [list.connection?.id],
      names: ['teaching-notebooks'],
    });
    expect(done[0]?.detail).to.deep.equal({
      action: 'start',
      id,
      connection: list.connection?.id,
      name: 'teaching-notebooks',
      ok: true,
      kind: undefined,
    });
    await later(story, list);
    expect(statusOf(list, 'teaching-notebooks')).to.equal('Active');
    expect(server(story, 'teaching-notebooks').vmState).to.equal('active');
  });

  it('asks before it stops, naming the thing and the consequence', async () => {
    const story = await demo();
    const list = await showRows(story);
    const done = collect(list, 'exo-instance-action');
    button(row(list, 'web-1'), 'Stop').click();
    const asked = await answer(list, 'Cancel');
    expect(asked).to.contain('Stop “web-1”?');
    expect(asked).to.contain('Disk and addresses stay');
    expect(server(story, 'web-1').taskState).to.equal(null);
    button(row(list, 'web-1'), 'Stop').click();
    await answer(list, 'Stop');
    await eventually(() => statusOf(list, 'web-1').startsWith('Stopping'), 'it is stopping');
    await eventually(() => done.length === 1, 'the cloud has accepted it');
    await later(story, list);
    expect(statusOf(list, 'web-1')).to.equal('Stopped');
  });

  it('says that its question could not be loaded, and asks when tried again', async () => {
    const story = await demo();
    const list = await showRows(story);
    const { loadConfirm } = list;
    list.loadConfirm = () => Promise.reject(new TypeError('Failed to fetch dynamically imported module'));
    button(row(list, 'web-1'), 'Stop').click();
    await eventually(() => list.renderRoot.querySelector('.panel [role="alert"]') !== null, 'it says so');
    expect(dialog(list) === null).to.equal(true);
    list.loadConfirm = loadConfirm;
    button(list.renderRoot.querySelector('.panel'), 'Try again').click();
    expect(await answer(list, 'Cancel')).to.contain('Stop “web-1”?');
    expect(server(story, 'web-1').taskState).to.equal(null);
  });

  it('asks once however often it is pressed while the question is on its way', async () => {
    const list = await showRows(await demo());
    const { loadConfirm } = list;
    let come = (): void => undefined;
    const way = new Promise<void>((resolve) => (come = resolve));
    list.loadConfirm = () => way.then(loadConfirm);
    button(row(list, 'web-1'), 'Stop').click();
    button(row(list, 'web-1'), 'Stop').click();
    come();
    await eventually(() => dialog(list) !== null, 'it asks');
    expect(list.renderRoot.querySelectorAll('dialog').length).to.equal(1);
    await answer(list, 'Cancel');
    await eventually(
      () => list.renderRoot.querySelector('dialog') === null,
      'no second one stands behind it',
    );
  });

  it('says what goes with a deleted instance and what stays, then deletes it', async () => {
    const story = await demo();
    const list = await showRows(story);
    const done = collect(list, 'exo-instance-action');
    (await menuItem(list, 'web-1', 'Delete')).click();
    const asked = await answer(list, 'Delete');
    expect(asked).to.contain('Delete “web-1”?');
    expect(asked).to.contain('Its disk and the address 10.0.0.13 go with it.');
    expect(asked).to.contain('Give 198.18.0.11 back');
    expect(asked).to.contain('Otherwise it stays with the project');
    await eventually(() => statusOf(list, 'web-1').startsWith('Deleting'), 'it is deleting');
    await eventually(() => done.length === 1, 'the cloud has accepted it');
    await later(story, list);
    expect(names(list)).to.not.include('web-1');
  });

  for (const [label, type] of [
    ['Reboot', 'SOFT'],
    ['Hard reboot', 'HARD'],
  ] as const) {
    it(`${label}: asks the cloud for ${type}`, async () => {
      const story = await demo();
      const list = await showRows(story);
      const off = story.cloud.fail({ method: 'POST', path: '/action', body: `"${type}"` }, { status: 409 });
      (await menuItem(list, 'web-1', label)).click();
      await answer(list, label);
      await eventually(() => details(list, 'web-1') !== null, `the cloud was asked for ${type}`);
      off();
    });
  }

  it('does nothing when the page forbids it', async () => {
    const story = await demo();
    const list = await showRows(story);
    for (const type of ['exo-stop-request', 'exo-start-request', 'exo-delete-request'] as const) {
      list.addEventListener(type, (event) => event.preventDefault());
    }
    button(row(list, 'web-1'), 'Stop').click();
    button(row(list, 'teaching-notebooks'), 'Start').click();
    button(row(list, 'gpu-training'), 'Delete').click();
    await list.updateComplete;
    expect(dialog(list) === null).to.equal(true);
    expect(statusOf(list, 'teaching-notebooks')).to.equal('Stopped');
    expect(server(story, 'teaching-notebooks').taskState).to.equal(null);
  });

  it('that fails leaves the row as it was, says why below it, and can be tried again', async () => {
    const story = await demo();
    const list = await showRows(story);
    const done = collect(list, 'exo-instance-action');
    const mend = story.cloud.fail({ method: 'POST', path: '/action', times: Infinity }, { status: 409 });
    button(row(list, 'teaching-notebooks'), 'Start').click();
    await eventually(() => details(list, 'teaching-notebooks') !== null, 'it is said why');
    expect(statusOf(list, 'teaching-notebooks')).to.equal('Stopped');
    const notice = details(list, 'teaching-notebooks')?.querySelector('[role=alert]') ?? null;
    expect(textOf(notice)).to.contain('Could not start the instance “teaching-notebooks”');
    expect(textOf(notice?.querySelector('code'))).to.match(/^req-/);
    expect(done[0]?.detail.ok).to.equal(false);
    expect(done[0]?.detail.kind).to.equal('conflict');
    mend();
    button(notice, 'Try again').click();
    await eventually(() => done.length === 2 && done[1]?.detail.ok === true, 'the second time it went well');
    await list.updateComplete;
    expect(details(list, 'teaching-notebooks') === null).to.equal(true);
  });

  it('that is not possible stays reachable and says why', async () => {
    const list = await showRows(await demo());
    const genome = names(list).find((name) => name.startsWith('genome')) ?? '';
    const stop = button(row(list, genome), 'Stop');
    stop.focus();
    expect(list.shadowRoot?.activeElement === stop).to.equal(true);
    expect(reasonOf(stop)).to.equal('It is locked: Long run until Friday');
    stop.click();
    expect(dialog(list) === null).to.equal(true);
    await menuItem(list, 'web-1', 'Start');
    expect(textOf(menuItems(list)[0])).to.equal('Start It is running already.');
    expect(menuItems(list)[0]?.getAttribute('aria-disabled')).to.equal('true');
  });

  it('is for nobody who may only look, who is told so', async () => {
    const story = await signedIn({ seed: 'demo', user: 'reader' });
    const list = await showRows(story);
    for (const each of rows(list)) {
      const action = each.querySelector('[data-control="primary"] button');
      expect(reasonOf(action)).to.contain('lets you look, but not change');
    }
    button(row(list, 'web-1'), 'Stop').click();
    expect(dialog(list) === null).to.equal(true);
    expect(story.session.log.entries.some(({ url }) => url.endsWith('/action'))).to.equal(false);
  });

  it('is not done to an instance that has gone while the question stood there', async () => {
    const story = await demo();
    const list = await showRows(story);
    const done = collect(list, 'exo-instance-action');
    button(row(list, 'web-1'), 'Stop').click();
    await eventually(() => dialog(list) !== null, 'it asks');
    Object.assign(server(story, 'web-1'), { deleted: true });
    story.cloud.state.regions[0]?.servers.delete(server(story, 'web-1').id);
    await list.refresh();
    await answer(list, 'Stop');
    await eventually(() => textOf(list.overlays).includes('“web-1” is no longer there.'), 'it is said');
    expect(done).to.deep.equal([]);
  });

  it('can be done with the keyboard alone', async () => {
    const story = await demo();
    const list = await showRows(story);
    button(row(list, 'web-1'), 'Actions for web-1').focus();
    await sendKeys({ press: 'ArrowDown' });
    await eventually(() => menuItems(list).length > 0, 'the menu is open');
    await sendKeys({ press: 'ArrowDown' });
    expect(textOf(list.shadowRoot?.activeElement)).to.equal('Stop');
    await sendKeys({ press: 'Enter' });
    await eventually(() => dialog(list) !== null, 'it asks');
    await sendKeys({ press: 'Escape' });
    await eventually(() => dialog(list) === null, 'Escape is no');
    expect(keyboard(list)).to.equal('Actions for web-1');
    expect(server(story, 'web-1').taskState).to.equal(null);
  });
});

describe('a selection', () => {
  it('is made by box, by range and for all shown, and told to the page', async () => {
    const list = await showRows(await demo());
    const told = collect(list, 'exo-instance-select');
    const [first, second, third, fourth] = names(list);
    expect(bar(list) === null).to.equal(true);
    box(list, second ?? '').click();
    await list.updateComplete;
    shiftClick(box(list, fourth ?? ''));
    await list.updateComplete;
    expect([second, third, fourth].every((name) => box(list, name ?? '').checked)).to.equal(true);
    expect(box(list, first ?? '').checked).to.equal(false);
    expect(told.at(-1)?.detail.ids.length).to.equal(3);
    expect(Object.isFrozen(told.at(-1)?.detail.ids)).to.equal(true);
    const all = list.renderRoot.querySelector<HTMLInputElement>('#select-all');
    expect(all?.indeterminate).to.equal(true);
    all?.click();
    await list.updateComplete;
    expect(list.selectedIds.length).to.equal(5);
    expect(all?.checked).to.equal(true);
    expect(textOf(bar(list)?.querySelector('strong'))).to.equal('5 selected');
    const clear = button(bar(list), 'Clear selection');
    clear.focus();
    clear.click();
    await list.updateComplete;
    expect(bar(list) === null).to.equal(true);
    expect(list.shadowRoot?.activeElement === all, 'the keyboard goes back to the table').to.equal(true);
  });

  it('says of each action how many it applies to, and why not to the others', async () => {
    const list = await showRows(await demo());
    list.renderRoot.querySelector<HTMLInputElement>('#select-all')?.click();
    await list.updateComplete;
    const share = (label: string) => textOf(button(bar(list), label).parentElement?.querySelector('.share'));
    expect(share('Start')).to.equal('1 of 5');
    expect(share('Stop')).to.equal('2 of 5');
    expect(share('Delete')).to.equal('4 of 5');
    button(bar(list), 'Stop').click();
    const asked = await answer(list, 'Cancel');
    expect(asked).to.contain('Stop 2 instances?');
    expect(asked).to.contain('This applies to 2 of the 5 selected.');
    expect(asked).to.contain('teaching-notebooks: It is stopped already.');
    expect(asked).to.contain('gpu-training: It failed before it ever ran. It can only be deleted.');
  });

  it('refuses what applies to none, with the reason', async () => {
    const list = await showRows(await demo());
    box(list, 'teaching-notebooks').click();
    await list.updateComplete;
    expect(reasonOf(button(bar(list), 'Stop'))).to.equal('It is stopped already.');
  });

  it('is acted on row by row, and what failed can be tried again', async () => {
    const story = await signedIn({ servers: 4 });
    const list = await showRows(story);
    const done = collect(list, 'exo-instance-action');
    const failing = rows(list)[1]?.dataset['row'] ?? '';
    const mend = story.cloud.fail({ method: 'DELETE', path: failing, times: Infinity }, { status: 409 });
    for (const name of names(list).slice(0, 3)) box(list, name).click();
    await list.updateComplete;
    button(bar(list), 'Delete').click();
    const asked = await answer(list, 'Delete');
    expect(asked).to.contain('Delete 3 instances?');
    await eventually(() => done.length === 3, 'each has its answer');
    await list.updateComplete;
    const results = bar(list)?.querySelectorAll('.items li');
    expect([...(results ?? [])].map(({ className }) => className.trim()).sort()).to.deep.equal([
      'done',
      'done',
      'failed',
    ]);
    expect(textOf(bar(list)?.querySelector('[role=status]'))).to.equal('Deleting 1 of 3 failed');
    expect(textOf(bar(list)?.querySelector('.failed'))).to.match(/Failed .*busy.* req-/);
    mend();
    button(bar(list), 'Try the one that failed again').click();
    await eventually(() => done.length === 4, 'the failed one was tried again');
    expect(done[3]?.detail).to.include({ id: failing, ok: true });
    await later(story, list);
    expect(rows(list).length).to.equal(1);
    expect(list.selectedIds, 'what is gone is not selected').to.deep.equal([]);
    const dismiss = button(bar(list), 'Dismiss');
    dismiss.focus();
    dismiss.click();
    await list.updateComplete;
    expect(bar(list) === null).to.equal(true);
    expect(keyboard(list)).to.not.equal('');
  });

  it('asks the page once for all of them, and does nothing when it forbids it', async () => {
    const list = await showRows(await demo());
    const asked = collect(list, 'exo-delete-request');
    list.addEventListener('exo-delete-request', (event) => event.preventDefault());
    list.renderRoot.querySelector<HTMLInputElement>('#select-all')?.click();
    await list.updateComplete;
    button(bar(list), 'Delete').click();
    await list.updateComplete;
    expect(asked.length).to.equal(1);
    expect(asked[0]?.detail.ids.length, 'the locked one is left out').to.equal(4);
    expect(dialog(list) === null).to.equal(true);
  });
});
