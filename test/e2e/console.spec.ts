import { expect } from '@playwright/test';
import type { ConsolePage } from './console-page.js';
import { demoTest, type DemoPortal } from './demo-portal.js';

// The simulated cloud answers at its consoles.
const test = demoTest();

async function openConsole(demo: DemoPortal): Promise<ConsolePage> {
  await demo.signIn();
  return demo.portal.openConsole('web-1');
}

test('somebody sees the screen of an instance, types, and takes a text from there', async ({
  page,
  context,
  demo,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const violations: string[] = [];
  await page.exposeFunction('violated', (directive: string) => violations.push(directive));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
      (window as unknown as { violated(directive: string): void }).violated(effectiveDirective);
    });
  });
  const view = await openConsole(demo);
  await view.expectColour(130, 20, '255,255,0');
  // A square that comes as a PNG, which a policy without data: images must not stop.
  await view.expectColour(608, 448, '42,157,143');
  await view.screen.click();
  await page.keyboard.type('Hello');
  await view.write(' World');
  await view.send('Ctrl + C');
  await expect(page.locator('exo-instance')).toContainText('Something was copied in the instance');
  await view.button('Copy from there').click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe('Hello World');

  await view.screen.focus();
  await page.keyboard.press('Control+Shift+F9');
  await expect(view.button('Keys')).toBeFocused();

  await view.button('Disconnect').click();
  await expect(view.notice('The console is disconnected')).toBeVisible();
  await view.button('Connect again').click();
  await view.expectColour(630, 20, '0,0,255');
  expect(violations, 'what the policy had to forbid').toEqual([]);
});

test('somebody signs in on the serial line of an instance', async ({ page, demo }) => {
  const view = await openConsole(demo);
  await view.button('Serial console').click();
  await expect(view.lines).toContainText('This is a simulated machine');
  await expect(view.lines).toContainText('web-1 login:');
  await page.locator('exo-instance .xterm-screen').click();
  await page.keyboard.type('ada\nhostname\n');
  await expect(view.lines).toContainText('ada@web-1');
  await view.write('echo from the field\n');
  await expect(view.lines).toContainText('echo from the fieldfrom the field');
  await view.button('Screen').click();
  await view.expectColour(130, 20, '255,255,0');
});

test('the console fits a phone, and fills the screen', async ({ page, demo }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  const view = await openConsole(demo);
  await view.expectColour(130, 20, '255,255,0');
  const width = async (): Promise<number> => (await view.screen.boundingBox())?.width ?? 0;
  expect(await width()).toBeLessThanOrEqual(360);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await view.button('Own size').click();
  await expect.poll(width).toBe(640);
  await view.button('Fit').click();
  await view.button('Full screen').click();
  await expect.poll(() => page.evaluate(() => document.fullscreenElement?.localName)).toBe('exo-instance');
  await view.expectColour(130, 20, '255,255,0');
  // Nothing outside of what fills the screen can be used: its keys are in it.
  await view.write('ab');
  await view.expectColour(39, 314, '252,163,17');
  await page.locator('exo-instance summary').filter({ hasText: 'Keys' }).click();
  await view.button('Enter').click();
  // Enter has taken the line away.
  await view.expectColour(39, 314, '20,33,61');
  await view.button('Leave full screen').click();
  await expect(view.button('Full screen')).toBeVisible();
});
