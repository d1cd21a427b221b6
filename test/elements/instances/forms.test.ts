import { expect } from '@open-wc/testing';
import { eventually, signedIn, type StoryCloud } from '../../../stories/cloud.js';
import type { ExoInstanceList } from '../../../src/elements/instance-list/instance-list.js';
import {
  answer,
  button,
  collect,
  dialog,
  later,
  menuItem,
  menuItems,
  row,
  server,
  showRows,
  statusOf,
  textOf,
} from '../instance-list/list.js';

const demo = () => signedIn({ seed: 'demo' });

/** Opens the form of an action from the row's menu and waits for what is in it. */
async function open(list: ExoInstanceList, name: string, label: string): Promise<HTMLDialogElement> {
  (await menuItem(list, name, label)).click();
  await eventually(() => dialog(list)?.querySelector('form') != null, 'the form is there');
  const found = dialog(list);
  if (!found) throw new Error('the form has gone');
  return found;
}

function input(root: ParentNode, selector: string): HTMLInputElement {
  const found = root.querySelector<HTMLInputElement>(selector);
  if (!found) throw new Error(`there is no ${selector}`);
  return found;
}

function type(element: HTMLInputElement | HTMLTextAreaElement, text: string): void {
  element.value = text;
  element.dispatchEvent(new Event('input', { bubbles: true }));
}

const closed = (list: ExoInstanceList) => eventually(() => dialog(list) === null, 'the form has closed');

async function withForm(
  name: string,
  label: string,
): Promise<{ story: StoryCloud; list: ExoInstanceList; form: HTMLDialogElement }> {
  const story = await demo();
  const list = await showRows(story);
  return { story, list, form: await open(list, name, label) };
}

describe('the menu of an instance', () => {
  it('has everything in groups, and says why not', async () => {
    const list = await showRows(await demo());
    await menuItem(list, 'web-1', 'Stop');
    const labels = menuItems(list).map((item) => textOf(item));
    expect(labels).to.include('Pause');
    expect(labels).to.include('Change size');
    expect(labels.some((label) => label.startsWith('Start It is running'))).to.equal(true);
    expect(labels).to.not.include('Unpause');
    expect(list.renderRoot.querySelectorAll('.menu-item.begins').length).to.be.greaterThan(4);
    await expect(list).to.be.accessible();
  });

  it('offers what it has itself where the rest cannot be loaded, and the rest after another try', async () => {
    const list = await showRows(await demo());
    const { loadConfirm } = list;
    list.loadConfirm = () => Promise.reject(new TypeError('Failed to fetch dynamically imported module'));
    const failed = await menuItem(list, 'web-1', 'The other actions could not be loaded');
    expect(
      menuItems(list)
        .map((item) => textOf(item))
        .join(),
    ).to.contain('Hard reboot');
    list.loadConfirm = loadConfirm;
    failed.click();
    await menuItem(list, 'web-1', 'Pause');
  });

  it('pauses after a question, and goes on at once', async () => {
    const story = await demo();
    const list = await showRows(story);
    (await menuItem(list, 'web-1', 'Pause')).click();
    expect(await answer(list, 'Pause')).to.contain('Pause “web-1”?');
    await eventually(() => statusOf(list, 'web-1').startsWith('Pausing'), 'it is pausing');
    await later(story, list);
    await eventually(() => statusOf(list, 'web-1') === 'Paused', 'it is paused');
    button(row(list, 'web-1'), 'Unpause').click();
    await eventually(() => statusOf(list, 'web-1').startsWith('Going on'), 'it goes on');
    await later(story, list);
    await eventually(() => server(story, 'web-1').vmState === 'active', 'it runs again');
  });

  it('locks with a reason that others read', async () => {
    const story = await demo();
    const list = await showRows(story);
    (await menuItem(list, 'web-1', 'Lock')).click();
    await eventually(() => dialog(list) !== null, 'it asks');
    type(input(dialog(list) ?? list, '#lock-reason'), 'Exam on Friday');
    await answer(list, 'Lock');
    await eventually(() => server(story, 'web-1').lockedReason === 'Exam on Friday', 'it is locked');
    await later(story, list);
    await eventually(() => row(list, 'web-1').textContent.includes('Locked'), 'the row says so');
    expect((await menuItem(list, 'web-1', 'Stop')).textContent).to.contain('Exam on Friday');
  });

  it('remembers what the cloud forbids, and says so', async () => {
    const story = await demo();
    const list = await showRows(story);
    story.cloud.fail({ method: 'POST', path: '/action', body: '"suspend"' }, { status: 403 });
    (await menuItem(list, 'web-1', 'Suspend')).click();
    await answer(list, 'Suspend');
    await eventually(() => list.renderRoot.querySelector('.panel [role="alert"]') !== null, 'it says so');
    const item = await menuItem(list, 'data-import', 'Suspend').catch(() =>
      menuItem(list, 'web-1', 'Suspend'),
    );
    expect(item.getAttribute('aria-disabled')).to.equal('true');
    expect(item.textContent).to.contain('does not let your account do this');
  });

  it('gives the public address back with a deleted instance when that was chosen', async () => {
    const story = await demo();
    const list = await showRows(story);
    const done = collect(list, 'exo-instance-action');
    (await menuItem(list, 'web-1', 'Delete')).click();
    await eventually(() => dialog(list) !== null, 'it asks');
    input(dialog(list) ?? list, '#ending-addresses-0').click();
    await answer(list, 'Delete');
    await eventually(() => done.length === 1, 'it is done');
    const left = [...(story.cloud.state.regions[0]?.floatingIps.values() ?? [])];
    expect(left.some(({ address }) => address === '198.18.0.11')).to.equal(false);
  });
});

