import { expect } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import { render } from 'lit';
import type { ExoInstanceList } from '../../../src/elements/instance-list/instance-list.js';
import * as stories from '../../../stories/instance-list.stories.js';
import { reduceMotion } from '../motion.js';

interface Runnable {
  readonly loaders: readonly (() => Promise<unknown>)[];
  readonly render: () => unknown;
  readonly play: (context: { canvasElement: HTMLElement }) => Promise<void>;
}

/** What Storybook does, without Storybook. */
async function run(story: unknown, place: HTMLElement): Promise<ExoInstanceList> {
  const { loaders, render: template, play } = story as Runnable;
  for (const load of loaders) await load();
  render(template(), place);
  await play({ canvasElement: place });
  const list = place.querySelector('exo-instance-list');
  if (!list) throw new Error('the story shows no list');
  await list.updateComplete;
  return list;
}

describe('every story of <exo-instance-list>', function () {
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
        const list = await run(story, place);
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
        const list = await run(story, place);
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
    const list = await run(stories.Ready, place);
    list.style.setProperty('--exo-font-size', '200%');
    await list.updateComplete;
    expect(list.scrollWidth).to.be.at.most(list.clientWidth);
  });

  it('has no text that was not translated', async () => {
    const list = await run(stories.PseudoLocale, place);
    const walker = document.createTreeWalker(list.renderRoot, NodeFilter.SHOW_TEXT);
    const plain: string[] = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = (node.textContent ?? '').trim();
      const own = /^(Featured-|m3\.|g3\.|web-1|gpu-|teaching-|genome-|matlab-|10\.|198\.)/.test(text);
      if (/[A-Za-z]{2}/.test(text) && !own && !text.includes('⟦')) plain.push(text);
    }
    expect(plain).to.deep.equal([]);
  });
});
