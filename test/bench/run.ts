// npm run bench: what ten thousand instances cost, in Chromium, over HTTP from the simulator. Fails beyond the limits.
import { build } from 'esbuild';
import { createServer } from 'node:http';
import { chromium, type CDPSession, type Page } from '@playwright/test';
import { serve } from '../../src/simulator/serve.js';

const INSTANCES = 10_000;
const COLUMNS = ['name', 'status', 'addresses', 'size', 'image', 'age'];
const POLLS = 7;
/** Other work on the machine makes things look slow, and nothing makes them look fast: the best of so many counts. */
const TRIES = 3;

/** `most` in the unit of the value. */
interface Result {
  readonly what: string;
  readonly value: number;
  readonly unit: 'ms' | 'MB' | '';
  readonly most?: number;
  readonly least?: number;
}

const page = await bundle();
const cloud = await serve({ port: 0, seed: 'empty', servers: INSTANCES });
const host = createServer((request, response) => {
  const script = request.url === '/page.js';
  response
    .writeHead(200, { 'content-type': script ? 'text/javascript' : 'text/html; charset=utf-8' })
    .end(
      script
        ? page
        : '<!doctype html><title>Bench</title><body><script type="module" src="/page.js"></script>',
    );
});
await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
const browser = await chromium.launch({
  executablePath: process.env['CHROME_PATH'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
try {
  const results = await measure(await browser.newPage({ viewport: { width: 1280, height: 900 } }));
  report(results);
  process.exitCode = results.every(isGood) ? 0 : 1;
} finally {
  await browser.close();
  host.close();
  await cloud.close();
}

/** The page with the sources as they are, made small as for users. */
async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: ['test/bench/page.ts'],
    bundle: true,
    format: 'esm',
    target: 'es2022',
    minify: true,
    write: false,
  });
  return outputFiles[0]?.text ?? '';
}

async function measure(tab: Page): Promise<readonly Result[]> {
  const address = host.address();
  if (address === null || typeof address === 'string') throw new Error('the bench has no port');
  const inspector = await tab.context().newCDPSession(tab);
  await inspector.send('Performance.enable');
  let first = Infinity;
  let all = { rows: 0, after: 0 };
  for (let at = 0; at < TRIES; at += 1) {
    await tab.goto(`http://127.0.0.1:${String(address.port)}/`);
    await tab.waitForFunction(() => 'bench' in window);
    first = Math.min(first, await tab.evaluate((authUrl) => window.bench.start(authUrl), `${cloud.url}/v3`));
    all = await tab.evaluate(() => window.bench.complete());
  }
  const results: Result[] = [
    { what: 'first rows after the first page has arrived', value: first, unit: 'ms', most: 100 },
    { what: 'rows in the list once all pages are in', value: all.rows, unit: '', least: INSTANCES },
    { what: 'all pages in after the first has arrived', value: all.after, unit: 'ms' },
  ];
  for (const column of COLUMNS) {
    const value = await best(() => tab.evaluate((key) => window.bench.sortBy(key), column));
    results.push({ what: `sort by ${column}`, value, unit: 'ms', most: 50 });
  }
  for (const text of ['s', 'se', '42', '10.0.0.7']) {
    const value = await best(async () => {
      const took = await tab.evaluate((typed) => window.bench.search(typed), text);
      return Math.max(took, await tab.evaluate(() => window.bench.search('')));
    });
    results.push({ what: `search for “${text}”, and for nothing again`, value, unit: 'ms', most: 50 });
  }
  for (const [what, step] of [
    ['scrolling, line by line: longest task', 120],
    ['scrolling, screen by screen: longest task', 900],
    ['scrolling, far jumps: longest task', 20_000],
  ] as const) {
    const value = await best(async () => (await tab.evaluate((px) => window.bench.scroll(px), step)).longest);
    results.push({ what, value, unit: 'ms', most: 50 });
  }
  const polls: number[] = [];
  for (let at = 0; at < POLLS; at += 1) polls.push(await poll(tab, inspector, at));
  results.push({
    what: 'a poll with one changed row: script (median)',
    value: polls.sort((a, b) => a - b)[POLLS >> 1] ?? Infinity,
    unit: 'ms',
    most: 4,
  });
  await inspector.send('HeapProfiler.collectGarbage');
  const heap = (await metric(inspector, 'JSHeapUsedSize')) / 1e6;
  return [...results, { what: 'heap', value: heap, unit: 'MB', most: 60 }];
}

/** Changes one instance as somebody else would, has the page ask, and tells the script time it took, ms. */
async function poll(tab: Page, inspector: CDPSession, at: number): Promise<number> {
  const servers = [...(cloud.cloud.state.regions[0]?.servers.values() ?? [])];
  const changed = servers[at * 13];
  if (!changed) throw new Error('the cloud has too few servers');
  // Behind what the page knows by more than a second, or it would be among the changes of the poll before.
  cloud.cloud.advance(2000);
  const name = `renamed-${String(at)}`;
  Object.assign(changed, { name, updated: cloud.cloud.state.now() });
  const before = await metric(inspector, 'ScriptDuration');
  await tab.evaluate((shown) => window.bench.poll(shown), name);
  return ((await metric(inspector, 'ScriptDuration')) - before) * 1000;
}

async function best(run: () => Promise<number>): Promise<number> {
  let least = Infinity;
  for (let at = 0; at < TRIES; at += 1) least = Math.min(least, await run());
  return least;
}

async function metric(inspector: CDPSession, wanted: string): Promise<number> {
  const { metrics } = await inspector.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === wanted)?.value ?? Number.NaN;
}

function isGood({ value, most = Infinity, least = -Infinity }: Result): boolean {
  return value <= most && value >= least;
}

function report(results: readonly Result[]): void {
  console.log(`\n${String(INSTANCES)} instances\n`);
  for (const result of results) {
    const { what, value, unit, most, least } = result;
    const limit = most ?? least;
    console.log(
      [
        isGood(result) ? '  ' : '✗ ',
        what.padEnd(48),
        `${unit === '' ? String(value) : value.toFixed(1)} ${unit}`.padStart(12),
        limit === undefined ? '' : `   (${most === undefined ? 'at least' : 'at most'} ${String(limit)})`,
      ].join(''),
    );
  }
}
