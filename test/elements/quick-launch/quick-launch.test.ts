import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { nothing } from 'lit';
import '../../../src/elements/exo-launch-wizard.js';
import '../../../src/elements/exo-quick-launch.js';
import type { ExoLaunchWizard } from '../../../src/elements/launch-wizard/launch-wizard.js';
import type { ExoQuickLaunch } from '../../../src/elements/quick-launch/quick-launch.js';
import { launchesOf } from '../../../src/elements/launch-wizard/launch-board.js';
import { eventually, signedIn, signedOut, signIn, type StoryCloud } from '../../../stories/cloud.js';
import { leaveHalf } from '../../../stories/half-launch.js';

async function show(
  { session }: StoryCloud,
  {
    type,
    image = 'Featured-Ubuntu24',
    size = 'm3.small',
    profile,
  }: Partial<Record<'type' | 'image' | 'size' | 'profile', string>> = {},
): Promise<ExoQuickLaunch> {
  const element = await fixture<ExoQuickLaunch>(
    html`<exo-quick-launch
      .session=${session}
      type=${type ?? nothing}
      image=${image}
      size=${size}
      profile=${profile ?? nothing}
    ></exo-quick-launch>`,
  );
  await element.updateComplete;
  return element;
}

const text = (element: ExoQuickLaunch) => element.renderRoot.textContent.replace(/\s+/g, ' ');

const is = (element: ExoQuickLaunch, name: string) =>
  eventually(
    () =>
      element.matches(`:state(${name})`) &&
      (name !== 'ready' || element.renderRoot.querySelector('#summary > p') !== null),
    `it is ${name}`,
  ).catch((error: unknown) => {
    throw new Error(`${String(error)}; it says: ${text(element)}`);
  });

function button(element: ExoQuickLaunch, name: string): HTMLButtonElement {
  const found = [...element.renderRoot.querySelectorAll('button')].find(
    (each) => each.textContent.trim() === name,
  );
  if (!found) throw new Error(`no button is named ${name}: ${text(element)}`);
  return found;
}

const launched = ({ cloud }: StoryCloud) =>
  [...(cloud.state.regions[0]?.servers.values() ?? [])].filter(
    ({ metadata, deleted }) => metadata['exo:launch'] !== undefined && !deleted,
  );

