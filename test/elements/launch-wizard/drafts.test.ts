import { expect, oneEvent } from '@open-wc/testing';
import { eventually, signedIn, signIn, signedOut } from '../../../stories/cloud.js';
import { button, input, show, showReady, state, text, type } from './wizard.js';

const demo = (settings = {}) =>
  signedIn({ seed: 'demo', buildSeconds: 0, settings: { persist: 'tab', ...settings } });

/** All that a browser keeps. */
const kept = (storage: Storage): string =>
  Object.keys(storage)
    .map((key) => storage.getItem(key))
    .join('\n');

function forget(): void {
  for (const storage of [sessionStorage, localStorage])
    for (const key of Object.keys(storage)) if (key.startsWith('exo.')) storage.removeItem(key);
}

describe('the draft of a launch', () => {
  beforeEach(forget);
  afterEach(() => {
    forget();
    history.replaceState(null, '', location.pathname + location.search);
  });

  it('survives that the page is loaded again, without the boot script', async () => {
    const story = await demo();
    const wizard = await showReady(story);
    await type(wizard, 'Name', 'lake-7');
    wizard.draft = { ...wizard.draft, count: '2', script: { kind: 'text', text: 'PASSWORD=hunter2' } };
    await eventually(() => kept(sessionStorage).includes('lake-7'), 'it is kept');
    expect(kept(sessionStorage)).not.to.contain('hunter2');
    wizard.remove();
    const again = await showReady(story);
    await eventually(() => again.draft.name === 'lake-7', 'it comes back');
    expect(again.draft).to.deep.equal({ name: 'lake-7', count: '2' });
  });

  it('survives that the wizard is closed, and goes when somebody starts afresh', async () => {
    const wizard = await showReady(await demo());
    wizard.closable = true;
    await type(wizard, 'Name', 'lake-7');
    await eventually(() => text(wizard).includes('Start afresh'), 'drafts are loaded');
    const closed = oneEvent(wizard, 'exo-launch-close');
    button(wizard, 'Cancel').click();
    await closed;
    await wizard.updateComplete;
    expect(input(wizard, 'Name').value).to.equal('lake-7');
    expect(kept(sessionStorage)).to.contain('lake-7');
    button(wizard, 'Start afresh').click();
    await eventually(() => input(wizard, 'Name').value !== 'lake-7', 'it is forgotten');
    expect(kept(sessionStorage)).not.to.contain('lake-7');
    await eventually(
      () => wizard.shadowRoot?.activeElement === input(wizard, 'Name'),
      'the keyboard is where it starts',
    );
    expect(text(wizard)).not.to.contain('Start afresh');
  });

  it('survives that the tab is closed, where the portal keeps things on the device', async () => {
    for (const persist of ['device', 'tab'] as const) {
      const story = await demo({ persist });
      const wizard = await showReady(story);
      await type(wizard, 'Name', 'lake-7');
      await eventually(() => kept(sessionStorage).includes('lake-7'), 'it is kept');
      wizard.remove();
      sessionStorage.clear();
      const again = await showReady(story);
      await eventually(() => again.renderRoot.querySelector('.templates') !== null, 'drafts are loaded');
      await again.updateComplete;
      expect(again.draft.name).to.equal(persist === 'device' ? 'lake-7' : undefined);
      again.reset();
      await again.updateComplete;
      expect(kept(localStorage)).not.to.contain('lake-7');
      again.remove();
    }
  });

  it('says what it named and is no longer there', async () => {
    const story = await demo();
    const wizard = await showReady(story);
    wizard.draft = {
      imageId: 'gone',
      flavorId: 'gone',
      key: { kind: 'existing', name: 'gone' },
      network: 'gone',
    };
    await eventually(() => text(wizard).includes('The image that was chosen here before'), 'it is said');
    for (const what of ['size', 'SSH key', 'network'])
      expect(text(wizard)).to.contain(`The ${what} that was chosen here before is no longer there.`);
    await expect(wizard).to.be.accessible();
    wizard.draft = { network: 'automatic', key: { kind: 'none' } };
    await eventually(() => !text(wizard).includes('chosen here before'), 'nothing is missing');
  });

  it('says what the portal does not offer, and lets go of what another project has', async () => {
    const story = await demo();
    const wizard = await showReady(story);
    wizard.draft = { profile: 'exosphere', serverGroupId: 'another', zone: 'lab.example.' };
    await eventually(
      () => text(wizard).includes('How it was to be prepared at its first start'),
      'it is said',
    );
    await eventually(() => wizard.draft.serverGroupId === undefined, 'the group is let go of');
    expect(wizard.draft).to.deep.equal({ profile: 'exosphere' });
    expect(text(wizard)).to.contain('the instance goes into none').and.contain('gets no name in it');
    await expect(wizard).to.be.accessible();
    wizard.draft = { ...wizard.draft, profile: 'kit', newServerGroup: 'affinity' };
    await eventually(() => !text(wizard).includes('goes into none'), 'another is chosen in its place');
    expect(text(wizard)).not.to.contain('How it was to be prepared');
    wizard.reset();
    await eventually(
      () => !text(wizard).includes('gets no name in it'),
      'somebody who begins anew is told nothing',
    );
  });

  it('says what the institution has decided otherwise', async () => {
    const wizard = await showReady(await demo({ launch: { locked: ['size'], defaultSize: 'm3.small' } }));
    wizard.draft = { flavorId: 'another' };
    await eventually(() => text(wizard).includes('is decided by your institution. Look'), 'it is said');
    wizard.draft = {};
    await eventually(() => !text(wizard).includes('is decided by your institution. Look'), 'nothing is');
  });

  it('is nobody else’s', async () => {
    const wizard = await showReady(await demo());
    await type(wizard, 'Name', 'lake-7');
    await eventually(() => kept(sessionStorage).includes('lake-7'), 'it is kept');
    const other = await showReady(
      await signedIn({ seed: 'demo', user: 'reader', settings: { persist: 'tab' } }),
    );
    expect(other.draft.name).to.equal(undefined);
  });

  it('is not kept where the portal keeps nothing', async () => {
    const wizard = await showReady(await demo({ persist: 'none' }));
    await type(wizard, 'Name', 'lake-7');
    await eventually(() => wizard.renderRoot.querySelector('.templates') !== null, 'drafts are loaded');
    await wizard.updateComplete;
    expect(kept(sessionStorage)).not.to.contain('lake-7');
  });

  it('is gone once it is launched', async () => {
    const wizard = await showReady(await demo());
    await type(wizard, 'Name', 'lake-7');
    await eventually(() => kept(sessionStorage).includes('lake-7'), 'it is kept');
    button(wizard, 'Launch').click();
    await state(wizard, 'launched');
    expect(kept(sessionStorage)).not.to.contain('lake-7');
  });

  it('comes by a link, through the sign-in, and says what is not there', async () => {
    history.replaceState(
      null,
      '',
      '#launch?image=Featured-Debian12&size=m3.quad&name=linked&network=nowhere',
    );
    const story = signedOut({ seed: 'demo' });
    const wizard = await show(story);
    wizard.fragment = 'launch';
    await signIn(story);
    await eventually(() => text(wizard).includes('started from Featured-Debian12'), 'it is taken over');
    expect(text(wizard)).to.contain('of size m3.quad').and.contain('“nowhere” is not there');
    expect(input(wizard, 'Name').value).to.equal('linked');
    await expect(wizard).to.be.accessible();
  });

  it('says so where nothing is there of what was wished, until somebody begins anew', async () => {
    const wizard = await showReady(await demo());
    await wizard.launchLike({ image: 'no-such-image' });
    await eventually(() => text(wizard).includes('“no-such-image” is not there'), 'it is said');
    wizard.reset();
    await eventually(() => !text(wizard).includes('no-such-image'), 'it is no longer said');
  });

  it('follows another link while it is open, and leaves other fragments alone', async () => {
    const wizard = await showReady(await demo());
    wizard.fragment = 'launch';
    await eventually(() => wizard.renderRoot.querySelector('.templates') !== null, 'drafts are loaded');
    location.hash = '#instances';
    location.hash = '#launch?size=m3.medium';
    await eventually(() => text(wizard).includes('of size m3.medium'), 'it is taken over');
  });

  it('comes again by the same link once it was launched, or closed', async () => {
    const wizard = await showReady(await demo());
    wizard.fragment = 'launch';
    await eventually(() => wizard.renderRoot.querySelector('.templates') !== null, 'drafts are loaded');
    const follow = async () => {
      location.hash = '#instances';
      location.hash = '#launch?size=m3.medium';
      await eventually(() => text(wizard).includes('of size m3.medium'), 'it is taken over');
    };
    await follow();
    button(wizard, 'Launch').click();
    await state(wizard, 'launched');
    await follow();
    wizard.reset();
    await wizard.updateComplete;
    await follow();
  });

  it('comes by a link under a name that the page says late', async () => {
    history.replaceState(null, '', '#launch?name=linked');
    const wizard = await showReady(await demo());
    await eventually(() => wizard.renderRoot.querySelector('.templates') !== null, 'drafts are loaded');
    expect(input(wizard, 'Name').value).not.to.equal('linked');
    wizard.fragment = 'launch';
    await eventually(() => input(wizard, 'Name').value === 'linked', 'the link is taken over');
  });

  it('says of a link that its availability zone is not there, and does without', async () => {
    history.replaceState(null, '', '#launch?name=linked&zone=nova-9');
    const story = await demo();
    const wizard = await show(story);
    wizard.fragment = 'launch';
    await eventually(() => text(wizard).includes('The availability zone that was chosen here is not there'), 'it is said'); // prettier-ignore
    expect(text(wizard)).not.to.contain('nova-9');
    button(wizard, 'Launch').click();
    await state(wizard, 'launched');
  });

  it('says of a link what is no value that can be, and what is not offered here', async () => {
    const story = await demo();
    const wizard = await showReady(story);
    wizard.fragment = 'launch';
    location.hash = '#launch?name=linked&count=many&profile=exosphere&desktop=1';
    await eventually(() => wizard.draft.name === 'linked', 'it is taken over');
    await eventually(
      () => text(wizard).includes('What the link says of “count” and “desktop” cannot be used'),
      'it is said',
    );
    expect(text(wizard)).to.contain('How it was to be prepared at its first start is not offered here');
    location.hash = '#launch?boot=none';
    await eventually(
      () => text(wizard).includes('What the link says of “boot” cannot be used'),
      'it is said',
    );
    wizard.reset();
    await eventually(() => !text(wizard).includes('What the link says'), 'somebody begins anew');
    location.hash = '#launch?size=m3.medium';
    await eventually(() => wizard.draft.flavorId !== undefined, 'another link is taken over');
    expect(text(wizard)).not.to.contain('What the link says');
  });

  it('cannot change by a link what the portal has locked', async () => {
    history.replaceState(null, '', '#launch?size=m3.medium&name=linked');
    const story = await demo({ launch: { locked: ['size'], defaultSize: 'm3.small' } });
    const wizard = await show(story);
    wizard.fragment = 'launch';
    await eventually(() => text(wizard).includes('started from'), 'it is there');
    await eventually(() => input(wizard, 'Name').value === 'linked', 'the link is taken over');
    expect(text(wizard)).to.contain('of size m3.small');
  });

  it('is saved as a template, used and deleted', async () => {
    const story = await demo();
    const wizard = await showReady(story);
    await eventually(() => wizard.renderRoot.querySelector('#save-template') !== null, 'drafts are loaded');
    const large = [...(story.cloud.state.regions[0]?.flavors.values() ?? [])].find(
      ({ name }) => name === 'm3.quad',
    );
    wizard.draft = { flavorId: large?.id, script: { kind: 'text', text: 'PASSWORD=hunter2' } };
    button(wizard, 'Save as template').click();
    await eventually(() => wizard.renderRoot.querySelector('#template-name') !== null, 'it asks for a name');
    await expect(wizard).to.be.accessible();
    await type(wizard, 'Name of the template', 'Course');
    const enter = { key: 'Enter', bubbles: true, composed: true, cancelable: true };
    input(wizard, 'Name of the template').dispatchEvent(new KeyboardEvent('keydown', enter));
    await eventually(() => text(wizard).includes('Use Course'), 'it is there');
    expect(kept(localStorage)).to.contain('Course').and.not.contain('hunter2');
    wizard.draft = {};
    await wizard.updateComplete;
    button(wizard, 'Use Course').click();
    await eventually(() => text(wizard).includes('of size m3.quad'), 'it is chosen');
    const other = await showReady(story);
    await eventually(() => text(other).includes('Use Course'), 'other wizards have it as well');
    button(other, 'Delete the template Course').click();
    await eventually(() => !text(other).includes('Use Course'), 'it is gone');
    expect(kept(localStorage)).not.to.contain('Course');
  });
});

