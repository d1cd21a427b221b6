import { readFile } from 'node:fs/promises';
import { expect, type Page } from '@playwright/test';
import type { ConsolePage } from '../e2e/console-page.js';
import { PortalPage } from '../e2e/portal-page.js';
import { unique, type World } from '../e2e/world.js';
import { startDaemon, stateFolder, stopDaemon } from './lib/local-cloud.mjs';
import { test } from './real-world.js';

// Nova's own proxies before a real VNC server (a terminal window over all of its screen) and a real serial line.

test.skip(
  process.env['EXO_LOCAL_CLOUD'] !== '1',
  'only of the local cloud it is known what its consoles show',
);

/** The terminal's background. */
const BACK = '32,64,96';

/** What has come to the machine, as it was typed. */
const typed = (where: 'screen' | 'line'): Promise<string> =>
  readFile(`${stateFolder}/nova/typed/${where}`, 'utf8').catch(() => '');

async function openConsole(page: Page, world: World, url = world.portalUrl): Promise<ConsolePage> {
  const name = unique('console');
  await world.elsewhere.createServer(name);
  const portal = new PortalPage(page, url);
  await portal.signIn(world.cloud.member);
  return portal.openConsole(name, 60_000);
}

/** A word that nobody has typed before. */
const word = (): string => `w${Date.now().toString(36)}`;

test('the screen of an instance: picture, keys, clipboards, a lost connection', async ({
  page,
  context,
  world,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const view = await openConsole(page, world);
  await view.expectColour(400, 590, BACK);

  // By hand, keys that change others among them.
  const byHand = word();
  await view.screen.click();
  await page.keyboard.type(`${byHand} (It's 100 %)`);
  await page.keyboard.press('Enter');
  await expect.poll(() => typed('screen')).toContain(`${byHand} (It's 100 %)\n`);

  // By the field, and what a browser keeps for itself: xterm writes Ctrl + Alt + Del as a sequence.
  const byField = word();
  await view.write(`${byField} ~Tilde|Pipe "q"\n`);
  await expect.poll(() => typed('screen')).toContain(`${byField} ~Tilde|Pipe "q"\n`);
  await view.send('Ctrl + Alt + Del');
  await page.keyboard.press('Enter');
  await expect.poll(() => typed('screen')).toContain('\u001b[3;7~\n');

  // A text on the clipboard there, which the terminal pastes with Shift + Insert.
  const pasted = word();
  await view.write(`${pasted}\n`, 'Put on its clipboard');
  await page.keyboard.press('Shift+Insert');
  await expect.poll(() => typed('screen')).toContain(`${pasted}\n`);

  // What is marked there is copied there, and brought here.
  const box = await view.screen.boundingBox();
  if (!box) throw new Error('the screen has no place in the page');
  await page.mouse.move(box.x + 6, box.y + 6);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height - 20, { steps: 8 });
  await page.mouse.up();
  await expect(page.locator('exo-instance')).toContainText('Something was copied in the instance');
  await view.button('Copy from there').click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain(pasted);

  await stopDaemon('nova-novncproxy');
  await expect(view.notice('The connection was lost')).toBeVisible();
  await startDaemon('nova-novncproxy');
  await view.button('Connect again').click();
  const after = word();
  await expect(view.screen).toBeVisible();
  await view.write(`${after}\n`);
  await expect.poll(() => typed('screen')).toContain(`${after}\n`);
});

test('the serial line of an instance: what it says, what it is told, a lost connection', async ({
  page,
  world,
}) => {
  const view = await openConsole(page, world);
  await view.button('Serial console').click();
  await expect(view.lines).toContainText('A serial line.');
  const byHand = word();
  await page.locator('exo-instance .xterm-screen').click();
  await page.keyboard.type(`${byHand}\n`);
  await expect(view.lines).toContainText(`${byHand}${byHand}`);
  const byField = word();
  await view.write(`${byField} ä €\n`);
  await expect(view.lines).toContainText(`${byField} ä €${byField} ä €`);
  await expect.poll(() => typed('line')).toContain(`${byField} ä €\n`);
  await stopDaemon('serial-line');
  await expect(view.notice('The console has ended').or(view.notice('The connection was lost'))).toBeVisible();
  await startDaemon('serial-line');
  await view.button('Connect again').click();
  await expect(view.lines).toContainText('A serial line.');
});

test('a page that the proxies do not know: the screen by the cloud’s own page, the serial line by no means', async ({
  page,
  world,
}) => {
  // A name of this computer that is not in allowed_origins.
  const view = await openConsole(page, world, world.portalUrl.replace('localhost', 'elsewhere.localhost'));
  await expect(view.frame).toBeVisible();
  await expect
    .poll(() => page.frames().map((frame) => new URL(frame.url()).host))
    .toContain('127.0.0.1:6080');
  // This browser gives a frame of another site no storage, which the page of this version wants; a window has it.
  const [popup] = await Promise.all([page.waitForEvent('popup'), view.button('Open in a window').click()]);
  await popup.locator('#noVNC_connect_button').click();
  await expect
    .poll(
      () =>
        popup.locator('#noVNC_container canvas').evaluate((canvas) => {
          if (!(canvas instanceof HTMLCanvasElement) || canvas.width === 0) return '';
          const data = canvas.getContext('2d')?.getImageData(400, 590, 1, 1).data ?? [];
          return Array.from(data).slice(0, 3).join(',');
        }),
      { timeout: 30_000 },
    )
    .toBe(BACK);
  expect(await popup.evaluate(() => window.opener === null)).toBe(true);
  await popup.close();
  await view.button('Serial console').click();
  await expect(view.notice('This page may not show the console')).toContainText(
    'add “elsewhere.localhost” to “allowed_origins”',
  );
});
