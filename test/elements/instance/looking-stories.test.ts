import { expect } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import { render } from 'lit';
import type { ExoInstance } from '../../../src/elements/instance/instance.js';
import * as stories from '../../../stories/instance-looking.stories.js';
import { reduceMotion } from '../motion.js';

interface Runnable {
  readonly loaders: readonly (() => Promise<unknown>)[];
  readonly render: () => unknown;
  readonly play: (context: { canvasElement: HTMLElement }) => Promise<void>;
}

/** What Storybook does, without Storybook. */
async function run(story: unknown, place: HTMLElement): Promise<ExoInstance> {
  const { loaders, render: template, play } = story as Runnable;
  for (const load of loaders) await load();
  render(template(), place);
  await play({ canvasElement: place });
  const element = place.querySelector('exo-instance');
  if (!element) throw new Error('the story shows no instance');
  await element.updateComplete;
  return element;
}

describe('every story of looking at an instance', function () {
  this.timeout(40_000);
  let place: HTMLElement;
  // A colour on its way to another is neither.
  before(reduceMotion);
  beforeEach(() => {
    place = document.createElement('div');
    document.body.append(place);
  });
  afterEach(async () => {
    place.remove();
    await setViewport({ width: 1280, height: 800 });
  });

  for (const [name, story] of Object.entries(stories)) {
    if (name === 'default') continue;
    for (const width of [1280, 320]) {
      it(`${name} is accessible and fits ${String(width)} px`, async () => {
        await setViewport({ width, height: 800 });
        const element = await run(story, place);
        await expect(element).to.be.accessible();
        expect(element.scrollWidth, 'nothing sticks out').to.be.at.most(element.clientWidth);
        expect(document.documentElement.scrollWidth).to.be.at.most(width);
      });
    }
  }

  it('has no text that was not translated', async () => {
    for (const story of [stories.PseudoLocaleLog, stories.PseudoLocaleHistory, stories.PseudoLocaleGraphs]) {
      const element = await run(story, place);
      const panel = element.renderRoot.querySelector('[role=tabpanel]');
      const walker = document.createTreeWalker(panel ?? element, NodeFilter.SHOW_TEXT);
      const plain: string[] = [];
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const said = (node.textContent ?? '').trim();
        const its = node.parentElement?.closest('.log, code, time, td, .quiet-text') !== null;
        if (/[A-Za-z]{2}/.test(said) && !its && !said.includes('⟦')) plain.push(said);
      }
      expect(plain).to.deep.equal([]);
    }
  });
});
