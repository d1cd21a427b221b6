import { expect } from '@open-wc/testing';
import type { ExoLaunchWizard } from '../../../src/elements/launch-wizard/launch-wizard.js';
import type { Draft } from '../../../src/elements/launch-wizard/wishes.js';
import type { ServerRecord } from '../../../src/simulator/model.js';
import { eventually, signedIn, type StoryCloud } from '../../../stories/cloud.js';
import { button, everythingIn, launched, showReady, state, text } from './wizard.js';

const EXOSPHERE = { repository: 'https://cloud.lakeside.example/setup.git', commit: 'a'.repeat(40) };

function model({ cloud }: StoryCloud, name: string): ServerRecord {
  const found = [...(cloud.state.regions[0]?.servers.values() ?? [])].find((each) => each.name === name);
  if (!found) throw new Error(`there is no ${name}`);
  return found;
}

function idOf(rows: Iterable<{ readonly id: string; readonly name: string }>, name: string): string {
  for (const row of rows) if (row.name === name) return row.id;
  throw new Error(`there is no ${name}`);
}

/** Launches what is chosen, and wishes for another like it in a form that has forgotten it. */
async function another(story: StoryCloud, wizard: ExoLaunchWizard, draft: Draft): Promise<ServerRecord> {
  wizard.draft = { key: { kind: 'none' }, ...draft, name: 'first' };
  await wizard.updateComplete;
  button(wizard, 'Launch').click();
  await state(wizard, 'launched');
  wizard.reset();
  await state(wizard, 'ready');
  const server = model(story, 'first');
  await wizard.launchLike({ like: server.id });
  await eventually(() => wizard.draft.flavorId === server.flavor.id, 'it is chosen');
  await wizard.updateComplete;
  return server;
}

const notes = (wizard: ExoLaunchWizard) =>
  (wizard.renderRoot.querySelector('.notes')?.textContent ?? '').replace(/\s+/g, ' ').trim();

