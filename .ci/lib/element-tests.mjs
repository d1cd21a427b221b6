// Runs the element tests with the configuration in web-test-runner.config.mjs and writes the counts to EXO_RESULTS.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { defaultReporter, startTestRunner } from '@web/test-runner';
import { nextFreePort } from './ports.mjs';
import { root } from './root.mjs';

const { default: config } = await import(pathToFileURL(path.join(root, 'web-test-runner.config.mjs')).href);

function count(sessions) {
  const counts = { passed: 0, failed: 0, skipped: [], failures: [] };
  for (const session of sessions) {
    const again = path.relative(root, session.testFile).split(path.sep).join('/');
    const fail = (name, why) => {
      counts.failed += 1;
      counts.failures.push({ name: `${name} (${again})`, why, again });
    };
    const visit = (suite) => {
      for (const test of suite?.tests ?? []) {
        if (test.skipped) counts.skipped.push(test.name);
        else if (test.passed) counts.passed += 1;
        else fail(test.name, test.error?.message);
      }
      suite?.suites.forEach(visit);
    };
    const before = counts.failed;
    visit(session.testResults);
    // a file that did not load, or logged an error the runner counts against it, has no failing test of its own
    if (!session.passed && counts.failed === before)
      fail('the file', session.errors.map(({ message }) => message).join('\n'));
  }
  return counts;
}

let finished;
const counter = () => ({
  onTestRunFinished({ sessions }) {
    finished = count([...sessions]);
    if (process.env.EXO_RESULTS) writeFileSync(process.env.EXO_RESULTS, JSON.stringify(finished));
  },
});

await startTestRunner({
  config: {
    ...config,
    rootDir: root,
    // several browsers may look for a port in the same moment
    port: await nextFreePort({ firefox: 8100, webkit: 8150 }[process.env.BROWSERS] ?? 8000),
    reporters: [defaultReporter({ reportTestProgress: false }), counter()],
  },
  readCliArgs: process.argv.length > 2,
  readFileConfig: false,
});
