import { expect } from '@open-wc/testing';
import { create } from '../../../src/elements/instance/sections/graphs.js';
import { eventually, signedIn, type StoryCloud } from '../../../stories/cloud.js';
import { buttonOf, says, serverNamed, showSection, textOf } from './section-host.js';

async function withUsage(more: object = {}): Promise<StoryCloud> {
  const story = await signedIn({ seed: 'demo' });
  const id = await serverNamed(story, 'web-1');
  const server = story.cloud.state.regions[0]?.servers.get(id);
  const now = Math.floor(Date.now() / 1000);
  for (let minute = 30; minute >= 0; minute--)
    server?.console.push(
      JSON.stringify({
        epoch: now - minute * 60,
        cpuPctUsed: 70 - minute,
        memPctUsed: 40,
        rootfsPctUsed: 50,
        gpuPctUsed: null,
        ...more,
      }),
    );
  return story;
}

describe('how busy an instance is', () => {
  it('is drawn for each thing that is measured, and is a table too', async () => {
    const box = await showSection(await withUsage({ gpuPctUsed: [3, 99] }), 'web-1', create);
    await eventually(() => box.renderRoot.querySelectorAll('.graph canvas').length === 5, 'five drawings');
    expect(textOf(box)).to.match(
      /Processor ?70 %.*Memory ?40 %.*Disk of the system ?50 %.*GPU 1 ?3 %.*GPU 2 ?99 %/,
    );
    const label = box.renderRoot.querySelector('.graph-plot')?.getAttribute('aria-label');
    expect(label).to.match(/^Processor: .* lowest 40 %, highest 70 %, latest 70 %/);
    box.renderRoot.querySelector('details')?.toggleAttribute('open');
    expect(box.renderRoot.querySelectorAll('tbody tr').length).to.equal(31);
    await expect(box).to.be.accessible();
    expect(box.shadowRoot?.querySelector('style')).to.equal(null);
  });

  it('draws something in the colour of the page', async () => {
    const box = await showSection(await withUsage(), 'web-1', create);
    await eventually(() => box.renderRoot.querySelectorAll('canvas').length === 3, 'three drawings');
    const canvas = box.renderRoot.querySelector('canvas');
    const inked = (): boolean => {
      const data = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
      return data.some((value) => value !== 0);
    };
    await eventually(inked, 'there is ink');
  });

  it('warns of a disk that is nearly full', async () => {
    const box = await showSection(await withUsage({ rootfsPctUsed: 93 }), 'web-1', create);
    await says(box, 'The disk of the system is nearly full');
    await expect(box).to.be.accessible();
  });

  it('says what is needed where nothing is told', async () => {
    const story = await signedIn({ seed: 'demo' });
    let box = await showSection(story, 'web-1', create);
    await says(box, 'launched with the Exosphere set-up');
    expect(box.renderRoot.querySelector('.graph')).to.equal(null);
    box = await showSection(story, 'teaching-notebooks', create);
    await says(box, 'Start it to see how busy it is');
    box = await showSection(story, 'gpu-training', create);
    await says(box, 'does not give the console log');
    await expect(box).to.be.accessible();
  });

  it('says what failed, and tries again', async () => {
    const story = await withUsage();
    story.cloud.fail({ path: '/action' }, { status: 403 });
    const box = await showSection(story, 'web-1', create);
    await says(box, 'Could not read the console log');
    buttonOf(box, 'Try again').click();
    await says(box, 'Processor');
  });

  it('grows with the simulated minutes of an instance that tells', async () => {
    const story = await signedIn({ seed: 'demo' });
    const id = await serverNamed(story, 'web-1');
    const server = story.cloud.state.regions[0]?.servers.get(id);
    if (server) server.metadata = { exoServerVersion: '5' };
    const box = await showSection(story, 'web-1', create);
    await eventually(() => box.renderRoot.querySelectorAll('canvas').length === 3, 'it is drawn');
  });
});
