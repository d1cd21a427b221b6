import { expect } from '@open-wc/testing';
import { create } from '../../../src/elements/instance/sections/raw.js';
import { eventually, signedIn } from '../../../stories/cloud.js';
import { buttonOf, says, search, serverNamed, showSection, textOf } from './section-host.js';

describe('the raw form of an instance', () => {
  it('shows what the cloud says, which can be searched', async () => {
    const story = await signedIn({ seed: 'demo' });
    const box = await showSection(story, 'web-1', create);
    await says(box, 'OS-EXT-STS:vm_state');
    await search(box, '"purpose"');
    await says(box, '1 of 1');
    await expect(box).to.be.accessible();
  });

  it('hides what opens something', async () => {
    const story = await signedIn({ seed: 'demo' });
    const id = await serverNamed(story, 'web-1');
    const server = story.cloud.state.regions[0]?.servers.get(id);
    if (!server) throw new Error('no server');
    server.tags = ['exoPw:one two three', 'web'];
    const box = await showSection(story, 'web-1', create);
    await says(box, '"exoPw:•••"');
    expect(box.shadowRoot?.innerHTML).to.not.include('one two three');
  });

  it('has a command for each action', async () => {
    const story = await signedIn({ seed: 'demo' });
    const id = await serverNamed(story, 'web-1');
    const box = await showSection(story, 'web-1', create);
    await says(box, 'On the command line');
    box.renderRoot.querySelector('details')?.toggleAttribute('open');
    expect(textOf(box)).to.include(`openstack server reboot --hard ${id}`);
    expect(buttonOf(box, 'Copy the command: Delete')).to.be.instanceOf(HTMLButtonElement);
    await expect(box).to.be.accessible();
  });

  it('says what failed, and tries again', async () => {
    const story = await signedIn({ seed: 'demo' });
    const box = await showSectionFailing(story);
    await says(box, 'Could not read');
    buttonOf(box, 'Try again').click();
    await eventually(() => textOf(box).includes('vm_state'), 'it is there');
  });
});

/** The box asks for the server itself first, so the fault waits for the section. */
async function showSectionFailing(story: Parameters<typeof showSection>[0]): ReturnType<typeof showSection> {
  return showSection(story, 'teaching-notebooks', (host) => {
    story.cloud.fail({ method: 'GET', path: `/servers/${host.shown.server.id}` }, { status: 403 });
    return create(host);
  });
}
