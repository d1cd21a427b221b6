import { expect } from '@open-wc/testing';
import { launchesOf } from '../../../src/elements/launch-wizard/launch-board.js';
import { noteSaved, noteUnsaved } from '../../../src/elements/launch-wizard/unsaved-keys.js';
import { eventually, signedIn, type StoryCloud } from '../../../stories/cloud.js';
import { leaveHalf } from '../../../stories/half-launch.js';
import {
  button,
  keypairs,
  launched,
  show,
  showOpened,
  showReady,
  state,
  text,
  turnTo,
  type,
} from './wizard.js';

const demo = () => signedIn({ seed: 'demo', buildSeconds: 0 });

function marked({ cloud }: StoryCloud): { ports: number; addresses: number } {
  const region = cloud.state.regions[0];
  const ours = ({ description }: { readonly description: string }) => description.startsWith('exo:launch ');
  return {
    ports: [...(region?.ports.values() ?? [])].filter(ours).length,
    addresses: [...(region?.floatingIps.values() ?? [])].filter(ours).length,
  };
}

describe('launches to come back to', () => {
  beforeEach(() => localStorage.removeItem('exo.launches.kept'));

  it('are found by what they left, whoever began them, and carried on', async () => {
    const story = await demo();
    await leaveHalf(story, 'web');
    const wizard = await showReady(story);
    await eventually(() => text(wizard).includes('The launch of “web” stopped half-way'), 'it is found');
    expect(text(wizard)).to.match(
      /There because of it: Public address \S+ and Network connection of “web”\./,
    );
    await expect(wizard).to.be.accessible();
    button(wizard, 'Carry on').click();
    await state(wizard, 'launched');
    expect(launched(story).map(({ name }) => name)).to.deep.equal(['web']);
    expect(marked(story), 'nothing is made twice').to.deep.equal({ ports: 1, addresses: 1 });
    button(wizard, 'Launch another').click();
    await state(wizard, 'ready');
    expect(text(wizard)).not.to.contain('stopped half-way');
  });

  it('are carried on with a key pair of one’s own, where theirs is somebody else’s', async () => {
    const story = await demo();
    await leaveHalf(story, 'web', { key: { kind: 'existing', name: 'of-somebody-else' } });
    const wizard = await showReady(story);
    await eventually(
      () => text(wizard).includes('“of-somebody-else” belongs to whoever began it'),
      'it is told',
    );
    expect(text(wizard)).to.contain('it gets yours, “laptop”');
    button(wizard, 'Carry on').click();
    await state(wizard, 'launched');
    expect(launched(story).map(({ keyName }) => keyName)).to.deep.equal(['laptop']);
  });

  it('say that a key pair of the same name is another key, and which', async () => {
    const story = await demo();
    const theirs = { kind: 'existing', name: 'laptop', publicKey: 'ssh-ed25519 AAAAtheirs bob' } as const;
    await leaveHalf(story, 'web', { key: theirs });
    const mine = keypairs(story).find(({ name }) => name === 'laptop');
    const wizard = await showReady(story);
    await eventually(() => text(wizard).includes('is another one than this was begun with'), 'it is told');
    expect(text(wizard)).to.contain(`it gets yours, with the fingerprint ${mine?.fingerprint ?? ''}.`);
    await expect(wizard).to.be.accessible();
    button(wizard, 'Carry on').click();
    await state(wizard, 'launched');
    expect(launched(story).map(({ keyName }) => keyName)).to.deep.equal(['laptop']);
  });

  it('say nothing of a key pair that is the very same', async () => {
    const story = await demo();
    const mine = keypairs(story).find(({ name }) => name === 'laptop');
    const key = { kind: 'existing', name: 'laptop', publicKey: mine?.publicKey ?? '' } as const;
    await leaveHalf(story, 'web', { key });
    const wizard = await showReady(story);
    await eventually(() => text(wizard).includes('stopped half-way'), 'it is found');
    expect(text(wizard)).not.to.contain('is another one than this was begun with');
  });

  it('say that nobody has the private half of the key that was made for one', async () => {
    const publicKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGmpiT7sR/qRGHZP2XjqwqOexBxVXQKZYRmPLS6dQxcJ';
    noteUnsaved(publicKey);
    const story = await demo();
    await leaveHalf(story, 'web', { key: { kind: 'import', name: 'fresh', publicKey } });
    const wizard = await showReady(story);
    await eventually(() => text(wizard).includes('stopped half-way'), 'it is found');
    expect(text(wizard)).to.contain('“fresh” was made here, and its private half was never saved');
    await expect(wizard).to.be.accessible();
    noteSaved(publicKey);
    wizard.requestUpdate();
    await wizard.updateComplete;
    expect(text(wizard)).not.to.contain('never saved');
  });

  it('are undone after a question, and nothing is left', async () => {
    const story = await demo();
    await leaveHalf(story, 'web');
    const wizard = await showReady(story);
    await eventually(() => text(wizard).includes('stopped half-way'), 'it is found');
    button(wizard, 'Delete what was made').click();
    await eventually(() => text(wizard).includes('Delete all of it?'), 'it asks');
    expect(marked(story), 'nothing is deleted yet').to.deep.equal({ ports: 1, addresses: 1 });
    await eventually(
      () => wizard.shadowRoot?.activeElement?.textContent.trim() === 'Cancel',
      'the keyboard is where it does no harm',
    );
    button(wizard, 'Delete').click();
    await eventually(() => !text(wizard).includes('stopped half-way'), 'it is gone');
    expect(marked(story)).to.deep.equal({ ports: 0, addresses: 0 });
  });

  it('say what could not be deleted, and why', async () => {
    const story = await demo();
    await leaveHalf(story, 'web');
    const wizard = await showReady(story);
    await eventually(() => text(wizard).includes('stopped half-way'), 'it is found');
    story.cloud.fail({ method: 'DELETE', path: /\/ports/, times: Infinity }, { status: 403 });
    button(wizard, 'Delete what was made').click();
    await eventually(() => text(wizard).includes('Delete all of it?'), 'it asks');
    button(wizard, 'Delete').click();
    const failure = () => wizard.renderRoot.querySelector('.unfinished .notice.error');
    await eventually(() => failure() !== null, 'it says so');
    expect(text(wizard).replace(/.*Not finished/, '')).to.match(
      /There because of it: Network connection of “web”\./,
    );
    expect(marked(story)).to.deep.equal({ ports: 1, addresses: 0 });
  });

  it('are kept when that is wanted, and not spoken of again', async () => {
    const story = await demo();
    await leaveHalf(story, 'web');
    const wizard = await showReady(story);
    await eventually(() => text(wizard).includes('stopped half-way'), 'it is found');
    button(wizard, 'Keep').click();
    await eventually(() => !text(wizard).includes('stopped half-way'), 'it is not spoken of');
    expect(marked(story)).to.deep.equal({ ports: 1, addresses: 1 });
    expect(localStorage.getItem('exo.launches.kept')).to.match(/^\["[0-9a-f-]{36}"\]$/);
  });

  it('say why one cannot be carried on from here', async () => {
    const story = await demo();
    await leaveHalf(story, 'web', { userData: '#!/bin/sh\n' });
    const wizard = await showReady(story);
    await eventually(() => text(wizard).includes('It cannot be carried on from here'), 'it is said');
    expect(() => button(wizard, 'Carry on')).to.throw();
  });

  it('cost three requests where there are none, once somebody turns to the form', async () => {
    const story = await demo();
    const { current } = story.session;
    const asked = () =>
      (current?.transport.log.entries ?? []).filter(({ url }) =>
        /[?&]device_id=(?:&|$)|\/volumes\/detail|\/os-server-groups/.test(url),
      ).length;
    const wizard = await showOpened(story);
    expect(asked(), 'none before somebody turns to it').to.equal(0);
    await turnTo(wizard);
    await eventually(() => asked() === 3, 'it is looked for');
    await showReady(story);
    expect(asked(), 'once for a page').to.equal(3);
    expect(text(wizard)).not.to.contain('stopped half-way');
  });

  it('leave a launch of this page, and find it again', async () => {
    const story = await signedIn({ seed: 'demo', buildSeconds: 60 });
    const wizard = await showReady(story);
    await type(wizard, 'Name', 'slow');
    button(wizard, 'Launch').click();
    await state(wizard, 'launching');
    await eventually(() => launched(story).length === 1, 'it is asked for');
    let closed = 0;
    wizard.addEventListener('exo-launch-close', () => closed++);
    button(wizard, 'Close').click();
    await state(wizard, 'ready');
    expect(closed).to.equal(1);
    await eventually(() => text(wizard).includes('Launching “slow”'), 'it can be found');
    const other = await show(story);
    await eventually(() => text(other).includes('Launching “slow”'), 'by other elements as well');
    button(other, 'Show the launch of “slow”').click();
    await state(other, 'launching');
    story.cloud.advance(120_000);
    await state(other, 'launched');
    expect(launched(story)).to.have.length(1);
    await eventually(
      () => !text(wizard).includes('Launching “slow”'),
      'a launch that is complete is in the list',
    );
  });

  it('show a launch by its id, as the list asks for', async () => {
    const story = await signedIn({ seed: 'demo', buildSeconds: 60 });
    const wizard = await showReady(story);
    await type(wizard, 'Name', 'slow');
    button(wizard, 'Launch').click();
    await state(wizard, 'launching');
    const launchId =
      (story.session.current && launchesOf(story.session.current))?.runs[0]?.plan.launchId ?? '';
    wizard.reset();
    await state(wizard, 'ready');
    expect(await wizard.showLaunch('another')).to.equal(false);
    expect(await wizard.showLaunch(launchId)).to.equal(true);
    await state(wizard, 'launching');
  });

  it('keep a failed launch in sight until somebody decides', async () => {
    const story = await demo();
    const wizard = await showReady(story);
    wizard.draft = { name: 'web', count: '2' };
    await wizard.updateComplete;
    story.cloud.fail({ method: 'POST', path: /\/servers$/, body: '2/2' }, { status: 400 });
    button(wizard, 'Launch').click();
    await state(wizard, 'launch-failed');
    button(wizard, 'Back to the form').click();
    await eventually(() => text(wizard).includes('“web-1” could not be launched'), 'it is in sight');
    button(wizard, 'Show the launch of “web-1”').click();
    await state(wizard, 'launch-failed');
    button(wizard, 'Keep what was made').click();
    await state(wizard, 'ready');
    expect(text(wizard)).not.to.contain('could not be launched');
    expect(launched(story)).to.have.length(1);
  });

  it('let one thing of a failed launch be deleted', async () => {
    const story = await demo();
    const wizard = await showReady(story);
    wizard.draft = { name: 'web', count: '3' };
    await wizard.updateComplete;
    story.cloud.fail({ method: 'POST', path: /\/servers$/, body: '3/3' }, { status: 400 });
    button(wizard, 'Launch').click();
    await state(wizard, 'launch-failed');
    button(wizard, 'Delete: Instance “web-1”').click();
    await eventually(() => text(wizard).includes('Instance “web-1” will be deleted'), 'it asks');
    button(wizard, 'Delete what was made').click();
    await eventually(() => !text(wizard).includes('Instance “web-1”'), 'it is gone');
    expect(launched(story).map(({ name }) => name)).to.deep.equal(['web-2']);
  });
});
