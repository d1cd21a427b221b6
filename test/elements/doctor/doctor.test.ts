import { expect, fixture, html } from '@open-wc/testing';
import '../../../src/elements/exo-doctor.js';
import type { ExoDoctor } from '../../../src/elements/doctor/doctor.js';
import { PSEUDO_LOCALE } from '../../../src/i18n/pseudo.js';
import { eventually, signedIn, signedOut, type StoryCloud } from '../../../stories/cloud.js';

async function show({ session }: Pick<StoryCloud, 'session'>): Promise<ExoDoctor> {
  const element = await fixture<ExoDoctor>(html`<exo-doctor .session=${session}></exo-doctor>`);
  await element.updateComplete;
  return element;
}

const text = (element: ExoDoctor): string => element.renderRoot.textContent.replace(/\s+/g, ' ');

function service(element: ExoDoctor, type: string): string {
  const found = [...element.renderRoot.querySelectorAll('[part=service]')].find((each) =>
    each.querySelector('.type')?.textContent.trim().startsWith(type),
  );
  return found?.textContent.replace(/\s+/g, ' ') ?? '';
}

function press(element: ExoDoctor): void {
  element.renderRoot.querySelector<HTMLElement>('button[type=submit]')?.click();
}

describe('<exo-doctor>', () => {
  it('checks every service of the catalog when asked, and not before', async () => {
    const story = await signedIn();
    const element = await show(story);
    const before = story.cloud.requestCount;
    expect(element.matches(':state(idle)')).to.equal(true);
    press(element);
    await eventually(() => element.matches(':state(ready)'), 'all is well');
    expect(story.cloud.requestCount).to.be.greaterThan(before);
    expect(text(element)).to.include('Everything this page needs works');
    for (const type of ['identity', 'compute', 'image', 'network'])
      expect(service(element, type), type).to.include('may read').and.include('may make changes');
    expect(service(element, 'compute')).to.match(/Microversions: 2\.1 – 2\.\d+/);
    expect(service(element, 'identity')).to.include('People can make them').and.include('can be limited');
    await expect(element).to.be.accessible();
  });

  it('changes nothing in the cloud', async () => {
    const story = await signedIn({ seed: 'demo' });
    const count = (): number =>
      story.cloud.state.regions.reduce((sum, region) => sum + region.servers.size, 0);
    const before = count();
    const element = await show(story);
    await element.check();
    expect(count()).to.equal(before);
  });

  it('names the configuration that is missing', async () => {
    const story = await signedIn();
    story.cloud.fail({ path: '/v2.1/', times: Infinity }, { drop: true });
    const element = await show(story);
    await element.check();
    await element.updateComplete;
    expect(element.matches(':state(failed)')).to.equal(true);
    expect(service(element, 'compute')).to.include('does not work');
    expect(text(element)).to.include('One service does not work');
    expect(service(element, 'image')).to.include('may read');
    await expect(element).to.be.accessible();
  });

  it('tells of a service that is down, and of one that answers with a web page', async () => {
    const story = await signedIn();
    story.cloud.fail({ path: '/image', times: Infinity }, { html: true });
    const element = await show(story);
    await element.check();
    await element.updateComplete;
    expect(service(element, 'image')).to.include('does not work');
  });

  it('looks at the identity service alone before anybody has signed in', async () => {
    // An address without an answer is tried several times.
    const story = signedOut();
    const element = await show(story);
    expect(text(element)).to.include('only the identity service');
    press(element);
    await eventually(() => text(element).includes('identity service answers'), 'it is found');
    expect(text(element)).to.include('may send a sign-in');
    await expect(element).to.be.accessible();
    const field = element.renderRoot.querySelector('input');
    if (!field) throw new Error('there is no field for the address');
    field.value = 'no address';
    field.dispatchEvent(new Event('input', { bubbles: true }));
    press(element);
    await eventually(() => text(element).includes('not a web address'), 'the slip is told');
    expect(element.renderRoot.querySelector('[part~=notice]')).to.equal(null);
    field.value = 'https://nobody.example/v3';
    field.dispatchEvent(new Event('input', { bubbles: true }));
    press(element);
    await eventually(() => element.matches(':state(failed)'), 'nothing is there');
    await expect(element).to.be.accessible();
  });

  it('tells a cloud that answers and lets nobody sign in from this page', async () => {
    const story = signedOut();
    story.cloud.fail({ method: 'POST', path: '/auth/tokens', times: Infinity }, { drop: true });
    const element = await show(story);
    await element.check();
    await element.updateComplete;
    expect(element.matches(':state(failed)')).to.equal(true);
    expect(text(element)).to.include('nobody can sign in from this page');
    await expect(element).to.be.accessible();
  });

  it('says so when there is no session', async () => {
    const element = await fixture<ExoDoctor>(html`<exo-doctor session="nowhere"></exo-doctor>`);
    await eventually(() => element.matches(':state(no-session)'), 'the state is told');
  });

  it('has no text of its own outside its locale', async () => {
    const element = await show(await signedIn({ settings: { locale: PSEUDO_LOCALE } }));
    await element.check();
    await element.updateComplete;
    for (const each of element.renderRoot.querySelectorAll(
      'button:not(.copy), .check-name, .status, .heading',
    ))
      expect(each.textContent, each.outerHTML).to.include('⟦');
  });
});