describe('a form', () => {
  it('renames: what was typed is kept where the cloud refuses', async () => {
    const { story, list, form } = await withForm('web-1', 'Rename');
    await expect(list).to.be.accessible();
    story.cloud.fail({ method: 'PUT', path: '/servers/' }, { status: 409 });
    type(input(form, '#instance-name'), 'wéb one');
    button(form, 'Rename').click();
    await eventually(() => form.querySelector('[role="alert"]') !== null, 'the refusal is shown');
    expect(input(form, '#instance-name').value).to.equal('wéb one');
    button(form, 'Rename').click();
    await closed(list);
    await eventually(
      () =>
        [...(story.cloud.state.regions[0]?.servers.values() ?? [])].some(({ name }) => name === 'wéb one'),
      'it is renamed',
    );
    expect(textOf(row(list, 'wéb one'))).to.contain('wéb one');
  });

  it('shows the same as a command, with what was typed in quotes that a shell understands', async () => {
    const { list, form } = await withForm('web-1', 'Rename');
    const lines = () => textOf(form.querySelector('.as-command code'));
    type(input(form, '#instance-name'), "it's new");
    await eventually(
      () => lines().includes(String.raw`--name='it'\''s new'`),
      'the command has the new name',
    );
    expect(lines()).to.match(/^openstack server set /);
    form.querySelector<HTMLElement>('.as-command summary')?.click();
    await expect(list).to.be.accessible();
    expect(button(form, 'Copy the commands').checkVisibility()).to.equal(true);
  });

  it('remembers what the cloud forbids', async () => {
    const { story, list, form } = await withForm('web-1', 'Rename');
    story.cloud.fail({ method: 'PUT', path: '/servers/' }, { status: 403 });
    type(input(form, '#instance-name'), 'other');
    button(form, 'Rename').click();
    await eventually(() => form.querySelector('[role="alert"]') !== null, 'the refusal is shown');
    button(form, 'Cancel').click();
    await closed(list);
    const item = await menuItem(list, 'web-1', 'Rename');
    expect(item.getAttribute('aria-disabled')).to.equal('true');
    expect(textOf(item)).to.contain('does not let your account do this');
  });

  it('makes the volume anew that an instance runs from', async () => {
    const story = await demo();
    const found = server(story, 'web-1');
    Object.assign(found, { imageId: '' });
    const list = await showRows(story);
    const form = await open(list, 'web-1', 'Rebuild');
    expect(textOf(form)).to.contain('Everything on the volume it runs from is lost');
    button(form, 'Rebuild').click();
    await closed(list);
    expect(server(story, 'web-1').taskState).to.match(/^rebuild/);
    expect(server(story, 'web-1').imageId).to.equal('');
  });

  it('says where the cloud is too old to make a volume anew, or to rescue it', async () => {
    const story = await signedIn({ seed: 'demo', maxMicroversion: '2.79' });
    Object.assign(server(story, 'web-1'), { imageId: '' });
    const list = await showRows(story);
    const rebuild = await menuItem(list, 'web-1', 'Rebuild');
    expect(textOf(rebuild)).to.contain('too old to make that anew');
    const rescue = menuItems(list).find((item) => textOf(item).startsWith('Rescue'));
    expect(textOf(rescue)).to.contain('too old to rescue');
  });

  it('sends once however often it is pressed', async () => {
    const { list, form } = await withForm('web-1', 'Describe');
    const done = collect(list, 'exo-instance-action');
    const area = form.querySelector('textarea');
    if (area) type(area, 'The web server');
    const save = button(form, 'Save');
    save.click();
    save.click();
    await closed(list);
    await eventually(() => done.length > 0, 'it is done');
    expect(done.length).to.equal(1);
  });

  it('changes the size: what does not fit says why, and the new one waits to be confirmed', async () => {
    const { story, list, form } = await withForm('web-1', 'Change size');
    await expect(list).to.be.accessible();
    expect(textOf(form)).to.contain('It has this size now.');
    const before = server(story, 'web-1').flavor.name;
    button(form, 'Change size').click();
    await closed(list);
    await later(story, list);
    await eventually(() => statusOf(list, 'web-1').includes('Size changed'), 'its size was changed');
    expect(server(story, 'web-1').flavor.name).to.not.equal(before);
    button(row(list, 'web-1'), 'Confirm size').click();
    await answer(list, 'Confirm size');
    await eventually(() => statusOf(list, 'web-1').startsWith('Changing'), 'it is being confirmed');
    await later(story, list);
    await eventually(() => statusOf(list, 'web-1') === 'Active', 'it is as it was to be');
  });

  it('makes an image', async () => {
    const { story, list, form } = await withForm('web-1', 'Make an image');
    type(input(form, '#image-name'), 'as it was');
    button(form, 'Make an image').click();
    await closed(list);
    const images = [...(story.cloud.state.regions[0]?.images.values() ?? [])];
    expect(images.some(({ name }) => name === 'as it was')).to.equal(true);
  });

  it('sets tags, and says what is wrong with one', async () => {
    const { story, list, form } = await withForm('web-1', 'Tags');
    type(input(form, '#instance-tags'), 'good, b/ad');
    await eventually(() => textOf(form).includes('“b/ad” is too long, or has a slash.'), 'it says so');
    type(input(form, '#instance-tags'), 'good, better');
    button(form, 'Save').click();
    await closed(list);
    expect(server(story, 'web-1').tags).to.deep.equal(['good', 'better']);
  });

  it('changes security groups', async () => {
    const { list, form } = await withForm('web-1', 'Firewall groups');
    await expect(list).to.be.accessible();
    expect(form.querySelectorAll('input[type="checkbox"]').length).to.be.greaterThan(0);
    button(form, 'Save').click();
    await closed(list);
  });

  it('asks for the image before it makes the disk anew', async () => {
    const { story, list, form } = await withForm('web-1', 'Rebuild');
    await expect(list).to.be.accessible();
    expect(textOf(form)).to.contain('Everything on its disk is lost');
    button(form, 'Rebuild').click();
    await closed(list);
    expect(server(story, 'web-1').taskState).to.match(/^rebuild/);
  });

  it('says that there is nothing to attach', async () => {
    const { list, form } = await withForm('web-1', 'Connect to network');
    await expect(list).to.be.accessible();
    button(form, 'Cancel').click();
    await closed(list);
  });

  it('keeps a password nowhere', async () => {
    const { story, list, form } = await withForm('web-1', 'Set password');
    await expect(list).to.be.accessible();
    type(input(form, '#instance-password'), 'correct horse 1');
    button(form, 'Set password').click();
    await closed(list);
    expect(server(story, 'web-1').taskState).to.equal('updating_password');
    expect(list.shadowRoot?.innerHTML ?? '').to.not.contain('correct horse');
  });

  it('has a retry where what it needs cannot be had', async () => {
    const story = await demo();
    const list = await showRows(story);
    const off = story.cloud.fail({ method: 'GET', path: '/flavors/detail' }, { status: 403 });
    (await menuItem(list, 'web-1', 'Change size')).click();
    await eventually(() => dialog(list)?.querySelector('[role="alert"]') != null, 'it says so');
    off();
    button(dialog(list), 'Try again').click();
    await eventually(() => dialog(list)?.querySelector('form') != null, 'the form is there');
  });
});
