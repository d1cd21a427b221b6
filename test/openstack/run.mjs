// npm run test:openstack [-- functional | portal]: the kit against real OpenStack services. Ends with one line `N passed, M failed`.
// `-- prepare` installs the packages, and does no more.
//
// The cloud is the one named by OS_CLOUD and clouds.yaml or by OS_ variables; without them a local one is brought up
// (Debian 12, root), and taken down again unless KEEP_CLOUD is set or it was running before. See README.md.
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { ensureBrowser, HOW_TO_INSTALL } from '../../.ci/lib/browser.mjs';
import { ensureDependencies } from '../../.ci/lib/dependencies.mjs';
import { NOTHING, failure, lookAgain, nodeTests, playwright, skip, sum } from '../../.ci/lib/suites.mjs';
import { build } from '../../.ci/build.mjs';
import * as local from './lib/local-cloud.mjs';
import { describeCloud, Unusable } from './lib/named-cloud.mjs';
import { ensureStockClient, HOW_TO_INSTALL as NO_CLIENT } from './lib/stock-client.mjs';

const SUITES = ['functional', 'portal'];
const named = process.argv.slice(2);
if (named.join() === 'prepare') process.exit(await prepare());
const unknown = named.filter((name) => !SUITES.includes(name));
if (unknown.length > 0) {
  console.error(`No suite ${unknown.join(', ')}. There are: ${SUITES.join(', ')}`);
  process.exit(2);
}

/** Installs what the cloud is made of; what is missing all the same, the suite itself will say. */
async function prepare() {
  if (namedCloud()) return (await ensureStockClient()) ? 0 : 1;
  return (await local.whyNoLocalCloud()) ? 0 : local.installPackages();
}

function namedCloud() {
  return process.env.OS_CLOUD || process.env.OS_AUTH_URL;
}

const wanted = (suite) => named.length === 0 || named.includes(suite);

const rows = [];
/** What counts besides the steps. */
let aside = NOTHING;

/** Runs one step and notes what it took and, for a suite, what it counted. */
async function step(name, work) {
  console.log(`\n── ${name} ${'─'.repeat(Math.max(0, 70 - name.length))}`);
  const started = performance.now();
  const counts = await work();
  const seconds = (performance.now() - started) / 1000;
  const isSuite = counts !== undefined && typeof counts === 'object' && 'passed' in counts;
  rows.push({ name, seconds, counts: isSuite ? counts : undefined });
  return counts;
}

const suite = (file, env) => nodeTests(path.basename(file), [file], { env });

/** The portal against the cloud; the few that fail are run once more by themselves, while the cloud is there. */
async function portal(env) {
  const specs = (more) =>
    playwright('portal', ['--config=test/openstack/playwright.config.ts', ...more], env);
  return lookAgain(await specs([]), specs);
}

/** The environment that names the cloud, and how it is given back; undefined with a reason when there is none. */
async function findCloud() {
  if (namedCloud()) {
    if (!(await ensureStockClient())) return { reason: NO_CLIENT };
    const title = `the cloud ${namedCloud()}`;
    return { env: { ...process.env }, title, giveBack: async () => {} };
  }
  const reason = await local.whyNoLocalCloud();
  if (reason) return { reason };
  const wasUp = await local.localCloudIsUp();
  const giveBack = async () => {
    if (wasUp || process.env.KEEP_CLOUD) console.log('the local OpenStack stays up');
    else await local.takeDownLocalCloud();
  };
  try {
    await local.bringUpLocalCloud({ fresh: Boolean(process.env.CI) && !wasUp });
  } catch (error) {
    await giveBack();
    throw error;
  }
  return {
    env: { ...local.LOCAL_CLOUDS, EXO_LOCAL_CLOUD: '1' },
    title: 'OpenStack from Debian’s packages',
    tokenPatience: 30_000,
    ways: local.LOCAL_WAYS,
    giveBack,
  };
}

let cloud;
try {
  await step('dependencies', ensureDependencies);
  cloud = await step('cloud', findCloud);
  if (cloud.reason) {
    aside = skip(cloud.reason);
  } else {
    const { description, origins } = await describeCloud(cloud.env, cloud.title, cloud.tokenPatience);
    const env = {
      ...cloud.env,
      EXO_TEST_CLOUD: JSON.stringify({ ...description, ways: cloud.ways }),
      EXO_TEST_ORIGINS: origins.join(' '),
    };
    if (wanted('functional')) {
      await step('functional, simulator', () => suite('test/functional/simulator.test.ts', {}));
      await step('functional, real', () => suite('test/openstack/functional.test.ts', env));
      await step('boot scripts, real', () => suite('test/openstack/boot-scripts.test.ts', {}));
      await step('launch, real', () => suite('test/openstack/launch.test.ts', env));
    }
    if (wanted('portal')) {
      await step('build', () => build(['cdn'], { ifStale: true }));
      await step('portal, real', async () => {
        const browser = await ensureBrowser();
        if (browser?.kind !== 'chromium') {
          const why = browser ? `needs Chromium, Chrome or Edge; there is ${browser.path}` : HOW_TO_INSTALL;
          return failure('portal', why);
        }
        return portal({ ...env, CHROME_PATH: browser.path });
      });
    }
  }
} catch (error) {
  if (!(error instanceof Unusable)) console.log(error.stack ?? String(error));
  aside = error instanceof Unusable ? skip(error.message) : failure('real cloud', error.message);
} finally {
  if (cloud?.giveBack) await step('give the cloud back', cloud.giveBack);
}

console.log('\nstep                     seconds   passed   failed  skipped');
for (const { name, seconds, counts } of rows) {
  const numbers = counts ? [counts.passed, counts.failed, counts.skipped.length] : ['', '', ''];
  console.log(
    name.padEnd(22) + [seconds.toFixed(1), ...numbers].map((value) => String(value).padStart(9)).join(''),
  );
}
const total = sum([aside, ...rows.flatMap(({ counts }) => counts ?? [])]);
for (const reason of total.skipped) console.log(`skipped ${reason}`);
const skipped = total.skipped.length > 0 ? `, ${total.skipped.length} skipped` : '';
console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
// the cloud these could be run again in is gone
const failures = total.failures.map(({ name, why }) => ({ name, why }));
if (process.env.EXO_RESULTS) await writeFile(process.env.EXO_RESULTS, JSON.stringify({ ...total, failures }));
process.exitCode = total.failed > 0 ? 1 : 0;