describe('<exo-quick-launch>', () => {
  it('says what will exist, launches it by one click, and tells how to connect', async () => {
    const story = await signedIn({ seed: 'demo', buildSeconds: 0 });
    const element = await show(story, { size: 'm3.quad' });
    await is(element, 'ready');
    expect(text(element)).to.match(/of size m3\.quad \(4 vCPU, .+\), started from Featured-Ubuntu24\./);
    const told: string[] = [];
    for (const type of ['exo-launch-request', 'exo-launch', 'exo-launch-complete', 'exo-launch-close'])
      element.addEventListener(type, () => told.push(type));
    button(element, 'Launch').click();
    button(element, 'Launch').click();
    await is(element, 'launched');
    expect(text(element)).to.contain('How to connect');
    expect(launched(story).map(({ flavor }) => flavor.name)).to.deep.equal(['m3.quad']);
    button(element, 'Done').click();
    if (text(element).includes('Leave without it')) button(element, 'Leave without it').click();
    await eventually(() => told.includes('exo-launch-close'), 'it is over');
    expect(told).to.deep.equal([
      'exo-launch-request',
      'exo-launch',
      'exo-launch-complete',
      'exo-launch-close',
    ]);
    await is(element, 'ready');
  });

  it('launches by Enter, under the name that was typed', async () => {
    const story = await signedIn({ seed: 'demo', buildSeconds: 0 });
    const element = await show(story);
    await is(element, 'ready');
    element.focus();
    const field = element.renderRoot.querySelector<HTMLInputElement>('#name');
    field?.select();
    await sendKeys({ type: 'lake-7' });
    await sendKeys({ press: 'Enter' });
    await is(element, 'launched');
    expect(launched(story).map(({ name }) => name)).to.deep.equal(['lake-7']);
  });

  it('takes ids as well as names', async () => {
    const story = await signedIn({ seed: 'demo' });
    const image = [...(story.cloud.state.regions[0]?.images.values() ?? [])].find(
      ({ name }) => name === 'Featured-Debian12',
    );
    const element = await show(story, { image: image?.id ?? '' });
    await is(element, 'ready');
    expect(text(element)).to.contain('started from Featured-Debian12');
  });

  it('says so when the portal’s choice is not in this cloud', async () => {
    const element = await show(await signedIn({ seed: 'demo' }), { size: 'x9.huge' });
    await is(element, 'empty');
    expect(text(element)).to.contain('The size “x9.huge” that it is made from is not there.');
    expect(element.renderRoot.querySelector('#launch')).to.equal(null);
  });

  it('says what helps when the quota does not allow it', async () => {
    const story = await signedIn({ seed: 'demo' });
    const region = story.cloud.state.regions[0];
    const id = story.session.current?.project.id ?? '';
    const now = region?.computeQuotas.get(id);
    if (now) region?.computeQuotas.set(id, { ...now, cores: 1 });
    const element = await show(story);
    await is(element, 'blocked');
    expect(text(element))
      .to.contain('The quota of the project does not allow it.')
      .and.contain('Delete instances');
    button(element, 'Launch').click();
    await element.updateComplete;
    expect(element.matches(':state(launching)')).to.equal(false);
  });

  it('leaves it to a page that says no', async () => {
    const story = await signedIn({ seed: 'demo' });
    const element = await show(story);
    await is(element, 'ready');
    let asked = 0;
    element.addEventListener('exo-launch-request', (event) => {
      event.preventDefault();
      asked += 1;
    });
    button(element, 'Launch').click();
    await eventually(() => asked > 0, 'the page is asked');
    await eventually(() => button(element, 'Launch').ariaBusy !== 'true', 'the click is over');
    expect(element.matches(':state(launching)')).to.equal(false);
    expect(launched(story)).to.have.length(0);
  });

  it('carries on after a failure, or deletes what was made', async () => {
    const story = await signedIn({ seed: 'demo', buildSeconds: 0 });
    const element = await show(story);
    await is(element, 'ready');
    const restore = story.cloud.fail(
      { method: 'POST', path: /\/servers$/, times: Infinity },
      { status: 400 },
    );
    button(element, 'Launch').click();
    await is(element, 'launch-failed');
    button(element, 'Keep what was made');
    button(element, 'Delete what was made');
    restore();
    button(element, 'Try again').click();
    await is(element, 'launched');
    expect(launched(story)).to.have.length(1);
  });

  it('advises no smaller size where a quota was used up meanwhile', async () => {
    const story = await signedIn({ seed: 'demo', buildSeconds: 0 });
    const element = await show(story);
    await is(element, 'ready');
    story.cloud.fail(
      { method: 'POST', path: /\/servers$/, times: Infinity },
      {
        status: 403,
        body: {
          forbidden: {
            code: 403,
            message: 'Quota exceeded for cores: Requested 2, but already used 20 of 20 cores',
          },
        },
      },
    );
    button(element, 'Launch').click();
    await is(element, 'launch-failed');
    expect(text(element))
      .to.contain('processor core quota is used up')
      .and.contain('Delete instances you no longer need, or ask the people who run the cloud for more.')
      .and.not.contain('Choose');
  });

  it('is there as soon as somebody has signed in', async () => {
    const story = signedOut({ seed: 'demo' });
    const element = await show(story);
    await is(element, 'no-session');
    let asked = 0;
    element.addEventListener('exo-sign-in-open', () => asked++);
    button(element, 'Sign in').click();
    expect(asked).to.equal(1);
    await signIn(story);
    await is(element, 'ready');
  });

  it('tells those who wrote it what is misspelt, there and by an event', async () => {
    const story = await signedIn({ seed: 'demo' });
    const told: string[] = [];
    const listen = ({ detail }: DocumentEventMap['exo-error']) =>
      told.push(`${String(detail.reason)}: ${detail.message}`);
    document.addEventListener('exo-error', listen);
    const element = await show(story, { image: 'Featured-Ubunto24' });
    await is(element, 'empty');
    expect(text(element)).to.contain('The image “Featured-Ubunto24” that it is made from is not there.');
    await eventually(() => text(element).includes('For the people who run this page'), 'there is more');
    expect(text(element)).to.contain('Is “Featured-Ubuntu24” meant?');
    element.requestUpdate();
    await element.updateComplete;
    document.removeEventListener('exo-error', listen);
    expect(told).to.have.length(1);
    expect(told[0]).to.match(/^image: image="Featured-Ubunto24" is neither the name nor the id/);
    element.setAttribute('image', 'Featured-Ubuntu24');
    await is(element, 'ready');
  });

  it('launches a type of the configuration, by its name and in one of its sizes', async () => {
    const types = [
      {
        name: 'Notebooks',
        description: 'Jupyter, with the data of the course.',
        versions: [{ name: 'now', image: { name: 'Featured-Debian*' }, sizes: ['m3.quad'] }],
      },
    ];
    const story = await signedIn({ seed: 'demo', settings: { launch: { types, locked: ['image'] } } });
    const element = await show(story, { type: 'notebooks', size: '' });
    await is(element, 'ready');
    expect(element.renderRoot.querySelector('h2')?.textContent).to.equal('Notebooks');
    expect(text(element))
      .to.contain('Jupyter, with the data of the course.')
      .and.match(/of size m3\.quad .+ started from Featured-Debian12/);
    await expect(element).to.be.accessible();
  });

  it('finds its own launch again that stopped half-way, and no other', async () => {
    localStorage.removeItem('exo.launches.kept');
    const story = await signedIn({ seed: 'demo', buildSeconds: 0 });
    const connection = story.session.current;
    const [region] = story.cloud.state.regions;
    const image = [...(region?.images.values() ?? [])].find(({ name }) => name === 'Featured-Ubuntu24');
    const imageId = image?.id ?? '';
    await leaveHalf(story, 'mine', { imageId });
    const quad = [...(region?.flavors.values() ?? [])].find(({ name }) => name === 'm3.quad');
    await leaveHalf(story, 'another', { imageId, flavorId: quad?.id ?? '' });
    const element = await show(story);
    await is(element, 'ready');
    // To look for them costs requests: somebody turns to it.
    element.dispatchEvent(new PointerEvent('pointerdown'));
    await eventually(() => text(element).includes('The launch of “mine” stopped half-way'), 'it is found');
    expect(text(element)).not.to.contain('“another”');
    expect(connection && launchesOf(connection).unfinished.length).to.equal(2);
    await expect(element).to.be.accessible();
    button(element, 'Carry on').click();
    await is(element, 'launched');
    expect(launched(story).map(({ name }) => name)).to.deep.equal(['mine']);
    button(element, 'Done').click();
    await is(element, 'ready');
    expect(text(element)).not.to.contain('stopped half-way');
  });

  it('leaves what stopped half-way to a wizard on the page, as long as that is there', async () => {
    localStorage.removeItem('exo.launches.kept');
    const story = await signedIn({ seed: 'demo', buildSeconds: 0 });
    const images = [...(story.cloud.state.regions[0]?.images.values() ?? [])];
    const imageId = images.find(({ name }) => name === 'Featured-Ubuntu24')?.id ?? '';
    await leaveHalf(story, 'mine', { imageId });
    const element = await show(story);
    await is(element, 'ready');
    element.dispatchEvent(new PointerEvent('pointerdown'));
    const isHere = () => text(element).includes('The launch of “mine” stopped half-way');
    await eventually(isHere, 'it is found');
    const wizard = await fixture<ExoLaunchWizard>(
      html`<exo-launch-wizard .session=${story.session}></exo-launch-wizard>`,
    );
    await eventually(
      () => wizard.renderRoot.textContent.includes('The launch of “mine” stopped half-way'),
      'the wizard shows it',
    );
    await eventually(() => !isHere(), 'it is left to the wizard');
    wizard.remove();
    await eventually(isHere, 'it is back');
  });

  it('is left while it is under way, and shown again', async () => {
    const story = await signedIn({ seed: 'demo', buildSeconds: 3600 });
    const element = await show(story);
    await is(element, 'ready');
    button(element, 'Launch').click();
    await is(element, 'launching');
    button(element, 'Close').click();
    await is(element, 'ready');
    const connection = story.session.current;
    const [run] = connection ? launchesOf(connection).runs : [];
    await eventually(() => text(element).includes('Show'), 'it can be shown');
    expect(await element.showLaunch('no such launch')).to.equal(false);
    expect(await element.showLaunch(run?.plan.launchId ?? '')).to.equal(true);
    await is(element, 'launching');
  });

  it('says so when the browser cannot make the key it promised', async () => {
    const story = await signedIn({ seed: 'demo', buildSeconds: 0 });
    for (const region of story.cloud.state.regions) region.keypairs.splice(0);
    const refuse = (): Promise<never> => Promise.reject(new Error('refused'));
    const element = await show(story);
    await is(element, 'ready');
    crypto.subtle.generateKey = refuse;
    button(element, 'Launch').click();
    await eventually(() => text(element).includes('so nothing was launched'), 'it says so');
    Reflect.deleteProperty(crypto.subtle, 'generateKey');
    expect(launched(story)).to.have.length(0);
    button(element, 'Launch').click();
    await is(element, 'launched');
    expect(text(element)).not.to.contain('so nothing was launched');
  });
});
