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

/** Runs in the page: resolves with what Storybook's channel says at the end of the story. */
function collectEnd(timeout) {
  window.__ended = new Promise((resolve) => {
    const failed = (why) => (detail) =>
      resolve({ status: 'error', message: `${why}: ${detail?.message ?? detail}` });
    setTimeout(() => failed('timeout')(`no end after ${timeout} ms`), timeout);
    const waiting = setInterval(() => {
      const channel = window.__STORYBOOK_ADDONS_CHANNEL__;
      if (!channel) return;
      clearInterval(waiting);
      channel.on('storyFinished', resolve);
      for (const event of [
        'storyErrored',
        'storyThrewException',
        'playFunctionThrewException',
        'storyMissing',
      ]) {
        channel.on(event, failed(event));
      }
    }, 1);
  });
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
const counts = { passed: 0, failed: 0, skipped: [] };

const check = async ([viewport, size]) => {
  const context = await browser.newContext({ viewport: size, reducedMotion: 'reduce' });
  await context.addInitScript(collectEnd, STORY_TIMEOUT);
  for (const { id } of stories) {
    const page = await context.newPage();
    const errors = [];
    page.on('pageerror', (error) => errors.push(`thrown: ${error.message}`));
    await page.goto(`${server.url}/iframe.html?id=${id}&viewMode=story`);
    const end = await page.evaluate(() =>
      window.__ended.then((result) => JSON.parse(JSON.stringify(result))),
    );
    if (end.status !== 'success') errors.push(end.message ?? end.status);
    errors.push(...violationsOf(end));
    const wide = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    if (wide > 0) errors.push(`scrolls sideways by ${wide} px`);
    await page.close();
    if (errors.length === 0) {
      counts.passed += 1;
    } else {
      counts.failed += 1;
      console.log(`FAILED story ${id} (${viewport})\n    ${errors.join('\n    ')}`);
    }
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