describe('the review of a launch', () => {
  it('says what it costs and what is left, and gives the same as command lines', async () => {
    const story = await signedIn({
      seed: 'demo',
      settings: { prices: { currency: 'EUR', perHour: { 'm3.small': 0.04 } } },
    });
    const wizard = await showReady(story);
    await eventually(() => text(wizard).includes('What it uses of the quota'), 'the review is there');
    expect(text(wizard)).to.match(/It costs €0\.04 an hour, about €29\.20 a month/);
    expect(text(wizard)).to.match(/Instances 34 left 5 in use, 1 for this, of 40/);
    button(wizard, 'The same by command lines').click();
    await eventually(() => text(wizard).includes('openstack server create'), 'the commands are there');
    expect(text(wizard)).to.contain('--flavor=m3.small').and.contain('--image=Featured-Ubuntu24');
    await expect(wizard).to.be.accessible();
  });
});

describe('another like it', () => {
  it('has the same choices and another name', async () => {
    const story = await signedIn({ seed: 'demo', buildSeconds: 0 });
    const wizard = await showReady(story);
    const large = [...(story.cloud.state.regions[0]?.flavors.values() ?? [])].find(
      ({ name }) => name === 'm3.quad',
    );
    wizard.draft = { name: 'first', flavorId: large?.id };
    await eventually(() => text(wizard).includes('of size m3.quad'), 'it is chosen');
    button(wizard, 'Launch').click();
    await state(wizard, 'launched');
    button(wizard, 'Launch another like it').click();
    await state(wizard, 'ready');
    await eventually(() => text(wizard).includes('of size m3.quad'), 'the choice is kept');
    expect(input(wizard, 'Name').value).not.to.equal('first');
  });

  it('takes the place of a launch that has ended, when it is wished from elsewhere', async () => {
    const story = await signedIn({ seed: 'demo', buildSeconds: 0 });
    const wizard = await showReady(story);
    wizard.draft = { name: 'first', key: { kind: 'none' } };
    await wizard.updateComplete;
    button(wizard, 'Launch').click();
    await state(wizard, 'launched');
    const model = [...(story.cloud.state.regions[0]?.servers.values() ?? [])].find(
      ({ name }) => name === 'web-1',
    );
    await wizard.launchLike({ like: model?.id });
    await state(wizard, 'ready');
    await eventually(() => wizard.draft.imageId === model?.imageId, 'its choices are there');
  });
});
