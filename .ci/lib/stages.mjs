// The stages of `npm test`. Started as a program it runs one of them, or of that only what is named behind:
// node .ci/lib/stages.mjs <name> <file> [what to run again …], with its counts to the file.
import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from '../build.mjs';
import { findBrowser } from './browser.mjs';
import { isMain } from './main.mjs';
import { root } from './root.mjs';
import { bin, npm, run } from './run.mjs';
import { isStale } from './stale.mjs';
import { NOTHING, PASSED, elementTests, failure, nodeTests, playwright, realCloud, skip, storyTests, sum } from './suites.mjs'; // prettier-ignore

/** A tool that only says yes or no counts as one test. */
const check = async (name, running) =>
  (await running).code === 0 ? PASSED : failure(name, 'what it says is above');

async function filesBelow(folder, ending) {
  const names = await readdir(path.join(root, folder), { recursive: true }).catch(() => []);
  return names.filter((name) => name.endsWith(ending)).map((name) => path.join(folder, name)).sort(); // prettier-ignore
}

/**
 * What is tried in a third engine: the way from the sign-in to a running instance; menus, dialogs, and a list of very many,
 * which depend most on how an engine lays out and scrolls. Its windows cannot be as narrow as the stories are looked at.
 */
const IN_WEBKIT = [
  ...['session', 'login', 'launch-wizard', 'quick-launch'].map(
    (name) => `test/elements/${name}/**/*.test.ts`,
  ),
  ...['ui/menu', 'ui/dialog', 'instance-list/actions', 'instance-list/long'].map(
    (name) => `test/elements/${name}.test.ts`,
  ),
  '!test/elements/**/*stories.test.ts',
];

/**
 * In the order they begin: what others wait for and what takes long comes first, so that the lanes end together.
 * `after` names stages whose files it reads, `needs` a browser that must be there for it to run at all. What runs
 * `beside` takes no lane: it waits for the network more than for a processor. `unasked: false` runs when it is named.
 * `run` gets what is to be run again, and all of it when that is nothing.
 */
export const STAGES = {
  build: {
    async run() {
      try {
        await build(undefined, { ifStale: !process.env.CI });
      } catch (error) {
        console.log(error.message);
        return failure('build', error.message);
      }
      const { report } = await import('../size.mjs');
      const problems = report();
      for (const problem of problems) console.log(`FAILED size: ${problem}`);
      const size = problems.length === 0 ? PASSED : failure('size', problems.join('\n'));
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
      return NOTHING;
    },
  },
  openstack: {
    unasked: false,
    after: ['build', 'packages'],
    run: () => realCloud('openstack'),
  },
  lint: { run: () => check('lint', bin('eslint', 'bin/eslint.js', ['--max-warnings', '0', '.'])) },
  types: { run: () => check('types', bin('typescript', 'bin/tsc', ['-p', 'tsconfig.json'])) },
  firefox: { needs: ['browser', 'firefox'], run: (again) => elementTests('firefox', 'firefox', again) },
  webkit: {
    needs: ['browser', 'webkit'],
    run: (again) => elementTests('webkit', 'webkit', again.length > 0 ? again : IN_WEBKIT),
  },
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
          return failure('stories', 'Storybook could not be built');
        }
      }
      return storyTests('stories');
    },
  },
  element: { needs: ['browser'], run: (again) => elementTests('element', findBrowser().kind, again) },
  e2e: {
    after: ['build'],
    needs: ['browser', 'chromium'],
    run: (again) => playwright('e2e', ['--project=e2e', ...again]),
  },
  functional: {
    run: async (again) =>
      nodeTests('functional', again.length > 0 ? again : await filesBelow('test/functional', '.test.ts')),
  },
  unit: {
    // it tries the stock client, and would install it at the same time
    after: ['packages'],
    async run(again) {
      const all = [...(await filesBelow('test/unit', '.test.ts')), ...(await filesBelow('test/rules', '.test.mjs'))]; // prettier-ignore
      return nodeTests('unit', again.length > 0 ? again : all, { imports: ['./.ci/lib/no-fetch.mjs'] });
    },
  },
  pages: {
    after: ['build'],
    needs: ['browser', 'chromium'],
    run: (again) => playwright('pages', ['--project=pages', ...again]),
  },
  format: {
    run: () => check('format', bin('prettier', 'bin/prettier.cjs', ['--check', '--log-level', 'warn', '.'])),
  },
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
      return total === 0
        ? PASSED
        : failure('audit', `${total} known vulnerabilities in what we ship: npm audit --omit=dev`);
    },
  },
};

if (isMain(import.meta.url)) {
  const [name, file, ...again] = process.argv.slice(2);
  try {
    await writeFile(file, JSON.stringify(await STAGES[name].run(again)));
  } catch (error) {
    console.log(error.stack ?? String(error));
    process.exitCode = 1;
  }
}
