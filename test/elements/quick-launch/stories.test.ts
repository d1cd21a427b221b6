import { expect } from '@open-wc/testing';
import * as stories from '../../../stories/quick-launch.stories.js';
import { storiesOf, storyRunner, untranslated } from '../story-runner.js';

describe('every story of <exo-quick-launch>', () => {
  const run = storyRunner('exo-quick-launch');

  for (const [name, story] of storiesOf(stories)) {
    it(`${name} is accessible and fits its place, on a phone as well`, async () => {
      const button = await run(story);
      await expect(button).to.be.accessible();
      button.parentElement?.style.setProperty('inline-size', '320px');
      await button.updateComplete;
      expect(button.scrollWidth, 'nothing sticks out').to.be.at.most(button.clientWidth);
    });
  }

  it('has no text that was not translated', async () => {
    const button = await run(stories.PseudoLocale);
    const plain = untranslated(button.renderRoot, (text) => /^(?:A notebook server|Launch)$/.test(text));
    expect(plain).to.deep.equal([]);
  });
});
