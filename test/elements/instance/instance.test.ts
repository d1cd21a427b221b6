import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import '../../../src/elements/exo-instance.js';
import type { ExoInstance } from '../../../src/elements/instance/instance.js';
import { NetworkClient } from '../../../src/openstack/network.js';
import { serversOf } from '../../../src/session/collections.js';
import type { ServerRecord } from '../../../src/simulator/model.js';
import { eventually, signedIn, type StoryCloud } from '../../../stories/cloud.js';

function record({ cloud }: StoryCloud, name: string): ServerRecord {
  const all = cloud.state.regions.flatMap(({ servers }) => [...servers.values()]);
  const found = all.find((each) => each.name === name);
  if (!found) throw new Error(`there is no ${name}`);
  return found;
}

async function show(story: StoryCloud, id: string, section = 'overview'): Promise<ExoInstance> {
  const element = await fixture<ExoInstance>(
    html`<exo-instance
      closable
      .session=${story.session}
      instance-id=${id}
      section=${section}
    ></exo-instance>`,
  );
  await shown(element);
  return element;
}

const shown = (element: ExoInstance): Promise<void> =>
  eventually(
    () => element.matches(':state(ready)') && !element.renderRoot.querySelector('.skeleton-rows'),
    'it is shown',
  );

const text = (element: ExoInstance): string => element.renderRoot.textContent.replace(/\s+/g, ' ');
const says = (element: ExoInstance, what: string): Promise<void> =>
  eventually(() => text(element).includes(what), `it says ${what}; it says ${text(element).slice(0, 600)}`);

function button(element: ExoInstance, name: string): HTMLButtonElement {
  const found = [...element.renderRoot.querySelectorAll('button')].find(
    (each) =>
      each.textContent.trim().replace(/\s+/g, ' ') === name || each.getAttribute('aria-label') === name,
  );
  if (!found) throw new Error(`no button is named ${name}`);
  return found;
}

async function typeName(element: ExoInstance, name: string): Promise<HTMLInputElement> {
  button(element, 'Rename').click();
  await eventually(() => element.renderRoot.querySelector('#name') !== null, 'the field is there');
  const field = element.renderRoot.querySelector<HTMLInputElement>('#name');
  if (!field) throw new Error('there is no field for the name');
  field.value = name;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  await element.updateComplete;
  return field;
}

