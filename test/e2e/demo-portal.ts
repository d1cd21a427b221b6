import type { Page } from '@playwright/test';
import type { Cloud } from '../../src/simulator/cloud.js';
import { serve, type ServeOptions } from '../../src/simulator/serve.js';
import { servePortal } from '../../stories/portal/serve.mjs';
import type { PortalOptions } from '../../stories/portal/serve.mjs';
import { describeSimulator } from '../functional/simulated.js';
import { PortalPage } from './portal-page.js';
import { test as base } from './watched.js';

/** The demo portal on a simulated cloud of its own, over HTTP. */
export interface DemoPortal {
  readonly url: string;
  readonly cloud: Cloud;
  /** As the test's page shows it; nobody is signed in. */
  readonly portal: PortalPage;
  /** Signs in as the person whom most of the instances belong to. */
  signIn(portal?: PortalPage): Promise<void>;
}

/** Serves a cloud and a portal, for as long as `use` takes. */
export async function withDemoPortal(
  page: Page,
  options: { cloud?: ServeOptions; portal?: PortalOptions },
  use: (demo: DemoPortal) => Promise<void>,
): Promise<void> {
  const served = await serve({ port: 0, seed: 'demo', actionSeconds: 1, ...options.cloud });
  const authUrl = `${served.url}/v3`;
  const { connect = [], ...rest } = options.portal ?? {};
  const host = await servePortal({
    authUrl,
    ...rest,
    ...(connect.length > 0 && { connect: [served.url, ...connect] }),
  });
  const portal = new PortalPage(page, host.url);
  try {
    await use({
      url: host.url,
      cloud: served.cloud,
      portal,
      signIn: (where = portal) => where.signIn(describeSimulator(authUrl).member),
    });
  } finally {
    await host.close();
    await served.close();
  }
}

/** Each test has a cloud and a portal of its own. */
export const demoTest = (options: { cloud?: ServeOptions; portal?: PortalOptions } = {}) =>
  base.extend<{ demo: DemoPortal }>({
    demo: ({ page }, use) => withDemoPortal(page, options, use),
  });
