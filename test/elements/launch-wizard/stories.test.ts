import { expect } from '@open-wc/testing';
import * as stories from '../../../stories/launch-wizard.stories.js';
import { storiesOf, storyRunner, untranslated } from '../story-runner.js';

describe('every story of <exo-launch-wizard>', () => {
  const run = storyRunner('exo-launch-wizard');

  for (const [name, story] of storiesOf(stories)) {
    it(`${name} is accessible and fits its place`, async () => {
      const wizard = await run(story);
      await expect(wizard).to.be.accessible();
      expect(wizard.scrollWidth, 'nothing sticks out').to.be.at.most(wizard.clientWidth);
    });
  }

  it('has no text that was not translated', async () => {
    const wizard = await run(stories.PseudoLocale);
    const own = /^(Featured-|m3\.|g3\.|laptop|office|default|auto_allocated|Ubuntu|Debian|Rocky)/;
    const plain = untranslated(wizard.renderRoot, (text) => own.test(text));
    expect(plain).to.deep.equal([]);
  });
});
