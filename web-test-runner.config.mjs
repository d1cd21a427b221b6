import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { chromeLauncher } from '@web/test-runner-chrome';
import puppeteer from 'puppeteer-core';
import { findWebKit } from './.ci/lib/browser.mjs';
import { bundledTests } from './.ci/lib/bundled-tests.mjs';
import { WebKitLauncher } from './.ci/lib/webkit-launcher.mjs';

// BROWSERS=chromium,firefox,webkit npx web-test-runner --files test/elements/x.test.ts
const firefoxPath = process.env.FIREFOX_PATH ?? '/usr/bin/firefox-esr';

const launchers = {
  chromium: () =>
    chromeLauncher({
      launchOptions: {
        executablePath: process.env.CHROME_PATH ?? '/usr/bin/chromium',
        args: [
          '--no-sandbox',
          '--disable-gpu',
          '--disable-quic',
          '--no-first-run',
          '--disable-background-networking',
          '--disable-component-update',
          '--disable-sync',
          // What fades is measured at its end: as in Firefox below.
          '--force-prefers-reduced-motion',
        ],
      },
    }),
  firefox: () =>
    chromeLauncher({
      puppeteer,
      concurrency: 1,
      launchOptions: {
        browser: 'firefox',
        executablePath: firefoxPath,
        // It cannot be asked later; see test/elements/motion.ts.
        extraPrefsFirefox: { 'ui.prefersReducedMotion': 1 },
      },
    }),
  webkit: () => new WebKitLauncher(webkit),
};

const webkit = findWebKit();

const wanted = (process.env.BROWSERS ?? 'chromium').split(',');
const browsers = Object.entries(launchers)
  .filter(([name]) => wanted.includes(name))
  .filter(([name]) => (name !== 'firefox' || existsSync(firefoxPath)) && (name !== 'webkit' || webkit))
  .map(([, launch]) => launch());
if (browsers.length === 0) throw new Error(`No browser of ${wanted.join(', ')} is installed here.`);

// Single modules can be watched, and counted line by line.
const unbundled = process.argv.some((arg) => arg === '--watch' || arg === '--coverage');

export default {
  files: 'test/elements/**/*.test.ts',
  nodeResolve: { exportConditions: ['development', 'browser'] },
  middleware: unbundled ? [] : [bundledTests()],
  plugins: [
    esbuildPlugin({
      ts: true,
      target: 'es2022',
      tsconfig: fileURLToPath(new URL('./tsconfig.json', import.meta.url)),
    }),
  ],
  browsers,
  // One page at a time: a page behind another is hidden, and hidden pages neither paint nor have the keyboard.
  concurrency: 1,
  // A wait that succeeds costs nothing, and a busy machine is ten times as slow.
  browserStartTimeout: 120_000,
  testsStartTimeout: 120_000,
  testsFinishTimeout: 900_000,
  testFramework: { config: { timeout: 120_000 } },
  filterBrowserLogs: ({ args }) => !String(args[0]).startsWith('Lit is in dev mode'),
  coverageConfig: { include: ['src/**/*.ts'], reporters: ['lcovonly', 'text-summary'] },
};
