// npm test [-- stage …] [-- --lanes=N] [-- --all]: sets up what is missing, runs the stages, two at a time, goes on after
// a failure, and ends with what failed, the seconds of every stage and one line `N passed, M failed` (`, K skipped`). The few
// that failed are run once more when nothing else runs. With --all the real cloud is one of the stages.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { ensureBrowser, ensureFirefox, ensureWebKit, HOW_TO_INSTALL } from './lib/browser.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { inLanes, inTurn } from './lib/lanes.mjs';
import { run } from './lib/run.mjs';
import { STAGES } from './lib/stages.mjs';
import { failure, lookAgain, skip, sum } from './lib/suites.mjs';
import { build } from './build.mjs';

const args = process.argv.slice(2);
const named = args.filter((arg) => !arg.startsWith('-'));
const unknown = named.filter((name) => !STAGES[name]);
if (unknown.length > 0) {
  console.error(`No stage ${unknown.join(', ')}. There are: ${Object.keys(STAGES).join(', ')}`);
  process.exit(2);
}
const asked = (name) =>
  named.length === 0 ? args.includes('--all') || STAGES[name].unasked !== false : named.includes(name);
const chosen = Object.keys(STAGES).filter(asked);
// Further lanes gain little: several stages keep more than one processor busy by themselves.
const lanes =
  Number(args.find((arg) => arg.startsWith('--lanes='))?.slice(8)) || Math.min(2, availableParallelism());
const needed = (need) => chosen.some((name) => STAGES[name].needs?.includes(need));
const OF_THE_BUILD = ['stories', 'pages', 'e2e'];

const since = (started) => (performance.now() - started) / 1000;
const begun = performance.now();

/** What is missing of each need; undefined when nothing is. */
const lacking = {
  async browser() {
    const browser = await ensureBrowser();
    if (!browser) return HOW_TO_INSTALL;
    process.env[browser.kind === 'firefox' ? 'FIREFOX_PATH' : 'CHROME_PATH'] = browser.path;
    return undefined;
  },
  async chromium() {
    const browser = (await has.browser) ?? (await ensureBrowser());
    return browser.kind === 'chromium'
      ? undefined
      : `needs Chromium, Chrome or Edge; there is ${browser.path}`;
  },
  async firefox() {
    await has.browser;
    if (!process.env.CHROME_PATH) return 'the element tests were run in Firefox already';
    const firefox = await ensureFirefox();
    if (!firefox) return 'Firefox is not installed; FIREFOX_PATH names one in another place';
    process.env.FIREFOX_PATH = firefox.path;
    return undefined;
  },
  async webkit() {
    await Promise.allSettled([has.browser, has.firefox]);
    return (await ensureWebKit()) ? undefined : 'WebKitGTK is not installed (webkit2gtk-driver and xvfb)';
  },
  // apt installs for one at a time, and the stages that wait for a browser come first
  async browsers() {
    await Promise.allSettled([has.browser, has.firefox, has.webkit]);
    return undefined;
  },
};

/** Asked once each, at the beginning: installing a browser takes as long as the first stages. */
const has = {};

const results = await mkdtemp(path.join(tmpdir(), 'exo-test-'));
const turn = inTurn();
const rows = new Map();

async function counts(name, print) {
  for (const need of STAGES[name].needs ?? []) {
    const reason = await has[need];
    // without any browser nothing of what we make was tested: that is a failure, not a skip
    if (reason) return need === 'browser' ? failure(name, reason) : skip(`${name}: ${reason}`);
  }
  return runStage(name, [], print);
}

async function runStage(name, again, output) {
  const file = path.join(results, `${name}.json`);
  await rm(file, { force: true });
  const { code } = await run(process.execPath, ['.ci/lib/stages.mjs', name, file, ...again], { output });
  const counted = JSON.parse(await readFile(file, 'utf8').catch(() => 'null'));
  return counted ?? failure(name, `the stage ended with code ${code} before it had counted anything`);
}

async function stage({ name }) {
  const { write, end } = turn();
  const started = performance.now();
  write(`\n── ${name} ${'─'.repeat(Math.max(0, 70 - name.length))}\n`);
  const counted = await counts(name, write).catch((error) => {
    write(`${error.stack ?? error}\n`);
    return failure(name, error.message);
  });
  rows.set(name, { counted, seconds: since(started) });
  end();
}

try {
  for (const need of ['browser', 'chromium', 'firefox', 'webkit', 'browsers'].filter(needed)) {
    has[need] = lacking[need]();
    has[need].catch(() => undefined); // told by the stages that wait for it
  }
  await ensureDependencies();
  if (!chosen.includes('build') && chosen.some((name) => OF_THE_BUILD.includes(name)))
    await build(['cdn', 'simulator', 'manifest'], { ifStale: true });
  const setUp = since(begun);
  if (setUp > 1) rows.set('set-up', { counted: sum([]), seconds: setUp });
  await inLanes(
    chosen.map((name) => ({ name, ...STAGES[name] })),
    lanes,
    stage,
  );
  for (const [name, row] of rows) {
    row.counted = await lookAgain(row.counted, (again) => {
      console.log(`\n── ${name}, once more alone ${'─'.repeat(30)}`);
      return runStage(name, again);
    });
  }
} catch (error) {
  rows.set('set-up', { counted: failure('set-up', error.message), seconds: since(begun) });
} finally {
  await rm(results, { recursive: true, force: true });
}

const line = (name, seconds, counted) =>
  name.padEnd(11) + [seconds.toFixed(1), counted.passed, counted.failed, counted.skipped.length].map((value) => String(value).padStart(9)).join(''); // prettier-ignore
const total = sum([...rows.values()].map(({ counted }) => counted));
const brief = (why = '') => why.split('\n').filter((text) => text.trim()).slice(0, 12).map((text) => `    ${text}`).join('\n'); // prettier-ignore
for (const [name, { counted }] of rows) {
  for (const one of counted.unsteady)
    console.log(`UNSTEADY ${name}: ${one.name}: failed beside others, passed alone\n${brief(one.why)}`);
  for (const one of counted.failures) console.log(`FAILED ${name}: ${one.name}\n${brief(one.why)}`);
}
console.log('\nstage        seconds   passed   failed  skipped');
for (const name of ['set-up', ...chosen]) {
  const row = rows.get(name);
  if (row) console.log(line(name, row.seconds, row.counted));
}
console.log(line('in all', since(begun), total));
for (const reason of total.skipped) console.log(`skipped ${reason}`);
const skipped = total.skipped.length > 0 ? `, ${total.skipped.length} skipped` : '';
console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
process.exitCode = total.failed > 0 ? 1 : 0;
