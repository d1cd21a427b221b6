import { expect } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import { render } from 'lit';
import * as stories from '../../../stories/instance-actions.stories.js';
import { reduceMotion } from '../motion.js';

interface Runnable {
  readonly loaders: readonly (() => Promise<unknown>)[];
  readonly render: () => unknown;
  readonly play: (context: { canvasElement: HTMLElement }) => Promise<void>;
}

describe('every story of the actions of an instance', function () {
  this.timeout(40_000);
  let place: HTMLElement;
  before(reduceMotion);
  beforeEach(() => {
    place = document.createElement('div');
    document.body.append(place);
  });
  afterEach(async () => {
    place.remove();
    await setViewport({ width: 1280, height: 800 });
  });

  const all: Readonly<Record<string, unknown>> = stories;
  for (const [name, story] of Object.entries(all)) {
    if (name === 'default') continue;
    for (const width of [1280, 320]) {
      it(`${name} is accessible and fits ${String(width)} px`, async () => {
        await setViewport({ width, height: 800 });
        const { loaders, render: template, play } = story as Runnable;
        for (const load of loaders) await load();
        render(template(), place);
        await play({ canvasElement: place });
        const list = place.querySelector('exo-instance-list');
        await expect(list).to.be.accessible();
        const open = list?.shadowRoot?.querySelector<HTMLElement>('dialog[open], [role="menu"]');
        if (open) expect(open.scrollWidth, 'nothing sticks out').to.be.at.most(open.clientWidth);
      });
    }
  }
});
