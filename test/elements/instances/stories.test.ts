import { expect } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import * as stories from '../../../stories/instance-actions.stories.js';
import { storiesOf, storyRunner } from '../story-runner.js';

describe('every story of the actions of an instance', () => {
  const run = storyRunner('exo-instance-list');

  for (const [name, story] of storiesOf(stories)) {
    for (const width of [1280, 320]) {
      it(`${name} is accessible and fits ${String(width)} px`, async () => {
        await setViewport({ width, height: 800 });
        const list = await run(story);
        await expect(list).to.be.accessible();
        const open = list.shadowRoot?.querySelector<HTMLElement>('dialog[open], [role="menu"]');
        if (open) expect(open.scrollWidth, 'nothing sticks out').to.be.at.most(open.clientWidth);
      });
    }
  }
});
