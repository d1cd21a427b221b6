import { expect } from '@open-wc/testing';
import { render } from 'lit';
import type { ExoLaunchWizard } from '../../../src/elements/launch-wizard/launch-wizard.js';
import * as stories from '../../../stories/launch-wizard.stories.js';
import { reduceMotion } from '../motion.js';

interface Runnable {
  readonly loaders: readonly (() => Promise<unknown>)[];
  readonly render: () => unknown;
  readonly play: (context: { canvasElement: HTMLElement }) => Promise<void>;
}

/** What Storybook does, without Storybook. */
async function run(story: unknown, place: HTMLElement): Promise<ExoLaunchWizard> {
  const { loaders, render: template, play } = story as Runnable;
  for (const load of loaders) await load();
  render(template(), place);
  await play({ canvasElement: place });
  const wizard = place.querySelector('exo-launch-wizard');
  if (!wizard) throw new Error('the story shows no wizard');
  await wizard.updateComplete;
  return wizard;
}

describe('every story of <exo-launch-wizard>', function () {
  this.timeout(40_000);
  let place: HTMLElement;
  // A colour on its way to another is neither.
  before(reduceMotion);
  beforeEach(() => {
    place = document.createElement('div');
    document.body.append(place);
  });
  afterEach(() => place.remove());

  for (const [name, story] of Object.entries(stories)) {
    if (name === 'default') continue;
    it(`${name} is accessible and fits its place`, async () => {
      const wizard = await run(story, place);
      await expect(wizard).to.be.accessible();
      expect(wizard.scrollWidth, 'nothing sticks out').to.be.at.most(wizard.clientWidth);
    });
  }

  it('has no text that was not translated', async () => {
    const wizard = await run(stories.PseudoLocale, place);
    const walker = document.createTreeWalker(wizard.renderRoot, NodeFilter.SHOW_TEXT);
    const plain: string[] = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const said = (node.textContent ?? '').trim();
      const named = /^(Featured-|m3\.|g3\.|laptop|office|default|auto_allocated|Ubuntu|Debian|Rocky)/.test(
        said,
      );
      if (/[A-Za-z]{2}/.test(said) && !named && !said.includes('⟦')) plain.push(said);
    }
    expect(plain).to.deep.equal([]);
  });
});