describe('<exo-instance>', () => {
  it('offers another launch like it where the page launches it', async () => {
    const story = await signedIn({ seed: 'demo' });
    const { id, imageId } = record(story, 'web-1');
    const element = await show(story, id);
    const item = async (): Promise<HTMLElement | undefined> => {
      button(element, 'Actions').click();
      const items = () => [...element.renderRoot.querySelectorAll<HTMLElement>('[role="menuitem"]')];
      await eventually(() => items().length > 0, 'the menu is open');
      return items().find((each) => each.textContent.includes('Launch another like this'));
    };
    expect((await item()) === undefined).to.equal(true);
    button(element, 'Actions').click();
    element.launchLike = true;
    await element.updateComplete;
    const wanted: unknown[] = [];
    element.addEventListener('exo-launch-like', ({ detail }) => {
      wanted.push([detail.name, detail.id, detail.connection, detail.wish.like, detail.wish.image]);
    });
    (await item())?.click();
    expect(wanted).to.deep.equal([['web-1', id, story.session.current?.id, id, imageId]]);
  });

  it('turns to a part by click and by keyboard, tells the page, and loads it only then', async () => {
    const story = await signedIn({ seed: 'demo' });
    const asked: string[] = [];
    const { id } = record(story, 'web-1');
    const element = await show(story, id);
    element.addEventListener('exo-instance-section', ({ detail }) => {
      expect(detail.id).to.equal(id);
      asked.push(detail.section);
    });
    const tab = (name: string) => element.renderRoot.querySelector<HTMLElement>(`#tab-${name}`);
    expect(tab('overview')?.getAttribute('aria-selected')).to.equal('true');
    tab('overview')?.focus();
    await sendKeys({ press: 'ArrowRight' });
    await eventually(
      () => element.shadowRoot?.activeElement === tab('connect'),
      'the keyboard is on the next tab',
    );
    expect(tab('connect')?.getAttribute('aria-selected')).to.equal('true');
    expect(tab('overview')?.tabIndex).to.equal(-1);
    await says(element, 'Type this into a terminal');
    tab('volumes')?.click();
    await says(element, 'Attached volumes');
    expect(asked).to.deep.equal(['connect', 'volumes']);
    expect(element.section).to.equal('volumes');
  });

  it('offers the line that gets in, with the account of the image', async () => {
    const story = await signedIn({ seed: 'demo' });
    const server = record(story, 'web-1');
    const element = await show(story, server.id, 'connect');
    await eventually(() => element.renderRoot.querySelector('.line code') !== null, 'the line is there');
    expect(element.renderRoot.querySelector('.line code')?.textContent).to.match(/^ssh ubuntu@198\.18\.0\./);
    expect(text(element)).to.include('laptop');
  });

  it('is renamed where its name stands', async () => {
    const story = await signedIn({ seed: 'demo' });
    const server = record(story, 'web-1');
    const element = await show(story, server.id);
    const field = await typeName(element, ' Größe-网-1 ');
    await eventually(() => element.shadowRoot?.activeElement === field, 'the keyboard is in the field');
    await sendKeys({ press: 'Enter' });
    await eventually(() => server.name === 'Größe-网-1', 'the cloud knows the new name');
    await eventually(
      () => element.renderRoot.querySelector('.heading')?.textContent.trim() === 'Größe-网-1',
      'the heading is the new name',
    );
    await eventually(() => element.shadowRoot?.activeElement?.id === 'rename', 'the keyboard is back');
  });

  it('keeps the name on Escape, and when the page does not want another', async () => {
    const story = await signedIn({ seed: 'demo' });
    const server = record(story, 'web-1');
    const element = await show(story, server.id);
    const field = await typeName(element, 'another');
    field.focus();
    await sendKeys({ press: 'Escape' });
    expect(element.renderRoot.querySelector('#name')).to.equal(null);
    element.addEventListener('exo-rename-request', (event) => event.preventDefault());
    await typeName(element, 'another');
    button(element, 'Save').click();
    await element.updateComplete;
    expect(element.renderRoot.querySelector<HTMLInputElement>('#name')?.value).to.equal('another');
    expect(server.name).to.equal('web-1');
  });

  it('keeps what was typed when the cloud refuses the name', async () => {
    const story = await signedIn({ seed: 'demo' });
    const server = record(story, 'web-1');
    const element = await show(story, server.id);
    await typeName(element, 'another');
    story.cloud.fail({ path: `/servers/${server.id}`, method: 'PUT' }, { status: 403 });
    button(element, 'Save').click();
    await eventually(() => element.renderRoot.querySelector('[role=alert]') !== null, 'it says so');
    expect(element.renderRoot.querySelector<HTMLInputElement>('#name')?.value).to.equal('another');
    await expect(element).to.be.accessible();
  });

  it('takes a public address away, gives it back to it, and back to the cloud', async () => {
    const story = await signedIn({ seed: 'demo' });
    const server = record(story, 'web-1');
    const element = await show(story, server.id, 'addresses');
    const network = story.session.current?.client(NetworkClient);
    const floating = async () => {
      const found = [];
      for await (const { rows } of network?.floatingIps() ?? []) found.push(...rows);
      return found;
    };
    const before = (await floating()).find(({ portId }) => portId !== undefined);
    const address = before?.address ?? '';
    await eventually(() => text(element).includes(`Take ${address} away`), 'it has a public address');
    const confirm = async (name: string): Promise<void> => {
      button(element, name).click();
      await eventually(() => element.renderRoot.querySelector('dialog .danger') !== null, 'it asks');
      element.renderRoot.querySelector<HTMLElement>('dialog .danger')?.click();
    };
    await confirm(`Take ${address} away`);
    await says(element, 'It has no public address');
    expect((await floating()).find(({ id }) => id === before?.id)?.portId).to.equal(undefined);
    await eventually(() => text(element).includes('Give it a public address'), 'one may be given');
    button(element, 'Give it a public address').click();
    const which = () => element.renderRoot.querySelector<HTMLSelectElement>('#address-public');
    await eventually(() => which()?.selectedOptions[0]?.label === address, 'the free one is offered');
    button(element, 'Assign').click();
    await says(element, `Take ${address} away`);
    await confirm(`Give ${address} back`);
    await says(element, 'It has no public address');
    expect((await floating()).some(({ id }) => id === before?.id)).to.equal(false);
  });

  it('says in words what is let in', async () => {
    const story = await signedIn({ seed: 'demo' });
    const element = await show(story, record(story, 'web-1').id, 'security');
    await eventually(() => text(element).includes('SSH (port 22), from anywhere'), 'SSH is named');
  });

  it('asks for what is looked at, and for nothing else', async () => {
    const story = await signedIn({ seed: 'demo' });
    const element = await show(story, record(story, 'web-1').id);
    const volumes = () => story.session.log.entries.some(({ url }) => url.includes('/os-volume_attachments'));
    expect(story.session.log.entries.some(({ url }) => url.includes('/servers/'))).to.equal(true);
    expect(volumes()).to.equal(false);
    element.section = 'volumes';
    await eventually(volumes, 'volumes are asked for when they are looked at');
  });

  it('shows everything of a name with markup, a fault with markup and a thousand tags, as text', async () => {
    const story = await signedIn({ seed: 'demo' });
    const server = record(story, 'gpu-training');
    server.name = '<img src=x onerror=alert(1)>'.padEnd(255, 'ß');
    server.tags = Array.from({ length: 1000 }, (_, at) => `tag-${at}`);
    const element = await show(story, server.id);
    expect(text(element)).to.include('<img src=x onerror=alert(1)>');
    expect(element.renderRoot.querySelector('img')).to.equal(null);
    expect(element.renderRoot.querySelectorAll('.tag').length).to.equal(100);
    button(element, 'Show all 1,000').click();
    await element.updateComplete;
    expect(element.renderRoot.querySelectorAll('.tag').length).to.equal(1000);
  });

  it('says that its image was deleted since, and that it boots from a volume', async () => {
    const story = await signedIn({ seed: 'demo' });
    const server = record(story, 'web-1');
    for (const region of story.cloud.state.regions) region.images.delete(server.imageId ?? '');
    const element = await show(story, server.id);
    const image = () =>
      element.renderRoot.querySelector('dl.facts dd')?.textContent.trim().replace(/\s+/g, ' ') ?? '';
    await eventually(() => !image().startsWith('Loading'), 'the image is named');
    expect(image()).to.match(/deleted|no longer|gone/i);
    server.imageId = '';
    await element.refresh();
    await eventually(() => /volume/i.test(image()), `it says so; it says ${image()}`);
  });

  it('offers nothing to somebody who may only read, and says why', async () => {
    const story = await signedIn({ seed: 'demo', user: 'reader' });
    const element = await show(story, record(story, 'web-1').id);
    expect(button(element, 'Rename').getAttribute('aria-disabled')).to.equal('true');
    expect(button(element, 'Stop').getAttribute('aria-disabled')).to.equal('true');
  });

  it('says the portal’s own reason for what is not offered for a size', async () => {
    const bans = [{ actions: ['stop'], sizes: ['m3.*'], reason: 'Ask Ada before you stop it.' }];
    const story = await signedIn({ seed: 'demo', settings: { bans } });
    const element = await show(story, record(story, 'web-1').id);
    await shown(element);
    expect(button(element, 'Stop').getAttribute('aria-disabled')).to.equal('true');
    expect(text(element)).to.include('Ask Ada before you stop it.');
    await expect(element).to.be.accessible();
  });

  it('says what it costs where the portal has prices', async () => {
    const prices = { currency: 'EUR', perHour: { 'm3.small': 0.042 } };
    const story = await signedIn({ seed: 'demo', settings: { prices } });
    const element = await show(story, record(story, 'web-1').id);
    await says(element, '€0.042 an hour, about €30.66 a month');
    element.instanceId = record(story, 'teaching-notebooks').id;
    await says(element, 'm3.quad');
    expect(text(element)).to.not.include('Cost');
  });

  it('follows another instance, and forgets what was typed for the one before', async () => {
    const story = await signedIn({ seed: 'demo' });
    const element = await show(story, record(story, 'web-1').id);
    await typeName(element, 'half');
    element.instanceId = record(story, 'teaching-notebooks').id;
    await eventually(
      () => element.renderRoot.querySelector('.heading')?.textContent.trim() === 'teaching-notebooks',
      'the other is shown',
    );
    expect(element.renderRoot.querySelector('#name')).to.equal(null);
  });

  it('calls for the decision on a changed size, whatever part is looked at', async () => {
    const story = await signedIn({ seed: 'demo' });
    const server = record(story, 'web-1');
    server.vmState = 'resized';
    const element = await show(story, server.id, 'volumes');
    await says(element, 'Its size was changed: does it work?');
    button(element, 'Go back to the old size').click();
    await eventually(() => element.renderRoot.querySelector('dialog[open]') !== null, 'it asks');
    element.renderRoot.querySelector<HTMLElement>('dialog .primary')?.click();
    await eventually(() => server.taskState === 'resize_reverting', 'it goes back');
  });

  it('brings back one that was deleted a moment ago, though no list has it', async () => {
    const story = await signedIn({ seed: 'demo' });
    const server = record(story, 'web-1');
    const element = await show(story, server.id);
    server.vmState = 'soft-delete';
    story.cloud.advance(60_000);
    server.updated = story.cloud.state.now();
    const { current } = story.session;
    if (current) await serversOf(current).renew();
    await says(element, 'It was deleted, and can still be brought back');
    if (current) await serversOf(current).renew();
    expect(text(element)).to.not.include('This instance is gone');
    element.renderRoot.querySelector<HTMLElement>('#decide-restore')?.click();
    await eventually(() => server.taskState === 'restoring', 'it comes back');
  });

  it('names who made it where the portal knows the name', async () => {
    const story = await signedIn({ seed: 'demo' });
    const server = record(story, 'web-1');
    Object.assign(server, { userId: 'somebody-else' });
    const other = await signedIn({
      seed: 'demo',
      settings: { people: { 'somebody-else': 'Ada <b>L.</b>' } },
    });
    const same = record(other, 'web-1');
    Object.assign(same, { userId: 'somebody-else' });
    const element = await show(story, server.id);
    await says(element, 'somebody-else');
    const named = await show(other, same.id);
    await says(named, 'Ada <b>L.</b>');
    expect(named.renderRoot.querySelector('bdi b')).to.equal(null);
  });

  it('leads back', async () => {
    const story = await signedIn({ seed: 'demo' });
    const { id } = record(story, 'web-1');
    const element = await show(story, id);
    let closed = '';
    element.addEventListener('exo-instance-close', ({ detail }) => (closed = detail.id));
    button(element, 'All instances').click();
    expect(closed).to.equal(id);
  });
});