describe('another like an instance', () => {
  it('is prepared in the same way, and says what cannot be read back, but never what it was', async () => {
    const story = await signedIn({
      seed: 'demo',
      buildSeconds: 0,
      settings: { launch: { profiles: ['plain', 'kit'] } },
    });
    const wizard = await showReady(story);
    await another(story, wizard, {
      profile: 'kit',
      packages: 'git tmux',
      script: { kind: 'text', text: '#!/bin/sh\nPASSWORD=hunter2' },
      tags: ['course'],
    });
    expect(wizard.draft.profile).to.equal('kit');
    expect(wizard.draft.tags).to.deep.equal(['course']);
    expect(wizard.draft.script).to.equal(undefined);
    expect(notes(wizard)).to.contain('Not everything of first could be taken over');
    expect(notes(wizard)).to.contain('boot script cannot be read back').and.contain('packages that it got');
    expect(everythingIn(wizard)).not.to.contain('hunter2').and.not.to.contain('tmux');
    await expect(wizard).to.be.accessible();
    wizard.reset();
    await eventually(() => notes(wizard) === '', 'somebody who begins anew is told nothing');
  });

  it('starts from a new volume as this one does, asked for by the wish and not before', async () => {
    const story = await signedIn({ seed: 'demo', buildSeconds: 0, actionSeconds: 0 });
    const region = story.cloud.state.regions[0];
    const wizard = await showReady(story);
    const asked = () => story.session.log.entries.filter(({ url }) => /\/volumes\/[0-9a-f-]{36}$/.test(url));
    let before = 0;
    wizard.addEventListener('exo-launch-complete', () => {
      before = asked().length;
    });
    const server = await another(story, wizard, {
      imageId: idOf(region?.images.values() ?? [], 'Featured-Debian12'),
      boot: { kind: 'new-volume', size: '33', type: 'ssd', keep: true },
      volumes: [{ size: '7' }],
    });
    expect(wizard.draft.boot).to.deep.equal({ kind: 'new-volume', size: '33', type: 'ssd', keep: true });
    expect(wizard.draft.volumes).to.deep.equal([{ size: '7', type: 'standard' }]);
    expect(asked().length - before).to.equal(2);
    expect(notes(wizard)).to.equal('');
    expect(text(wizard)).to.contain('started from Featured-Debian12');
    button(wizard, 'Launch').click();
    await state(wizard, 'launched');
    const made = launched(story).find(({ id, name }) => id !== server.id && name !== 'first');
    const disks = made?.volumes.map(({ id }) => region?.volumes.get(id));
    expect(disks?.map((disk) => [disk?.size, disk?.type])).to.deep.equal([
      [33, 'ssd'],
      [7, 'standard'],
    ]);
    expect(made?.volumes[0]?.deleteOnTermination).to.equal(false);
  });

  it('says so where its volumes cannot be read', async () => {
    const story = await signedIn({ seed: 'demo', buildSeconds: 0, actionSeconds: 0 });
    const wizard = await showReady(story);
    wizard.draft = { key: { kind: 'none' }, name: 'first', boot: { kind: 'new-volume', size: '33' } };
    await wizard.updateComplete;
    button(wizard, 'Launch').click();
    await state(wizard, 'launched');
    wizard.reset();
    story.cloud.fail({ path: /\/volumes\/[0-9a-f-]{36}$/, times: Infinity }, { status: 403 });
    await wizard.launchLike({ like: model(story, 'first').id });
    await eventually(() => notes(wizard).includes('could not be read'), 'it is said');
    expect(notes(wizard)).to.contain('Look under “Storage”');
  });

  /** What tells how an instance was placed: asked for once, by the wish. */
  const placing = ({ session }: StoryCloud, { id }: ServerRecord) =>
    session.log.entries.filter(({ url }) => url.endsWith(`/servers/${id}`)).length;

  it('is put and described as this one: group, hints, config drive, words about it', async () => {
    const story = await signedIn({ seed: 'demo', buildSeconds: 0, maxMicroversion: '2.100' });
    const wizard = await showReady(story);
    const other = model(story, 'web-1').id;
    const server = await another(story, wizard, {
      newServerGroup: 'soft-anti-affinity',
      hints: [{ key: 'different_host', value: other }],
      description: 'For the course',
      configDrive: true,
    });
    const { description, serverGroupId, hints, configDrive } = wizard.draft;
    expect({ description, serverGroupId, hints, configDrive }).to.deep.equal({
      description: 'For the course',
      serverGroupId: server.groupId,
      hints: [{ key: 'different_host', value: other }],
      configDrive: true,
    });
    expect(notes(wizard)).to.equal('');
    const asked = placing(story, server);
    await eventually(() => !text(wizard).includes('being loaded'), 'the group is known');
    button(wizard, 'Launch').click();
    await state(wizard, 'launched');
    const made = launched(story).find(({ id, name }) => id !== server.id && name !== 'first');
    expect([made?.groupId, made?.description, made?.configDrive]).to.deep.equal([
      server.groupId,
      'For the course',
      true,
    ]);
    expect(made?.hints).to.deep.equal({ different_host: other, group: server.groupId });
    expect(placing(story, server)).to.equal(asked);
  });

  it('names what belongs to this one alone, or is not told: fixed addresses, hints', async () => {
    const story = await signedIn({ seed: 'demo', buildSeconds: 0 });
    const wizard = await showReady(story);
    const region = story.cloud.state.regions[0];
    await another(story, wizard, {
      network: idOf(region?.networks.values() ?? [], 'auto_allocated_network'),
      fixedIp: '10.0.0.77',
      hints: [{ key: 'different_host', value: model(story, 'web-1').id }],
    });
    expect(notes(wizard)).to.contain('fixed addresses that were chosen for it stay its own');
    expect(notes(wizard)).to.contain('scheduler hints that it was placed by cannot be read back');
    expect(wizard.draft.fixedIp).to.equal(undefined);
    expect(wizard.draft.hints).to.equal(undefined);
    await expect(wizard).to.be.accessible();
  });

  it('says so where it could not be read how it was placed, and of others what nobody can see', async () => {
    const story = await signedIn({ seed: 'demo', buildSeconds: 0 });
    const wizard = await showReady(story);
    const server = model(story, 'web-1');
    await wizard.launchLike({ like: server.id });
    await eventually(() => notes(wizard).includes('cannot be seen'), 'it is said');
    expect(notes(wizard)).to.contain('a boot script, fixed addresses, or scheduler hints');
    story.cloud.fail({ path: new RegExp(`/servers/${server.id}$`), times: Infinity }, { status: 403 });
    await wizard.launchLike({ like: server.id });
    await eventually(() => notes(wizard).includes('could not be read'), 'it is said');
    expect(wizard.draft.flavorId).to.equal(server.flavor.id);
  });

  it('has the notebooks, and no passphrase, of one that Exosphere has made', async () => {
    const story = await signedIn({
      seed: 'demo',
      prepared: true,
      settings: {
        launch: { exosphere: EXOSPHERE },
        userAppProxy: [{ hostname: 'proxy.example.org' }],
      },
    });
    const wizard = await showReady(story);
    const server = model(story, 'imaging-workshop');
    await wizard.launchLike({ like: server.id });
    await eventually(() => wizard.draft.profile === 'exosphere', 'it is chosen');
    expect(wizard.draft.workflow?.repo).to.equal('https://github.com/binder-examples/requirements');
    expect(wizard.draft.desktop).to.equal(true);
    expect(wizard.draft.volumes).to.equal(undefined);
    expect(notes(wizard)).to.contain('“Scans 2024” stays where it is').and.contain('had a boot script');
    await expect(wizard).to.be.accessible();
  });

  it('says what is not offered, or not there any more', async () => {
    const story = await signedIn({ seed: 'demo', prepared: true });
    const server = model(story, 'imaging-workshop');
    story.cloud.state.regions[0]?.images.delete(server.imageId);
    const wizard = await showReady(story);
    await wizard.launchLike({ like: server.id });
    await eventually(() => notes(wizard).includes('prepared as Exosphere does'), 'it is said');
    expect(notes(wizard)).to.contain('Its image is not there any more').and.not.to.contain(server.imageId);
  });
});
