// The stages of `npm test`. Started as a program it runs one of them: node .ci/lib/stages.mjs <name> <file>, with its counts to
// the file.
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from '../build.mjs';
import { findBrowser } from './browser.mjs';
import { isMain } from './main.mjs';
import { root } from './root.mjs';
import { bin, npm, run } from './run.mjs';
import { isStale } from './stale.mjs';

export const PASSED = { passed: 1, failed: 0, skipped: [] };
export const FAILED = { passed: 0, failed: 1, skipped: [] };
export const skip = (reason) => ({ passed: 0, failed: 0, skipped: [reason] });
export const sum = (all) => ({
  passed: all.reduce((n, { passed }) => n + passed, 0),
  failed: all.reduce((n, { failed }) => n + failed, 0),
  skipped: all.flatMap(({ skipped }) => skipped),
});

let results;

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
      const counts = {
        passed: expected,
        failed: unexpected + flaky,
        skipped: Array(skipped).fill(`${project}: test.skip`),
      };
      await writeFile(file, JSON.stringify(counts));
    }
    return done;
  });

const elementTests = (name, kind) =>
  counted(name, (file) =>
    run(process.execPath, ['.ci/lib/element-tests.mjs'], { env: { EXO_RESULTS: file, BROWSERS: kind } }),
  );

/**
 * In the order they begin: what others wait for and what takes long comes first, so that the lanes end together.
 * `after` names stages whose files it reads, `needs` a browser that must be there for it to run at all. What runs
 * `beside` takes no lane: it waits for the network more than for a processor. `unasked: false` runs when it is named.
 */
export const STAGES = {
  build: {
    async run() {
      try {
        await build(undefined, { ifStale: !process.env.CI });
      } catch (error) {
        console.log(error.message);
        return FAILED;
      }
      const { report } = await import('../size.mjs');
      const problems = report();
      for (const problem of problems) console.log(`FAILED size: ${problem}`);
      const size = problems.length === 0 ? PASSED : FAILED;
      return sum([PASSED, size, await nodeTests('build', await filesBelow('test/build', '.test.mjs'))]);
    },
  },
  packages: {
    beside: true,
    unasked: false,
    needs: ['browsers'],
    async run() {
      const { code } = await run(process.execPath, ['test/openstack/run.mjs', 'prepare']);
      if (code !== 0) console.log('not all of them: the stage openstack tries again');
      return sum([]);
    },
  },
  openstack: {
    unasked: false,
    after: ['build', 'packages'],
    run: () =>
      counted('openstack', (file) =>
        run(process.execPath, ['test/openstack/run.mjs'], { env: { EXO_RESULTS: file } }),
      ),
  },
  lint: { run: () => check(bin('eslint', 'bin/eslint.js', ['--max-warnings', '0', '.'])) },
  types: { run: () => check(bin('typescript', 'bin/tsc', ['-p', 'tsconfig.json'])) },
  firefox: { needs: ['browser', 'firefox'], run: () => elementTests('firefox', 'firefox') },
  stories: {
    after: ['build'],
    needs: ['browser', 'chromium'],
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
  element: { needs: ['browser'], run: () => elementTests('element', findBrowser().kind) },
  e2e: { after: ['build'], needs: ['browser', 'chromium'], run: () => playwright('e2e') },
  functional: { run: async () => nodeTests('functional', await filesBelow('test/functional', '.test.ts')) },
  unit: {
    // it tries the stock client, and would install it at the same time
    after: ['packages'],
    run: async () =>
      nodeTests('unit', [...(await filesBelow('test/unit', '.test.ts')), ...(await filesBelow('test/rules', '.test.mjs'))], ['./.ci/lib/no-fetch.mjs']), // prettier-ignore
  },
  pages: { after: ['build'], needs: ['browser', 'chromium'], run: () => playwright('pages') },
  format: { run: () => check(bin('prettier', 'bin/prettier.cjs', ['--check', '--log-level', 'warn', '.'])) },
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

if (isMain(import.meta.url)) {
  const [name, file] = process.argv.slice(2);
  results = await mkdtemp(path.join(tmpdir(), 'exo-test-'));
  try {
    await writeFile(file, JSON.stringify(await STAGES[name].run()));
  } catch (error) {
    console.log(error.stack ?? String(error));
    process.exitCode = 1;
  } finally {
    await rm(results, { recursive: true, force: true });
  }
}
