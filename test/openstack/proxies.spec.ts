import { spawn, type ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { expect, type Page } from '@playwright/test';
import { serve } from '../../src/simulator/serve.js';
import { servePortal } from '../../stories/portal/serve.mjs';
import { ConsolePage } from '../e2e/console-page.js';
import { test as base } from '../e2e/watched.js';
import { stateFolder } from './lib/local-cloud.mjs';

// The protocols alone: a simulated cloud gives the addresses of websockify before the VNC server and the serial line of
// the local cloud. Nothing of Nova is between them.

const PROXIES = [
  { port: 6090, behind: 5957 },
  { port: 6093, behind: 5958 },
];

const isOpen = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });

interface Proxies {
  readonly portalUrl: string;
  stop(): Promise<void>;
  start(): Promise<void>;
}

const test = base.extend<{ proxies: Proxies }>({
  // Playwright finds out from the empty pattern that the fixture needs no other.
  // eslint-disable-next-line no-empty-pattern
  proxies: async ({}, use) => {
    let running: ChildProcess[] = [];
    const start = async (): Promise<void> => {
      running = PROXIES.map(({ port, behind }) =>
        // The one of the distribution's Python, which Nova's proxies are made of.
        spawn('/usr/bin/python3', ['-m', 'websockify', `127.0.0.1:${port}`, `127.0.0.1:${behind}`], {
          stdio: 'ignore',
          detached: true,
        }),
      );
      for (const { port } of PROXIES) await expect.poll(() => isOpen(port), { timeout: 20_000 }).toBe(true);
    };
    /** It has a process for each connection: all of them go. */
    const stop = async (): Promise<void> => {
      for (const { pid } of running) if (pid !== undefined) process.kill(-pid, 'SIGKILL');
      running = [];
      for (const { port } of PROXIES) await expect.poll(() => isOpen(port)).toBe(false);
    };
    const served = await serve({
      port: 0,
      seed: 'demo',
      consoleOrigins: { vnc: 'http://127.0.0.1:6090', serial: 'ws://127.0.0.1:6093' },
    });
    const portal = await servePortal({
      authUrl: `${served.url}/v3`,
      connect: [served.url, 'http://127.0.0.1:6090', 'http://127.0.0.1:6093'],
    });
    try {
      await start();
      await use({ portalUrl: portal.url, start, stop });
    } finally {
      await stop();
      await portal.close();
      await served.close();
    }
  },
});

test.skip(
  process.env['EXO_LOCAL_CLOUD'] !== '1',
  'the VNC server and the serial line are those of the local cloud',
);

async function openConsole(page: Page, url: string): Promise<ConsolePage> {
  await page.goto(url);
  const login = page.locator('exo-login').filter({ visible: true });
  await login.getByRole('textbox', { name: 'User name', exact: true }).fill('demo');
  await login.getByRole('textbox', { name: 'Password', exact: true }).fill('demo-password');
  await login.getByRole('button', { name: 'Sign in', exact: true }).click();
  await login.getByRole('button', { name: /^demo\b/ }).click();
  await page.locator('exo-instance-list').getByRole('button', { name: 'web-1', exact: true }).click();
  const details = page.locator('exo-instance');
  await details.getByRole('tab', { name: 'Console' }).click();
  return new ConsolePage(page, details);
}

const typed = (where: 'screen' | 'line'): Promise<string> =>
  readFile(`${stateFolder}/nova/typed/${where}`, 'utf8').catch(() => '');

test('VNC through websockify: picture, keys, a proxy that goes and comes', async ({ page, proxies }) => {
  const view = await openConsole(page, proxies.portalUrl);
  await view.expectColour(400, 590, '32,64,96');
  const word = `v${Date.now().toString(36)}`;
  await view.write(`${word}\n`);
  await expect.poll(() => typed('screen')).toContain(`${word}\n`);
  await proxies.stop();
  await expect(view.notice('The connection was lost')).toBeVisible();
  await proxies.start();
  await view.button('Connect again').click();
  await view.expectColour(400, 590, '32,64,96');
});

test('a serial line through websockify: bytes both ways, a proxy that goes and comes', async ({
  page,
  proxies,
}) => {
  const view = await openConsole(page, proxies.portalUrl);
  await view.button('Serial console').click();
  await expect(view.lines).toContainText('A serial line.');
  const word = `s${Date.now().toString(36)} ä €`;
  await view.write(`${word}\n`);
  await expect(view.lines).toContainText(`${word}${word}`);
  await expect.poll(() => typed('line')).toContain(`${word}\n`);
  await proxies.stop();
  await expect(view.notice('The connection was lost')).toBeVisible();
  await proxies.start();
  await view.button('Connect again').click();
  await expect(view.lines).toContainText('A serial line.');
});
