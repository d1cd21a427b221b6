import { expect } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import * as stories from '../../../stories/instance.stories.js';
import { storiesOf, storyRunner } from '../story-runner.js';

describe('every story of <exo-instance>', () => {
  const run = storyRunner('exo-instance');

  for (const [name, story] of storiesOf(stories)) {
    for (const width of [1280, 320]) {
      it(`${name} is accessible and fits ${String(width)} px`, async () => {
        await setViewport({ width, height: 800 });
        const element = await run(story);
        await expect(element).to.be.accessible();
        expect(element.scrollWidth, 'nothing sticks out').to.be.at.most(element.clientWidth);
        expect(document.documentElement.scrollWidth).to.be.at.most(width);
      });
    }
  }
});
