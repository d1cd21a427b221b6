// npm run test:openstack [-- functional | portal]: the kit against real OpenStack services. Ends with one line `N passed, M failed`.
// `-- prepare` installs the packages, and does no more.
//
// The cloud is the one named by OS_CLOUD and clouds.yaml or by OS_ variables; without them a local one is brought up
// (Debian 12, root), and taken down again unless KEEP_CLOUD is set or it was running before. See README.md.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { ensureBrowser, HOW_TO_INSTALL } from '../../.ci/lib/browser.mjs';
import { ensureDependencies } from '../../.ci/lib/dependencies.mjs';
import { build } from '../../.ci/build.mjs';
import * as local from './lib/local-cloud.mjs';
import { describeCloud, Unusable } from './lib/named-cloud.mjs';
import { nodeSuite, playwrightSuite } from './lib/outcome.mjs';
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
const total = { passed: 0, failed: 0, skipped: 0 };
const reasons = [];

/** Runs one step and notes what it took and, for a suite, what it counted. */
async function step(name, work) {
  console.log(`\n── ${name} ${'─'.repeat(Math.max(0, 70 - name.length))}`);
  const started = performance.now();
  const counts = await work();
  const seconds = (performance.now() - started) / 1000;
  const isSuite = counts !== undefined && typeof counts === 'object' && 'passed' in counts;
  rows.push({ name, seconds, counts: isSuite ? counts : undefined });
  if (isSuite) for (const key of Object.keys(total)) total[key] += counts[key];
  if (isSuite) reasons.push(...(counts.reasons ?? Array(counts.skipped).fill(`${name}: test.skip`)));
  return counts;
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

const folder = await mkdtemp(path.join(tmpdir(), 'exo-openstack-'));
let cloud;
try {
  await step('dependencies', ensureDependencies);
  cloud = await step('cloud', findCloud);
  if (cloud.reason) {
    console.log(`skipped: ${cloud.reason}`);
    reasons.push(cloud.reason);
    total.skipped += 1;
  } else {
    const { description, origins } = await describeCloud(cloud.env, cloud.title, cloud.tokenPatience);
    const env = {
      ...cloud.env,
      EXO_TEST_CLOUD: JSON.stringify({ ...description, ways: cloud.ways }),
      EXO_TEST_ORIGINS: origins.join(' '),
    };
    if (wanted('functional')) {
      await step('functional, simulator', () => nodeSuite('test/functional/simulator.test.ts', folder, {}));
      await step('functional, real', () => nodeSuite('test/openstack/functional.test.ts', folder, env));
      await step('boot scripts, real', () => nodeSuite('test/openstack/boot-scripts.test.ts', folder, {}));
      await step('launch, real', () => nodeSuite('test/openstack/launch.test.ts', folder, env));
    }
    if (wanted('portal')) {
      await step('build', () => build(['cdn'], { ifStale: true }));
      await step('portal, real', async () => {
        const browser = await ensureBrowser();
        if (browser?.kind !== 'chromium') {
          console.log(browser ? `needs Chromium, Chrome or Edge; there is ${browser.path}` : HOW_TO_INSTALL);
          return { passed: 0, failed: 1, skipped: 0 };
        }
        const withBrowser = { ...env, CHROME_PATH: browser.path };
        return playwrightSuite('test/openstack/playwright.config.ts', folder, withBrowser);
      });
    }
  }
} catch (error) {
  if (error instanceof Unusable) {
    console.log(`skipped: ${error.message}`);
    reasons.push(error.message);
    total.skipped += 1;
  } else {
    console.log(error.stack ?? String(error));
    total.failed += 1;
  }
} finally {
  if (cloud?.giveBack) await step('give the cloud back', cloud.giveBack);
  await rm(folder, { recursive: true, force: true });
}

console.log('\nstep                     seconds   passed   failed  skipped');
for (const { name, seconds, counts } of rows) {
  const numbers = counts ? [counts.passed, counts.failed, counts.skipped] : ['', '', ''];
  console.log(
    name.padEnd(22) + [seconds.toFixed(1), ...numbers].map((value) => String(value).padStart(9)).join(''),
  );
}
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
if (process.env.EXO_RESULTS)
  await writeFile(process.env.EXO_RESULTS, JSON.stringify({ ...total, skipped: reasons }));
process.exitCode = total.failed > 0 ? 1 : 0;
