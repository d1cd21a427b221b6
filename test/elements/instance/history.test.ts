import { expect } from '@open-wc/testing';
import { create } from '../../../src/elements/instance/sections/history.js';
import { ComputeClient } from '../../../src/openstack/compute.js';
import { eventually, signedIn } from '../../../stories/cloud.js';
import { buttonOf, says, serverNamed, showSection, textOf } from './section-host.js';

describe('the history of an instance', () => {
  it('says who did what, and what came of it', async () => {
    const story = await signedIn({ seed: 'demo', actionSeconds: 0.05 });
    const id = await serverNamed(story, 'web-1');
    await story.session.current?.client(ComputeClient).stopServer(id);
    const box = await showSection(story, 'web-1', create);
    await says(box, 'Stopped');
    expect(textOf(box)).to.match(/Stopped.*You.*Created.*You.*Done/);
    buttonOf(box, 'Details of: Stopped').click();
    await says(box, 'Request id req-');
    await eventually(
      () => box.renderRoot.querySelectorAll('.history-part').length === 1,
      'its part is there',
    );
    expect(buttonOf(box, 'Details of: Stopped').getAttribute('aria-expanded')).to.equal('true');
    await expect(box).to.be.accessible();
    buttonOf(box, 'Details of: Stopped').click();
    await eventually(() => box.renderRoot.querySelector('.history-more') === null, 'it closes');
  });

  it('says of a failure that it failed', async () => {
    const story = await signedIn({ seed: 'demo' });
    const box = await showSection(story, 'gpu-training', create);
    await says(box, 'Failed');
  });

  it('does not say You of somebody else', async () => {
    const story = await signedIn({ seed: 'demo', user: 'reader' });
    const box = await showSection(story, 'web-1', create);
    await says(box, 'Somebody else in this project');
    expect(textOf(box)).to.not.include('You');
  });

  it('says what failed, and tries again', async () => {
    const story = await signedIn({ seed: 'demo' });
    story.cloud.fail({ path: '/os-instance-actions' }, { status: 403 });
    const box = await showSection(story, 'web-1', create);
    await says(box, 'Could not read what was done to the instance “web-1”');
    buttonOf(box, 'Try again').click();
    await says(box, 'Created');
  });
});
