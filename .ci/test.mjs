// npm test [-- stage …]: sets up what is missing, runs the stages in order, goes on after a failure, and ends with
// one line `N passed, M failed` (`, K skipped`).
import { mkdir, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { ensureBrowser, ensureFirefox, HOW_TO_INSTALL } from './lib/browser.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { root } from './lib/root.mjs';
import { bin, npm, run } from './lib/run.mjs';
import { isStale } from './lib/stale.mjs';
import { build } from './build.mjs';

const PASSED = { passed: 1, failed: 0, skipped: [] };
const FAILED = { passed: 0, failed: 1, skipped: [] };
const skip = (reason) => ({ passed: 0, failed: 0, skipped: [reason] });
const sum = (all) => ({
  passed: all.reduce((n, { passed }) => n + passed, 0),
  failed: all.reduce((n, { failed }) => n + failed, 0),
  skipped: all.flatMap(({ skipped }) => skipped),
});

const results = await mkdtemp(path.join(tmpdir(), 'exo-test-'));

/** A tool that only says yes or no counts as one test. */
const check = async (running) => ((await running).code === 0 ? PASSED : FAILED);

/** A runner that writes its counts; if it ends without them, or badly without a failure of its own, that is one. */
async function counted(name, start) {
  const file = path.join(results, `${name}.json`);
  const { code } = await start(file);
  const counts = JSON.parse(await readFile(file, 'utf8').catch(() => 'null'));
  if (!counts) {
    console.log(`${name}: ended with code ${code} before it had counted anything`);
    return FAILED;
  }
  const ran = counts.passed + counts.failed + counts.skipped.length;
  if (ran === 0) console.log(`${name}: no test was found`);
  return counts.failed === 0 && (code !== 0 || ran === 0) ? { ...counts, failed: 1 } : counts;
}

async function filesBelow(folder, ending) {
  const names = await readdir(path.join(root, folder), { recursive: true }).catch(() => []);
  return names.filter((name) => name.endsWith(ending)).map((name) => path.join(folder, name)).sort(); // prettier-ignore
}

async function nodeTests(name, files, imports = []) {
  return counted(name, (file) =>
    run(
      process.execPath,
      [
        ...['tsx', ...imports].flatMap((module) => ['--import', module]),
        '--test',
        '--test-reporter=./.ci/lib/node-reporter.mjs',
        '--test-reporter-destination=stdout',
        ...files,
      ],
      { env: { EXO_RESULTS: file } },
    ),
  );
}

const playwright = (project) =>
  counted(project, async (file) => {
    const raw = path.join(results, `${project}-playwright.json`);
    const done = await bin(
      '@playwright/test',
      'cli.js',
      ['test', `--project=${project}`, '--reporter=list,json'],
      {
        env: { PLAYWRIGHT_JSON_OUTPUT_NAME: raw, PLAYWRIGHT_FORCE_TTY: '0' },
      },
    );
    const report = JSON.parse(await readFile(raw, 'utf8').catch(() => 'null'));
    if (report) {
      const { expected, unexpected, flaky, skipped } = report.stats;
      const { writeFile } = await import('node:fs/promises');
      const counts = {
        passed: expected,
        failed: unexpected + flaky,
        skipped: Array(skipped).fill(`${project}: test.skip`),
      };
      await writeFile(file, JSON.stringify(counts));
    }
    return done;
  });

let browser;
let firefox;

const elementTests = (name, kind) =>
  counted(name, (file) =>
    run(process.execPath, ['.ci/lib/element-tests.mjs'], { env: { EXO_RESULTS: file, BROWSERS: kind } }),
  );

/** Stages in the order they run. `needs` names what must be there for them to run at all. */
const STAGES = {
  format: { run: () => check(bin('prettier', 'bin/prettier.cjs', ['--check', '--log-level', 'warn', '.'])) },
  lint: { run: () => check(bin('eslint', 'bin/eslint.js', ['--max-warnings', '0', '.'])) },
  types: { run: () => check(bin('typescript', 'bin/tsc', ['-p', 'tsconfig.json'])) },
  unit: {
    run: async () =>
      nodeTests('unit', [...(await filesBelow('test/unit', '.test.ts')), ...(await filesBelow('test/rules', '.test.mjs'))], ['./.ci/lib/no-fetch.mjs']), // prettier-ignore
  },
  functional: { run: async () => nodeTests('functional', await filesBelow('test/functional', '.test.ts')) },
  build: {
    async run() {
      try {
        await build(undefined, { ifStale: !process.env.CI });
      } catch (error) {
        console.log(error.message);
        return FAILED;
      }
      const { report } = await import('./size.mjs');
      const problems = report();
      for (const problem of problems) console.log(`FAILED size: ${problem}`);
      const size = problems.length === 0 ? PASSED : FAILED;
      return sum([PASSED, size, await nodeTests('build', await filesBelow('test/build', '.test.mjs'))]);
    },
  },
  element: { needs: ['browser'], run: () => elementTests('element', browser.kind) },
  firefox: { needs: ['browser', 'firefox'], run: () => elementTests('firefox', 'firefox') },
  stories: {
    needs: ['browser', 'chromium', 'build'],
    async run() {
      const made = 'storybook-static/index.json';
      if (
        await isStale(made, [
          'src',
          'stories',
          '.storybook',
          'themes',
          'custom-elements.json',
          'package-lock.json',
        ])
      ) {
        const { code, output } = await bin(
          'storybook',
          'dist/bin/dispatcher.js',
          ['build', '-o', 'storybook-static', '--quiet'],
          {
            output: 'collect',
            env: { STORYBOOK_DISABLE_TELEMETRY: '1', CI: '1' },
          },
        );
        if (code !== 0) {
          console.log(output);
          return FAILED;
        }
      }
      return counted('stories', (file) =>
        run(process.execPath, ['.ci/lib/story-tests.mjs'], { env: { EXO_RESULTS: file } }),
      );
    },
  },
  pages: { needs: ['browser', 'chromium', 'build'], run: () => playwright('pages') },
  e2e: { needs: ['browser', 'chromium', 'build'], run: () => playwright('e2e') },
  audit: {
    async run() {
      const { output } = await npm(['audit', '--omit=dev', '--json'], { output: 'collect', timeout: 60_000 });
      const json = output.slice(output.indexOf('{'), output.lastIndexOf('}') + 1);
      let answer;
      try {
        answer = JSON.parse(json);
      } catch {
        answer = {};
      }
      if (!answer.metadata) return skip('audit: the registry does not answer npm audit');
      const { total } = answer.metadata.vulnerabilities;
      if (total > 0) console.log(`${total} known vulnerabilities in what we ship: npm audit --omit=dev`);
      return total === 0 ? PASSED : FAILED;
    },
  },
};

const named = process.argv.slice(2).filter((arg) => !arg.startsWith('-'));
const unknown = named.filter((name) => !STAGES[name]);
if (unknown.length > 0) {
  console.error(`No stage ${unknown.join(', ')}. There are: ${Object.keys(STAGES).join(', ')}`);
  process.exit(2);
}
const chosen = Object.keys(STAGES).filter((name) => named.length === 0 || named.includes(name));

const HAS = {
  async browser() {
    browser ??= await ensureBrowser();
    if (!browser) return HOW_TO_INSTALL;
    process.env[browser.kind === 'firefox' ? 'FIREFOX_PATH' : 'CHROME_PATH'] = browser.path;
    return undefined;
  },
  chromium: () =>
    browser.kind === 'chromium' ? undefined : `needs Chromium, Chrome or Edge; there is ${browser.path}`,
  async firefox() {
    if (browser.kind === 'firefox') return 'the element tests were run in Firefox already';
    firefox ??= await ensureFirefox();
    if (!firefox) return 'Firefox is not installed; FIREFOX_PATH names one in another place';
    process.env.FIREFOX_PATH = firefox.path;
    return undefined;
  },
  async build() {
    if (chosen.includes('build')) return undefined;
    await build(['cdn', 'simulator', 'manifest'], { ifStale: true });
    return undefined;
  },
};

async function runStage(name) {
  const { needs = [], run: start } = STAGES[name];
  for (const need of needs) {
    const lacking = await HAS[need]();
    // without any browser nothing of what we make was tested: that is a failure, not a skip
    if (lacking && need === 'browser') console.log(lacking);
    if (lacking) return need === 'browser' ? FAILED : skip(`${name}: ${lacking}`);
  }
  return start();
}

const rows = [];
try {
  await ensureDependencies();
  await mkdir(results, { recursive: true });
  for (const name of chosen) {
    console.log(`\n── ${name} ${'─'.repeat(Math.max(0, 70 - name.length))}`);
    const started = performance.now();
    const counts = await runStage(name).catch((error) => {
      console.log(error.stack ?? String(error));
      return FAILED;
    });
    rows.push({ name, counts, seconds: (performance.now() - started) / 1000 });
  }
} catch (error) {
  console.log(error.message);
  rows.push({ name: 'set-up', counts: FAILED, seconds: 0 });
} finally {
  await rm(results, { recursive: true, force: true });
}

const total = sum(rows.map(({ counts }) => counts));
console.log('\nstage        seconds   passed   failed  skipped');
for (const { name, counts, seconds } of rows) {
  const numbers = [seconds.toFixed(1), counts.passed, counts.failed, counts.skipped.length];
  console.log(name.padEnd(11) + numbers.map((value) => String(value).padStart(9)).join(''));
}
for (const reason of total.skipped) console.log(`skipped ${reason}`);
const skipped = total.skipped.length > 0 ? `, ${total.skipped.length} skipped` : '';
console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
process.exitCode = total.failed > 0 ? 1 : 0;
