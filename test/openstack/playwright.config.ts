import { defineConfig } from '@playwright/test';
import base from '../../playwright.config.js';

/** The stories against real services: one after another, for they share a project. */
export default defineConfig({
  ...base,
  testDir: '.',
  outputDir: '../../test-results/openstack',
  fullyParallel: false,
  workers: 1,
  timeout: 240_000,
  use: { ...base.use, actionTimeout: 30_000 },
  projects: [{ name: 'openstack', testMatch: '*.spec.ts' }],
});
