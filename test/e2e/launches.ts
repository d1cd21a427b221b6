import { expect, type Browser, type Page, type Route, type TestType } from '@playwright/test';
import { PortalPage } from './portal-page.js';
import { unique, type World } from './world.js';

const PUBLIC_KEY =
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIhz2GK/XCUj4i6Q5yQJNL1MKMY0RxzPV2QrBqfHrDq6 somebody@example';

/** The form, with a key of the person's and all its answers. */
async function withForm(page: Page, world: World): Promise<PortalPage> {
  const portal = new PortalPage(page, world.portalUrl);
  await portal.signIn(world.cloud.member);
  await portal.openWizard();
  await portal.review();
  return portal;
}

/** Launches by the form: from a volume, several at once, and one that is left half-way and carried on elsewhere. */
export function launches(test: TestType<{ page: Page; world: World }, { browser: Browser }>): void {
  test.describe('launches', () => {
    test.beforeEach(async ({ world }) => {
      await world.elsewhere.clear();
      await world.elsewhere.importKey(unique('key'), PUBLIC_KEY);
    });
    test.afterEach(({ world }) => world.elsewhere.clear());

    test('from a new volume, with a further one and a public address', async ({ page, world }) => {
      const portal = await withForm(page, world);
      const { wizard } = portal;
      const name = unique('volume');
      await portal.nameField.fill(name);
      await portal.openSection('Storage');
      await wizard.getByRole('radio', { name: 'The image, on a new volume' }).check();
      await wizard.getByRole('button', { name: 'Add a volume' }).click();
      await wizard.getByRole('spinbutton', { name: 'Volume 1: Size, in GiB' }).fill('1');
      await portal.launchButton.click();
      await portal.expectLaunched(name, world.cloud.patience);
      const made = await world.elsewhere.made(name);
      expect(made).toMatchObject({ servers: 1, addresses: 1 });
      expect(made.volumes, 'the disk and the further one').toHaveLength(2);
      expect(Math.min(...made.volumes)).toBe(1);
    });

    test('three at once, each with its number', async ({ page, world }) => {
      const portal = await withForm(page, world);
      const name = unique('three');
      await portal.nameField.fill(name);
      await portal.openSection('How many');
      await portal.wizard.getByRole('spinbutton', { name: 'How many' }).fill('3');
      await portal.launchButton.click();
      await expect(portal.wizard.getByRole('heading', { name: '3 instances are active' })).toBeVisible({
        timeout: world.cloud.patience,
      });
      expect(await world.elsewhere.made(name)).toMatchObject({ servers: 3 });
      for (const number of [1, 2, 3])
        expect((await world.elsewhere.server(`${name}-${number}`))?.status).toBe('ACTIVE');
    });

    test('one whose page was closed in the middle, carried on in another browser', async ({
      page,
      browser,
      world,
    }) => {
      const portal = await withForm(page, world);
      const name = unique('half');
      await portal.nameField.fill(name);
      // It is on its way, and never arrives.
      const aboutToAsk = new Promise<Route>((resolve) => {
        void page.route('**/servers', (route) => {
          if (route.request().method() !== 'POST') return route.fallback();
          resolve(route);
          return undefined;
        });
      });
      await portal.launchButton.click();
      const asking = await aboutToAsk;
      await Promise.all([asking.abort(), page.close()]);
      expect(await world.elsewhere.made(name)).toMatchObject({ servers: 0, ports: 1 });

      const context = await browser.newContext();
      const other = await withForm(await context.newPage(), world);
      await other.turnToForm();
      const launch = other.wizard.getByRole('listitem').filter({ hasText: `“${name}” stopped half-way` });
      await launch.getByRole('button', { name: 'Carry on' }).click();
      await other.expectLaunched(name, world.cloud.patience);
      expect(await world.elsewhere.made(name)).toMatchObject({ servers: 1, ports: 1 });
      await context.close();
    });
  });
}
