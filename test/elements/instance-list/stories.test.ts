import { expect } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import * as stories from '../../../stories/instance-list.stories.js';
import { storiesOf, storyRunner, untranslated } from '../story-runner.js';

describe('every story of <exo-instance-list>', () => {
  const run = storyRunner('exo-instance-list');

  for (const [name, story] of storiesOf(stories)) {
    for (const width of [1280, 320]) {
      it(`${name} is accessible and fits ${String(width)} px`, async () => {
        await setViewport({ width, height: 800 });
        const list = await run(story);
        // A thousand rows take axe a minute; what is wrong with one is wrong with sixty.
        if (name !== 'ManyRows') await expect(list).to.be.accessible();
        expect(list.scrollWidth, 'nothing sticks out').to.be.at.most(list.clientWidth);
        expect(document.documentElement.scrollWidth).to.be.at.most(width);
      });
    }
  }

  for (const width of [320, 600, 900, 930, 1024, 1280]) {
    for (const [name, story] of Object.entries({ Ready: stories.Ready, ToLookAt: stories.ToLookAt })) {
      it(`cuts nothing off ${name} at ${String(width)} px`, async () => {
        await setViewport({ width, height: 800 });
        const list = await run(story);
        for (const row of list.renderRoot.querySelectorAll('tbody tr')) {
          // A row is painted within its own box only.
          const { left, right } = row.getBoundingClientRect();
          for (const inside of row.querySelectorAll('button:not(.open), .status, .digits, time, .major')) {
            const box = inside.getBoundingClientRect();
            expect(box.left, inside.textContent).to.be.at.least(left);
            expect(box.right, inside.textContent).to.be.at.most(right);
          }
        }
      });
    }
  }

  it('fits a page at 200 % zoom', async () => {
    await setViewport({ width: 640, height: 400 });
    const list = await run(stories.Ready);
    list.style.setProperty('--exo-font-size', '200%');
    await list.updateComplete;
    expect(list.scrollWidth).to.be.at.most(list.clientWidth);
  });

  it('has no text that was not translated', async () => {
    const list = await run(stories.PseudoLocale);
    const own = /^(Featured-|m3\.|g3\.|web-1|gpu-|teaching-|genome-|matlab-|10\.|198\.)/;
    const plain = untranslated(list.renderRoot, (text) => own.test(text));
    expect(plain).to.deep.equal([]);
  });
});
