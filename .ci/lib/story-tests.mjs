// Opens every story of the built Storybook at desktop and at phone width: its play function must pass and axe must
// find nothing. Writes the counts to EXO_RESULTS. An argument keeps the stories whose id contains it.
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { CHROMIUM_ARGS, findBrowser } from './browser.mjs';
import { root } from './root.mjs';
import { serveFolder } from './serve-static.mjs';

const VIEWPORTS = { desktop: { width: 1280, height: 800 }, phone: { width: 360, height: 740 } };
// axe over a thousand rows takes its time on a busy machine
const STORY_TIMEOUT = 120_000;
const only = process.argv[2] ?? '';

/** Runs in the page: notes how each story ends, as Storybook's channel says it. */
function noteEnds(timeout) {
  const ends = new Map();
  const waiting = new Map();
  const end = (id, result) => {
    if (waiting.has(id)) waiting.get(id)(result);
    else ends.set(id, result);
  };
  let current;
  window.__storyEnd = (id) => {
    const early = ends.get(id);
    return early
      ? Promise.resolve(early)
      : new Promise((resolve) => {
          waiting.set(id, resolve);
          setTimeout(resolve, timeout, { status: 'error', message: `timeout: no end after ${timeout} ms` });
        });
  };
  window.__showStory = (id) => {
    current = id;
    const channel = window.__STORYBOOK_ADDONS_CHANNEL__;
    if (channel) channel.emit('setCurrentStory', { storyId: id, viewMode: 'story' });
  };
  const looking = setInterval(() => {
    const channel = window.__STORYBOOK_ADDONS_CHANNEL__;
    if (!channel) return;
    clearInterval(looking);
    channel.on('storyFinished', (result) => end(result.storyId, result));
    for (const why of ['storyErrored', 'storyThrewException', 'playFunctionThrewException', 'storyMissing']) {
      channel.on(why, (detail) =>
        end(current ?? new URLSearchParams(location.search).get('id'), {
          status: 'error',
          message: `${why}: ${detail?.message ?? detail}`,
        }),
      );
    }
  }, 1);
}

const violationsOf = ({ reporters = [] }) =>
  reporters
    .filter(({ status }) => status === 'failed')
    .flatMap(({ type, result }) =>
      result?.violations
        ? result.violations.map(
            ({ id, help, nodes }) => `axe ${id}: ${help}\n      ${nodes.map((n) => n.html).join('\n      ')}`,
          )
        : [`${type} failed`],
    );

const built = path.join(root, 'storybook-static');
const { entries } = JSON.parse(await readFile(path.join(built, 'index.json'), 'utf8'));
const stories = Object.values(entries).filter(({ type, id }) => type === 'story' && id.includes(only));
const server = await serveFolder(built);
const browser = await chromium.launch({ executablePath: findBrowser()?.path, args: CHROMIUM_ARGS });
const counts = { passed: 0, failed: 0, skipped: [], failures: [] };

/** A page that shows one story after the other. */
async function openStories(context, first) {
  const page = await context.newPage();
  let thrown = [];
  page.on('pageerror', (error) => thrown.push(`thrown: ${error.message}`));
  await page.goto(`${server.url}/iframe.html?id=${first}&viewMode=story`);
  return {
    /** What is wrong with a story. */
    async look(id) {
      if (id !== first) await page.evaluate((story) => window.__showStory(story), id);
      const result = await page.evaluate(
        (story) => window.__storyEnd(story).then((found) => JSON.parse(JSON.stringify(found))),
        id,
      );
      const wide = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      const errors = [
        ...thrown,
        ...(result.status === 'success' ? [] : [result.message ?? result.status]),
        ...violationsOf(result),
        ...(wide > 0 ? [`scrolls sideways by ${wide} px`] : []),
      ];
      thrown = [];
      return errors;
    },
    close: () => page.close(),
  };
}

/** Stories of one title share a page, which is three times as fast as one each. */
const titles = [...new Set(stories.map(({ title }) => title))].map((title) =>
  stories.filter((story) => story.title === title),
);

const check = async ([viewport, size]) => {
  const context = await browser.newContext({ viewport: size, reducedMotion: 'reduce' });
  await context.addInitScript(noteEnds, STORY_TIMEOUT);
  for (const group of titles) {
    let shared;
    for (const { id } of group) {
      shared ??= await openStories(context, id);
      let errors = await shared.look(id);
      if (errors.length > 0) {
        // What counts is how it is by itself: a page that others have used may be the reason.
        await shared.close();
        shared = undefined;
        const alone = await openStories(context, id);
        errors = await alone.look(id);
        await alone.close();
      }
      if (errors.length === 0) {
        counts.passed += 1;
      } else {
        counts.failed += 1;
        counts.failures.push({ name: `${id} (${viewport})`, why: errors.join('\n') });
        console.log(`FAILED story ${id} (${viewport})\n    ${errors.join('\n    ')}`);
      }
    }
    await shared?.close();
  }
  await context.close();
};

await Promise.all(Object.entries(VIEWPORTS).map(check));
await browser.close();
await server.close();
if (stories.length === 0) {
  counts.failed += 1;
  console.log('FAILED there is no story to check');
}
if (process.env.EXO_RESULTS) await writeFile(process.env.EXO_RESULTS, JSON.stringify(counts));
console.log(
  `${stories.length} stories, ${Object.keys(VIEWPORTS).join(' and ')}: ${counts.passed} passed, ${counts.failed} failed.`,
);
process.exitCode = counts.failed > 0 ? 1 : 0;
