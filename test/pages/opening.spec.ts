import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.js';
import { Kit, WHOLE_KIT } from './kit.js';

/** What an answer of a distant cloud takes, in milliseconds. */
const DISTANCE = 600;

/** What a page asked of a cloud, and whether it had an answer to anything by then. */
interface Asked {
  readonly what: string;
  readonly answered: boolean;
}

/** Every answer of the cloud takes its time from now on, and comes no sooner than `painted`. */
async function moveAway(page: Page, cloudUrl: string, painted: Promise<void>): Promise<readonly Asked[]> {
  const asked: Asked[] = [];
  let answered = false;
  await page.route(`${cloudUrl}/**`, async (route) => {
    const request = route.request();
    if (request.method() !== 'OPTIONS')
      asked.push({ what: `${request.method()} ${request.url()}`, answered });
    await Promise.all([painted, new Promise((resolve) => setTimeout(resolve, DISTANCE))]);
    if (request.method() !== 'OPTIONS') answered = true;
    await route.continue();
  });
  return asked;
}

for (const tag of ['exo-launch-wizard', 'exo-quick-launch'])
  test(`<${tag}> alone on a page opens with six requests, side by side, painted before any is answered`, async ({
    page,
    cloud,
    open,
  }) => {
    await open({
      head: WHOLE_KIT,
      body: `<exo-session auth-url="${cloud.url}/v3" persist="none"></exo-session><exo-login></exo-login>`,
    });
    await new Kit(page).signIn();
    let answer = (): void => undefined;
    const asked = await moveAway(page, cloud.url, new Promise<void>((resolve) => (answer = resolve)));
    const begun = Date.now();
    await page.evaluate((name) => document.body.append(document.createElement(name)), tag);
    const element = page.locator(tag);
    await expect(element.getByRole('textbox', { name: 'Name' })).toBeVisible();
    const painted = Date.now() - begun;
    await expect.poll(() => asked.length, 'it waits for no answer').toBe(6);
    answer();
    await expect(element.locator('#launch')).not.toHaveAttribute('aria-disabled', 'true');
    const ready = Date.now() - begun;
    // Whatever else it had in mind would be under way by now.
    await page.waitForLoadState('networkidle');
    expect(
      asked.map(({ what }) => what).length,
      asked.map(({ what }) => what).join('\n'),
    ).toBeLessThanOrEqual(6);
    expect(
      asked.every(({ answered }) => !answered),
      'all began before the first answer',
    ).toBe(true);
    test.info().annotations.push({
      type: 'opening',
      description: `painted after ${painted} ms, launchable after ${ready} ms, ${DISTANCE} ms from the cloud`,
    });
  });
