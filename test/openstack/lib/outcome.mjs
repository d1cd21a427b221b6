import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { bin, run } from '../../../.ci/lib/run.mjs';

/** A suite that ended badly without naming a failed test has failed once. */
const complete = (code, { passed, failed, skipped, reasons }) => ({
  reasons,
  passed,
  failed: failed === 0 && (code !== 0 || passed + failed + skipped === 0) ? 1 : failed,
  skipped,
});

/** Runs a file of node:test, and counts. */
export async function nodeSuite(file, folder, env) {
  const results = path.join(folder, `${path.basename(file)}.json`);
  const args = ['--import', 'tsx', '--test', '--test-reporter=./.ci/lib/node-reporter.mjs', '--test-reporter-destination=stdout', file]; // prettier-ignore
  const { code } = await run(process.execPath, args, { env: { ...env, EXO_RESULTS: results } });
  const counts = JSON.parse(await readFile(results, 'utf8').catch(() => 'null'));
  if (!counts) return { passed: 0, failed: 1, skipped: 0 };
  for (const reason of counts.skipped) console.log(`skipped ${reason}`);
  return complete(code, { ...counts, reasons: counts.skipped, skipped: counts.skipped.length });
}

/** Runs Playwright specs with the given configuration, and counts. */
export async function playwrightSuite(config, folder, env, more = []) {
  const results = path.join(folder, 'playwright.json');
  const { code } = await bin('@playwright/test', 'cli.js', ['test', `--config=${config}`, '--reporter=list,json', ...more], {
    env: { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: results, PLAYWRIGHT_FORCE_TTY: '0' },
  }); // prettier-ignore
  const report = JSON.parse(await readFile(results, 'utf8').catch(() => 'null'));
  if (!report) return { passed: 0, failed: 1, skipped: 0 };
  const { expected, unexpected, flaky, skipped } = report.stats;
  return complete(code, { passed: expected, failed: unexpected + flaky, skipped });
}
