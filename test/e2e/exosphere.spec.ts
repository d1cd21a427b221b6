import { expect, type Locator } from '@playwright/test';
import type { Cloud } from '../../src/simulator/cloud.js';
import type { ServerRecord } from '../../src/simulator/model.js';
import { passphraseOf } from '../../src/simulator/setup.js';
import { demoTest, type DemoPortal } from './demo-portal.js';

const PROXY = 'apps.lakeside.example';
const NAME = 'imaging-workshop';

/** A cloud with an instance that Exosphere has made. */
const test = demoTest({
  cloud: { prepared: true, userAppProxy: PROXY },
  portal: { config: { userAppProxy: [{ hostname: PROXY }] } },
});

function server(cloud: Cloud): ServerRecord {
  const found = [...(cloud.state.regions[0]?.servers.values() ?? [])].find((each) => each.name === NAME);
  if (!found) throw new Error(`there is no ${NAME}`);
  return found;
}

async function open(demo: DemoPortal): Promise<Locator> {
  await demo.signIn();
  return demo.portal.openInstance(NAME);
}

test('an instance that Exosphere has made is served as its own', async ({ page, context, demo }) => {
  const made = server(demo.cloud);
  const words = passphraseOf(made);
  // The proxy's names lead nowhere here: what it would answer comes from the simulated cloud.
  await context.route(`https://*.${PROXY}/**`, async (route) => {
    const request = route.request();
    const answer = await demo.cloud.fetch(request.url(), {
      method: request.method(),
      body: request.postData(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    await route.fulfill({
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: await answer.text(),
    });
  });
  const details = await open(demo);

  // How its setup went is read from the console once, and written down for the others.
  await expect(details.getByRole('tabpanel', { name: 'Overview' })).toContainText(/Set-up\s*Complete/);
  await expect.poll(() => made.metadata['exoSetup']).toMatch(/^\{"status":"complete","epoch":\d{13}\}$/);
  await expect.poll(() => made.tags).toEqual([`exoPw:${words}`]);
  await expect.poll(() => made.guestPassword).toBe(undefined);

  await details.getByRole('tab', { name: 'Connect' }).click();
  const panel = details.getByRole('tabpanel', { name: 'Connect' });
  await expect(panel).toContainText(/ssh exouser@198\.18\./);
  await expect(panel).not.toContainText(words);
  await panel.getByRole('button', { name: 'Show the passphrase' }).click();
  await expect(panel).toContainText(words);
  await panel.getByRole('button', { name: 'Hide the passphrase' }).click();
  await expect(panel).not.toContainText(words);

  const popup = page.waitForEvent('popup');
  await panel.getByRole('button', { name: 'Web desktop' }).click();
  await (
    await popup
  ).waitForURL(/-49528\.apps\.lakeside\.example\/guacamole\/#\/client\/ZGVza3RvcABjAGRlZmF1bHQ=\?token=\w+$/);
  await (await popup).close();

  await details.getByRole('tab', { name: 'Volumes' }).click();
  await expect(details.getByRole('tabpanel', { name: 'Volumes' })).toContainText(
    'mounted at /media/volume/Scans-2024',
  );
});

test('a setup is followed to its end', async ({ demo }) => {
  const made = server(demo.cloud);
  const now = demo.cloud.state.now();
  Object.assign(made, { created: now - 60_000 });
  made.console = [`{"status":"running","epoch":${now - 30_000}}`];
  const details = await open(demo);
  const panel = details.getByRole('tabpanel', { name: 'Overview' });
  await expect(panel).toContainText('It is being set up');
  await expect.poll(() => made.metadata['exoSetup']).toContain('running');
  made.console.push(`{"status":"complete","epoch":${now}}`);
  await expect(panel).toContainText(/Set-up\s*Complete/);
  await expect(panel).not.toContainText('It is being set up');
  await expect.poll(() => made.metadata['exoSetup']).toContain('complete');
});
