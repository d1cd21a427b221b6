import { expect } from '@open-wc/testing';
import { create } from '../../../src/elements/instance/sections/log.js';
import { eventually, signedIn, type StoryCloud } from '../../../stories/cloud.js';
import { buttonOf, says, search, showSection, textOf } from './section-host.js';

const ESC = '\u001b';

function consoleOf({ cloud }: StoryCloud, name: string): string[] {
  for (const region of cloud.state.regions)
    for (const server of region.servers.values()) if (server.name === name) return server.console;
  throw new Error(`no server ${name}`);
}

describe('the console log of an instance', () => {
  it('shows what the server wrote, in its colours', async () => {
    const story = await signedIn({ seed: 'demo' });
    consoleOf(story, 'web-1').push(
      `[${ESC}[0;32m  OK  ${ESC}[0m] Started ssh`,
      '<img src=x onerror=alert(1)>',
    );
    const box = await showSection(story, 'web-1', create);
    await says(box, 'Started ssh');
    const green = [...box.renderRoot.querySelectorAll<HTMLElement>('.log-line span')].find((each) =>
      each.textContent.includes('OK'),
    );
    expect(green?.style.color).to.match(/^light-dark/);
    expect(box.renderRoot.querySelector('img')).to.equal(null);
    expect(textOf(box)).to.include('<img src=x onerror=alert(1)>');
    await expect(box).to.be.accessible();
  });

  it('finds, counts and walks from place to place by keyboard', async () => {
    const story = await signedIn({ seed: 'demo' });
    consoleOf(story, 'web-1').push(
      'alpha',
      'beta alpha',
      ...Array.from({ length: 400 }, (_, n) => `row ${n}`),
      'ALPHA',
    );
    const box = await showSection(story, 'web-1', create);
    await says(box, 'row 399');
    const field = await search(box, 'alpha');
    await says(box, ' of 3');
    const current = (): string | undefined =>
      box.renderRoot.querySelector('mark.current')?.parentElement?.textContent;
    await eventually(() => current() === 'ALPHA', 'the one that is seen is the first');
    const enter = (shiftKey = false): boolean =>
      field.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'Enter', shiftKey, bubbles: true, cancelable: true }),
      );
    enter();
    await says(box, '1 of 3');
    await eventually(() => current() === 'alpha', 'it goes on from the beginning');
    enter(true);
    await says(box, '3 of 3');
    buttonOf(box, 'Previous place').click();
    await says(box, '2 of 3');
    await eventually(() => current() === 'beta alpha', 'and back');
    await search(box, 'nowhere');
    await says(box, 'Not found');
  });

  it('follows, and stays where somebody reads', async () => {
    const story = await signedIn({ seed: 'demo' });
    const log = consoleOf(story, 'web-1');
    log.push(...Array.from({ length: 300 }, (_, n) => `row ${n}`));
    const box = await showSection(story, 'web-1', create);
    await says(box, 'row 299');
    const view = box.renderRoot.querySelector<HTMLElement>('.log');
    if (!view) throw new Error('there is no log');
    const atEnd = (): boolean => view.scrollHeight - view.scrollTop - view.clientHeight < 24;
    await eventually(atEnd, 'it begins at the end');
    log.push('one more');
    buttonOf(box, 'Refresh').click();
    await says(box, 'one more');
    await eventually(atEnd, 'it stays at the end');
    view.scrollTop = 0;
    await eventually(() => textOf(box).includes('Go to the end'), 'the way to the end is offered');
    log.push('and another');
    buttonOf(box, 'Refresh').click();
    await says(box, '303 lines');
    expect(view.scrollTop).to.equal(0);
    buttonOf(box, 'Go to the end').click();
    await says(box, 'and another');
  });

  it('keeps the page alive with a hundred thousand lines', async () => {
    const story = await signedIn({ seed: 'demo' });
    const rows = Array.from(
      { length: 100_000 },
      (_, n) => `[${ESC}[32m ${n} ${ESC}[0m] something happened`,
    ).join('\n');
    story.cloud.fail(
      { path: '/action', body: 'os-getConsoleOutput' },
      { status: 200, body: { output: rows } },
    );
    const long: number[] = [];
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) long.push(entry.duration);
    });
    const box = await showSection(story, 'web-1', create);
    await eventually(
      () => textOf(box).includes('100,000 lines') || textOf(box).includes('Could not'),
      'all are there',
    );
    expect(box.renderRoot.querySelectorAll('.log-line').length).to.be.lessThan(250);
    observer.observe({ entryTypes: ['longtask'] });
    await search(box, '99999');
    await says(box, '1 of 1');
    const view = box.renderRoot.querySelector<HTMLElement>('.log');
    for (let step = 0; step < 20; step++) {
      if (view) view.scrollTop = step * 90_000;
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    observer.disconnect();
    // Other work on the machine makes some of them long. If the page were not alive, all of them were.
    expect(long.filter((duration) => duration > 200).length).to.be.lessThan(10);
  });

  it('is there for a server that is stopped, and says why it is not for one that never ran', async () => {
    const story = await signedIn({ seed: 'demo' });
    await says(await showSection(story, 'teaching-notebooks', create), 'login:');
    const box = await showSection(story, 'gpu-training', create);
    await says(box, 'has never run');
    await expect(box).to.be.accessible();
  });

  it('says what it means where the cloud keeps none, and tries again', async () => {
    const story = await signedIn({ seed: 'demo' });
    story.cloud.fail({ path: '/action', body: 'os-getConsoleOutput' }, { status: 404 });
    const box = await showSection(story, 'web-1', create);
    await says(box, 'keeps no console log');
    buttonOf(box, 'Try again').click();
    await says(box, 'login:');
    story.cloud.fail({ path: '/action', times: Infinity }, { status: 503 });
    buttonOf(box, 'Refresh').click();
    await eventually(() => textOf(box).includes('Could not read the console log'), 'the failure is told');
    expect(textOf(box)).to.include('login:');
  });
});
