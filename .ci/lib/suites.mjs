// Runs the suites of the test runners in use, and counts. What a suite comes to is { passed, failed, skipped, failures, unsteady }:
// skipped are reasons; failures are { name, why, again }, where `again` says to the suite how to run that one by itself;
// unsteady are the names and reasons of those that failed beside others and passed alone.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bin, run } from './run.mjs';

export const NOTHING = { passed: 0, failed: 0, skipped: [], failures: [], unsteady: [] };
export const PASSED = { ...NOTHING, passed: 1 };
export const failure = (name, why) => ({ ...NOTHING, failed: 1, failures: [{ name, why }] });
export const skip = (reason) => ({ ...NOTHING, skipped: [reason] });
export const sum = (all) => ({
  passed: all.reduce((n, { passed }) => n + passed, 0),
  failed: all.reduce((n, { failed }) => n + failed, 0),
  skipped: all.flatMap(({ skipped = [] }) => skipped),
  failures: all.flatMap(({ failures = [] }) => failures),
  unsteady: all.flatMap(({ unsteady = [] }) => unsteady),
});

/**
 * A runner that writes its counts to a file. If it ends without them, or badly without a failure of its own, that is one.
 *
 * @param {string} name
 * @param {(file: string) => Promise<{ code: number }>} start
 * @param {(written: object) => object} read what the file says, as counts
 */
async function counted(name, start, read = (written) => written) {
  const folder = await mkdtemp(path.join(tmpdir(), 'exo-suite-'));
  try {
    const file = path.join(folder, 'counts.json');
    const { code } = await start(file);
    const written = JSON.parse(await readFile(file, 'utf8').catch(() => 'null'));
    if (!written) return failure(name, `ended with code ${code} before it had counted anything`);
    const counts = { ...NOTHING, ...read(written) };
    if (counts.passed + counts.failed + counts.skipped.length === 0)
      return failure(name, 'no test was found');
    return counts.failed === 0 && code !== 0
      ? sum([counts, failure(name, `ended with code ${code}`)])
      : counts;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** More than this many failures are no accident of a busy machine. */
const FEW = 6;

/**
 * What failed beside everything else is run once more by itself, if it is little. What passes then counts as passed, and
 * is named as unsteady: a test that needs a quiet machine is a fault too, and not of what it tests.
 *
 * @param {ReturnType<typeof sum>} counts
 * @param {(again: string[]) => Promise<ReturnType<typeof sum>>} alone
 */
export async function lookAgain(counts, alone) {
  const { failures } = counts;
  const again = [...new Set(failures.map((one) => one.again))];
  if (failures.length === 0 || failures.length > FEW || again.some((one) => !one)) return counts;
  const second = await alone(again);
  if (second.failed > 0 || second.passed < again.length) return counts;
  return {
    ...counts,
    passed: counts.passed + counts.failed,
    failed: 0,
    failures: [],
    unsteady: failures.map(({ name, why }) => ({ name, why })),
  };
}

/** Files of node:test, or with `file::name` single tests of them. */
export function nodeTests(name, files, { imports = [], env = {}, output } = {}) {
  const wanted = files.map((each) => each.split('::'));
  const names = wanted.flatMap(([, test]) => (test === undefined ? [] : [escaped(test)]));
  return counted(name, (file) =>
    run(
      process.execPath,
      [
        ...['tsx', ...imports].flatMap((module) => ['--import', module]),
        '--test',
        '--test-reporter=./.ci/lib/node-reporter.mjs',
        '--test-reporter-destination=stdout',
        ...names.map((test) => `--test-name-pattern=${test}$`),
        ...new Set(wanted.map(([of]) => of)),
      ],
      { env: { ...env, EXO_RESULTS: file }, output },
    ),
  );
}

const escaped = (text) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

const specsIn = ({ specs = [], suites = [] }) => [...specs, ...suites.flatMap(specsIn)];

/** Specs of Playwright. */
export const playwright = (name, args, env = {}) =>
  counted(
    name,
    (file) =>
      bin('@playwright/test', 'cli.js', ['test', '--reporter=list,json', ...args], {
        env: { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: file, PLAYWRIGHT_FORCE_TTY: '0' },
      }),
    ({ stats, suites, errors = [] }) => {
      const specs = suites.flatMap(specsIn);
      return {
        passed: stats.expected,
        failed: stats.unexpected + stats.flaky,
        skipped: specs
          .flatMap(({ title, tests }) => tests.map((test) => ({ title, ...test })))
          .filter(({ status }) => status === 'skipped')
          .map(
            ({ title, annotations }) => annotations.find(({ type }) => type === 'skip')?.description ?? title,
          ),
        failures: [
          ...errors.map(({ message }) => ({ name, why: message })),
          ...specs
            .filter(({ ok }) => !ok)
            .map(({ title, file, line, tests }) => ({
              name: `${title} (${path.basename(file)}:${line})`,
              why: tests.flatMap(({ results }) => results.flatMap((one) => one.errors.map(({ message }) => message))).join('\n'), // prettier-ignore
              again: `${path.basename(file)}:${line}`,
            })),
        ],
      };
    },
  );

/** Element tests in a browser of that kind; files limit it to those. */
export const elementTests = (name, kind, files = []) =>
  counted(name, (file) =>
    run(process.execPath, ['.ci/lib/element-tests.mjs', ...files.flatMap((one) => ['--files', one])], {
      env: { EXO_RESULTS: file, BROWSERS: kind },
    }),
  );

/** Stories of the built Storybook; each that fails is looked at again by itself there. */
export const storyTests = (name) =>
  counted(name, (file) => run(process.execPath, ['.ci/lib/story-tests.mjs'], { env: { EXO_RESULTS: file } }));

/** The suite against a real cloud, with a table of its own. */
export const realCloud = (name) =>
  counted(name, (file) => run(process.execPath, ['test/openstack/run.mjs'], { env: { EXO_RESULTS: file } }));
