import { setViewport } from '@web/test-runner-commands';
import { render } from 'lit';
import { reduceMotion } from './motion.js';

interface Runnable {
  readonly loaders: readonly (() => Promise<unknown>)[];
  readonly render: () => unknown;
  readonly play: (context: { canvasElement: HTMLElement }) => Promise<void>;
}

/** Shows a story and answers its element when it is as the story wants it. */
export type RunStory<Tag extends keyof HTMLElementTagNameMap> = (
  story: unknown,
) => Promise<HTMLElementTagNameMap[Tag]>;

/**
 * What Storybook does, without Storybook: a place for each test of the suite, and what shows a story in it. Called in a
 * `describe`.
 */
export function storyRunner<Tag extends keyof HTMLElementTagNameMap>(tag: Tag): RunStory<Tag> {
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
  return async (story) => {
    const { loaders, render: template, play } = story as Runnable;
    for (const load of loaders) await load();
    render(template(), place);
    await play({ canvasElement: place });
    const element = place.querySelector(tag);
    if (!element) throw new Error(`the story shows no <${tag}>`);
    if ('updateComplete' in element) await element.updateComplete;
    return element;
  };
}

/** The stories of a file with their names. */
export function storiesOf(module: Readonly<Record<string, unknown>>): [name: string, story: unknown][] {
  return Object.entries(module).filter(([name]) => name !== 'default');
}

/** Texts of the pseudo-locale that did not go through it. @param isOwn what comes from the cloud or has no language */
export function untranslated(root: Node, isOwn: (text: string, node: Node) => boolean): string[] {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const plain: string[] = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = (node.textContent ?? '').trim();
    if (/[A-Za-z]{2}/.test(text) && !text.includes('⟦') && !isOwn(text, node)) plain.push(text);
  }
  return plain;
}
