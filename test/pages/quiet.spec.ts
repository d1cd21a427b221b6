import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.js';
import { Kit, WHOLE_KIT } from './kit.js';

const MINUTE = 60_000;

/** How often a page asks for the list, within a time of the page's own clock. */
async function listRequests(page: Page, during: () => Promise<void>): Promise<number> {
  let count = 0;
  const listener = (request: { url(): string }) => {
    if (request.url().includes('/servers/detail')) count++;
  };
  page.on('request', listener);
  await during();
  page.off('request', listener);
  return count;
}

/** The page's clock goes on in steps, so that answers arrive in between. */
async function pass(page: Page, minutes: number): Promise<void> {
  for (let seconds = 0; seconds < minutes * 60; seconds += 10) {
    await page.clock.runFor(10_000);
    await page.waitForLoadState('networkidle').catch(() => undefined);
  }
}

/** Tells the page that another tab is in front; a headless browser does not do it by itself. */
async function setVisible(page: Page, visible: boolean): Promise<void> {
  await page.evaluate(
    (state) => {
      Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
      Object.defineProperty(document, 'hidden', { value: state === 'hidden', configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    },
    visible ? 'visible' : 'hidden',
  );
}

const lists = (authUrl: string, count: number) => ({
  head: WHOLE_KIT,
  body: `<exo-session auth-url="${authUrl}" persist="none"></exo-session><exo-login></exo-login>
    ${'<exo-instance-list style="display: block"></exo-instance-list>'.repeat(count)}`,
});

test('a hidden page asks nothing, and once when it is back', async ({ page, cloud, open }) => {
  await page.clock.install();
  await open(lists(`${cloud.url}/v3`, 1));
  const kit = new Kit(page);
  await kit.signIn();
  await expect(kit.instance('web-1')).toBeVisible();

  expect(await listRequests(page, () => pass(page, 2))).toBeGreaterThan(1);

  await setVisible(page, false);
  const before = cloud.cloud.requestCount;
  await page.clock.runFor(30 * MINUTE);
  expect(cloud.cloud.requestCount).toBe(before);

  const back = page.waitForRequest(/servers\/detail/);
  await setVisible(page, true);
  await page.clock.runFor(6000);
  await back;
});

test('two lists ask as much as one', async ({ page, cloud, open, context }) => {
  const ask = async (count: number) => {
    const tab = count === 1 ? page : await context.newPage();
    // The moments of both are the same, not left to chance.
    await tab.addInitScript(() => (Math.random = () => 0.5));
    await tab.clock.install();
    await tab.goto(await open(lists(`${cloud.url}/v3`, count)));
    const kit = new Kit(tab);
    await kit.signIn();
    for (const list of await kit.list.all())
      await expect(list.getByRole('button', { name: 'web-1', exact: true })).toBeVisible();
    return listRequests(tab, () => pass(tab, 2));
  };
  const one = await ask(1);
  const two = await ask(2);
  expect(one).toBeGreaterThan(1);
  expect(Math.abs(two - one)).toBeLessThanOrEqual(1);
});
