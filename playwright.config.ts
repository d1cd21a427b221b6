import { defineConfig } from '@playwright/test';

/** Hostile host pages, and whole stories in the demo portal; `npm test` finds the browser and names it in CHROME_PATH. */
export default defineConfig({
  testDir: 'test',
  forbidOnly: true,
  fullyParallel: true,
  workers: 2,
  // A wait that succeeds costs nothing, and a busy machine is ten times as slow.
  timeout: 300_000,
  expect: { timeout: 60_000 },
  use: {
    launchOptions: {
      executablePath: process.env['CHROME_PATH'] ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
      ],
    },
    screenshot: 'only-on-failure',
    trace: 'off',
  },
  projects: [
    { name: 'pages', testMatch: 'pages/**/*.spec.ts', outputDir: 'test-results/pages' },
    { name: 'e2e', testMatch: 'e2e/**/*.spec.ts', outputDir: 'test-results/e2e' },
  ],
});
