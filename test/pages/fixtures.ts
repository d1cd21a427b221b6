import { test as base, type BrowserContext, type Page } from '@playwright/test';
import type { CloudOptions } from '../../src/simulator/options.js';
import { serve, type ServedCloud } from '../../src/simulator/serve.js';
import { HostServer, type HostPage } from './host-server.js';

export { expect } from '@playwright/test';

/** What a page has complained about. */
export interface Complaints {
  /** Whatever came to the console, and what was thrown and not caught. */
  readonly console: readonly string[];
  /** What the Content Security Policy of a page has stopped or would have. */
  policyViolations(): Promise<readonly string[]>;
}

interface Fixtures {
  /** The cloud of a test: its own, on an origin other than the page's. */
  readonly cloud: ServedCloud;
  /** How that cloud is. */
  readonly cloudOptions: CloudOptions;
  readonly complaints: Complaints;
  /** Puts a host page up and goes there; gives its address. */
  readonly open: (page: HostPage) => Promise<string>;
}

const VIOLATIONS = '__policyViolations';

async function listenTo(context: BrowserContext, page: Page): Promise<Complaints> {
  const said: string[] = [];
  page.on('console', (message) => said.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => said.push(`thrown: ${error.stack ?? error.message}`));
  await context.addInitScript((key) => {
    const seen: string[] = [];
    Reflect.set(globalThis, key, seen);
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample, sourceFile }) => {
      seen.push([violatedDirective, blockedURI, sample, sourceFile].join(' '));
    });
  }, VIOLATIONS);
  return {
    console: said,
    policyViolations: () => page.evaluate((key) => Reflect.get(globalThis, key) as string[], VIOLATIONS),
  };
}

export const test = base.extend<Fixtures, { readonly hostServer: HostServer }>({
  hostServer: [
    // Playwright finds out from the empty pattern that the fixture needs no other.
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const server = await HostServer.start();
      await use(server);
      await server.close();
    },
    { scope: 'worker' },
  ],

  cloudOptions: [{}, { option: true }],

  cloud: async ({ cloudOptions }, use) => {
    const served = await serve({ seed: 'demo', ...cloudOptions, port: 0 });
    await use(served);
    await served.close();
  },

  // From the beginning, whatever a test does first.
  complaints: [
    async ({ context, page }, use) => {
      await use(await listenTo(context, page));
    },
    { auto: true },
  ],

  open: async ({ hostServer, page }, use) => {
    await use(async (hostPage) => {
      const url = hostServer.add(hostPage);
      await page.goto(url);
      return url;
    });
  },
});
