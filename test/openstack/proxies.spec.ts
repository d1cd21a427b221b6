import { spawn, type ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { expect } from '@playwright/test';
import type { ConsolePage } from '../e2e/console-page.js';
import { withDemoPortal } from '../e2e/demo-portal.js';
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
  openConsole(): Promise<ConsolePage>;
  stop(): Promise<void>;
  start(): Promise<void>;
}

const test = base.extend<{ proxies: Proxies }>({
  proxies: async ({ page }, use) => {
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
    const cloud = { consoleOrigins: { vnc: 'http://127.0.0.1:6090', serial: 'ws://127.0.0.1:6093' } };
    const portal = { connect: ['http://127.0.0.1:6090', 'http://127.0.0.1:6093'] };
    try {
      await start();
      await withDemoPortal(page, { cloud, portal }, async (demo) => {
        const openConsole = async (): Promise<ConsolePage> => {
          await demo.signIn();
          return demo.portal.openConsole('web-1');
        };
        await use({ openConsole, start, stop });
      });
    } finally {
      await stop();
    }
  },
});

test.skip(
  process.env['EXO_LOCAL_CLOUD'] !== '1',
  'the VNC server and the serial line are those of the local cloud',
);

const typed = (where: 'screen' | 'line'): Promise<string> =>
  readFile(`${stateFolder}/nova/typed/${where}`, 'utf8').catch(() => '');

test('VNC through websockify: picture, keys, a proxy that goes and comes', async ({ proxies }) => {
  const view = await proxies.openConsole();
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
  proxies,
}) => {
  const view = await proxies.openConsole();
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
