// npm run screenshot: the picture of the demo portal in the README, taken of the built kit with the simulated cloud.
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { build } from './build.mjs';
import { startCloud } from './cloud.mjs';
import { CHROMIUM_ARGS, ensureBrowser, HOW_TO_INSTALL } from './lib/browser.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { isMain } from './lib/main.mjs';
import { nextFreePort } from './lib/ports.mjs';
import { root } from './lib/root.mjs';
import { servePortal } from '../stories/portal/serve.mjs';

/** Signs in to the portal as the demo user and waits for the instances. */
export async function signIn(page) {
  await page.getByLabel('User name').fill('demo');
  await page.getByLabel('Password', { exact: true }).fill('demo-password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  const project = page.getByRole('button', { name: /^demo/ });
  await project.or(page.getByRole('table')).first().waitFor();
  if (await project.isVisible()) await project.click();
  await page.getByRole('row').nth(1).waitFor();
}

/**
 * Opens the portal in a browser of its own.
 *
 * @param {import('playwright-core').BrowserContextOptions} options
 * @param {(page: import('playwright-core').Page) => Promise<void>} use
 */
export async function withPortal(options, use) {
  const { chromium } = await import('playwright-core');
  const found = await ensureBrowser();
  if (found?.kind !== 'chromium') throw new Error(HOW_TO_INSTALL);
  const cloud = await startCloud(await nextFreePort(5000));
  const portal = await servePortal({ authUrl: cloud.authUrl });
  const browser = await chromium.launch({ executablePath: found.path, args: CHROMIUM_ARGS });
  try {
    const page = await browser.newPage(options);
    await page.goto(portal.url);
    await use(page);
  } finally {
    await browser.close();
    await Promise.all([portal.close(), cloud.close()]);
  }
}

if (isMain(import.meta.url)) {
  try {
    await ensureDependencies();
    await build(['cdn', 'simulator'], { ifStale: true });
    await mkdir(path.join(root, 'docs'), { recursive: true });
    await withPortal({ viewport: { width: 1280, height: 860 }, reducedMotion: 'reduce' }, async (page) => {
      await signIn(page);
      await page.mouse.move(0, 0);
      await page.screenshot({ path: path.join(root, 'docs/portal.png') });
    });
    console.log('docs/portal.png');
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
