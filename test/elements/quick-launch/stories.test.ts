import { expect } from '@open-wc/testing';
import { render } from 'lit';
import type { ExoQuickLaunch } from '../../../src/elements/quick-launch/quick-launch.js';
import * as stories from '../../../stories/quick-launch.stories.js';
import { reduceMotion } from '../motion.js';

interface Runnable {
  readonly loaders: readonly (() => Promise<unknown>)[];
  readonly render: () => unknown;
  readonly play: (context: { canvasElement: HTMLElement }) => Promise<void>;
}

/** What Storybook does, without Storybook. */
async function run(story: unknown, place: HTMLElement): Promise<ExoQuickLaunch> {
  const { loaders, render: template, play } = story as Runnable;
  for (const load of loaders) await load();
  render(template(), place);
  await play({ canvasElement: place });
  const button = place.querySelector('exo-quick-launch');
  if (!button) throw new Error('the story shows no button');
  await button.updateComplete;
  return button;
}

describe('every story of <exo-quick-launch>', function () {
  this.timeout(40_000);
  let place: HTMLElement;
  before(reduceMotion);
  beforeEach(() => {
    place = document.createElement('div');
    document.body.append(place);
  });
  afterEach(() => place.remove());

  for (const [name, story] of Object.entries(stories)) {
    if (name === 'default') continue;
    it(`${name} is accessible and fits its place, on a phone as well`, async () => {
      const button = await run(story, place);
      await expect(button).to.be.accessible();
      place.style.inlineSize = '320px';
      await button.updateComplete;
      expect(button.scrollWidth, 'nothing sticks out').to.be.at.most(button.clientWidth);
    });
  }

  it('has no text that was not translated', async () => {
    const button = await run(stories.PseudoLocale, place);
    const walker = document.createTreeWalker(button.renderRoot, NodeFilter.SHOW_TEXT);
    const plain: string[] = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const said = (node.textContent ?? '').trim();
      if (/[A-Za-z]{2}/.test(said) && !/^(?:A notebook server|Launch)$/.test(said) && !said.includes('⟦'))
        plain.push(said);
    }
    expect(plain).to.deep.equal([]);
  });
});
