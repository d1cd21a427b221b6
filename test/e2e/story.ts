import { expect, type Page, type TestType } from '@playwright/test';
import { PortalPage } from './portal-page.js';
import { unique, type World } from './world.js';

type StoryTest = TestType<{ page: Page; world: World }, object>;

const BOOT_SCRIPT = '#!/bin/bash\necho "Grüße ✓" > /etc/motd\n';
const PUBLIC_KEY =
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIhz2GK/XCUj4i6Q5yQJNL1MKMY0RxzPV2QrBqfHrDq6 somebody@example';

/**
 * What people do in the portal, from signing in to deleting, and what they are told when it does not work. The same
 * steps run on the simulator and on real services.
 */
export function story(test: StoryTest): void {
  test.afterEach('every answer was understood', async ({ page, world }) => {
    expect(await new PortalPage(page, world.portalUrl).rowProblems()).toEqual([]);
  });

  test.describe('a member of the project', () => {
    test('sees an empty list, and then what another client makes', async ({ page, world }) => {
      const portal = new PortalPage(page, world.portalUrl);
      const wasCleared = await world.elsewhere.clear();
      await portal.signIn(world.cloud.member);
      if (wasCleared) await expect(portal.emptyList).toBeVisible();

      const name = unique('elsewhere');
      const { image, flavor } = await world.elsewhere.createServer(name);
      await nextPoll(portal, world);
      await portal.expectStatus(name, 'Active', world.onePoll);
      await expect(portal.row(name)).toContainText(image);
      await expect(portal.row(name)).toContainText(flavor);

      await world.elsewhere.deleteServer(name);
      await nextPoll(portal, world);
      await expect(portal.row(name)).toBeHidden({ timeout: world.onePoll });
    });

    test('launches with three clicks at most, and another client sees what was chosen', async ({
      page,
      world,
    }) => {
      const portal = new PortalPage(page, world.portalUrl);
      const key = unique('key');
      await world.elsewhere.clear();
      await world.elsewhere.importKey(key, PUBLIC_KEY);
      await portal.signIn(world.cloud.member);
      await expect(portal.emptyList.or(portal.table).first()).toBeVisible();

      const clicks = await countClicks(page);
      await portal.openWizard();
      const { size, image } = await portal.review();
      const name = await portal.nameField.inputValue();
      await portal.launchButton.click();
      expect(await clicks()).toBeLessThanOrEqual(3);
      await portal.expectLaunched(name, world.cloud.patience);

      const server = await world.elsewhere.server(name);
      expect(server).toMatchObject({ status: 'ACTIVE', image, flavor: size, key });
      expect(server?.networks).toHaveLength(1);
      expect(await world.elsewhere.networks()).toContain(server?.networks[0]);
      await portal.openList();
      await portal.expectStatus(name, 'Active', world.onePoll);
      await world.elsewhere.deleteServer(name);
    });

    test('launches with a name, a key and a boot script of their own', async ({ page, world }) => {
      const portal = new PortalPage(page, world.portalUrl);
      const name = unique('own');
      const key = unique('key');
      await portal.signIn(world.cloud.member);
      await portal.openWizard();
      await portal.nameField.fill(name);
      await portal.importKey(key, PUBLIC_KEY);
      await portal.writeBootScript(BOOT_SCRIPT);
      const { size, image } = await portal.review();
      await portal.launchButton.click();
      await portal.expectLaunched(name, world.cloud.patience);

      const server = await world.elsewhere.server(name);
      expect(server).toMatchObject({ status: 'ACTIVE', image, flavor: size, key });
      expect(server?.networks).toHaveLength(1);
      // Other clouds than ours may not show it to us.
      if (world.seesUserData) expect(server?.userData).toBe(BOOT_SCRIPT);
      await world.elsewhere.deleteServer(name);
    });

    test('stops, starts, reboots and deletes from the list', async ({ page, world }) => {
      const portal = new PortalPage(page, world.portalUrl);
      const name = unique('life');
      const { patience } = world.cloud;
      await world.elsewhere.createServer(name);
      await portal.signIn(world.cloud.member);
      await portal.expectStatus(name, 'Active', world.onePoll);

      await portal.act(name, 'Stop');
      await portal.expectStatus(name, 'Stopped', patience);
      expect((await world.elsewhere.server(name))?.status).toBe('SHUTOFF');

      await portal.act(name, 'Start');
      await portal.expectStatus(name, 'Active', patience);

      // That it reboots is seen for as long as the cloud has not answered; afterwards it may be over in no time.
      let answer = (): void => undefined;
      const seen = new Promise<void>((resolve) => (answer = resolve));
      await page.route('**/servers/*/action', async (route) => {
        await seen;
        await route.continue();
      });
      await portal.act(name, 'Reboot');
      await portal.expectStatus(name, 'Rebooting', patience);
      answer();
      await portal.expectStatus(name, 'Active', patience);

      expect(await portal.act(name, 'Delete')).toContain('This cannot be undone.');
      await expect(portal.row(name)).toBeHidden({ timeout: patience });
      expect(await world.elsewhere.server(name)).toBeUndefined();
    });
  });

  test.describe('when it does not work', () => {
    test('a wrong password is told as such, and the right one lets in', async ({ page, world }) => {
      const portal = new PortalPage(page, world.portalUrl);
      const { member } = world.cloud;
      await portal.open();
      await portal.fillCredentials({ ...member, password: 'not the password' });
      await portal.submitCredentials();
      const alert = page.getByRole('alert');
      await expect(alert).toContainText('Could not sign in');
      await expect(alert).toContainText('The cloud did not accept this user name and password.');
      await expect(alert).toContainText('Check both, and the domain, and try again.');
      await portal.passwordField.fill(member.password);
      await portal.submitCredentials();
      await portal.chooseProject(member.project);
    });

    test('a project without quota says so before anything is launched', async ({ page, world }) => {
      const project = world.cloud.noQuotaProject;
      test.skip(project === undefined, 'the cloud has no project without quota');
      const portal = new PortalPage(page, world.portalUrl);
      await portal.signIn(world.cloud.member, project);
      await expect(portal.emptyList).toBeVisible();
      await portal.openWizard();
      await expect(portal.wizard).toContainText('The quota of the project is used up.');
      await expect(portal.wizard).toContainText(
        /Delete instances.*, or ask the people who run the cloud for more\./,
      );
      await expect(portal.launchButton).toHaveAttribute('aria-disabled', 'true');
    });

    test('a service that is down is named, and all else works on', async ({ page, world }) => {
      test.skip(world.stopImages === undefined, 'the services of this cloud are not ours to stop');
      const portal = new PortalPage(page, world.portalUrl);
      const restore = await world.stopImages?.();
      try {
        await portal.signIn(world.cloud.member);
        await expect(portal.emptyList.or(portal.table).first()).toBeVisible();
        await portal.openWizard();
        const notice = portal.wizardNotice('Could not list the images');
        await expect(notice).toBeVisible({ timeout: 60_000 });
        await expect(notice).toContainText(/cannot be reached\.|has a problem of its own\./);
        await expect(portal.launchButton).toHaveAttribute('aria-disabled', 'true');
        await restore?.();
        await notice.getByRole('button', { name: 'Try again' }).click();
        await portal.review();
      } finally {
        await restore?.();
      }
    });

    test('a token that was revoked ends in a sign-in that goes on where one was', async ({ page, world }) => {
      const portal = new PortalPage(page, world.portalUrl);
      const name = unique('kept');
      await world.elsewhere.createServer(name);
      await portal.signIn(world.cloud.member);
      await portal.expectStatus(name, 'Active', world.onePoll);
      await portal.openWizard();
      const half = unique('half');
      await portal.nameField.fill(half);
      await portal.openList();

      await world.elsewhere.revoke(portal.lastToken);
      await nextPoll(portal, world);
      await expect(
        page.getByText('The cloud has ended your sign-in. Sign in again to carry on.'),
      ).toBeVisible({
        timeout: world.onePoll + world.cloud.tokenPatience,
      });
      await expect(portal.row(name)).toBeVisible();
      await expectRefused(portal, name, 'Stop', 'Your sign-in has run out. Sign in again first.');

      await portal.fillCredentials(world.cloud.member);
      await portal.submitCredentials();
      await expect(portal.passwordField).toBeHidden();
      await portal.act(name, 'Delete');
      await expect(portal.row(name)).toBeHidden({ timeout: world.cloud.patience });
      await portal.openWizard();
      await expect(portal.nameField).toHaveValue(half);
    });

    test('a reader sees, cannot act, and is told why', async ({ page, world }) => {
      const { reader } = world.cloud;
      if (!reader) {
        test.skip(true, 'the cloud has no reader');
        return;
      }
      const portal = new PortalPage(page, world.portalUrl);
      const name = unique('read');
      await world.elsewhere.createServer(name);
      await portal.signIn(reader);
      await portal.expectStatus(name, 'Active', world.onePoll);
      const why = 'Your role in this project lets you look, but not change anything.';
      for (const action of ['Stop', 'Reboot', 'Delete'] as const)
        await expectRefused(portal, name, action, why);
      await expect(portal.statusBar).toContainText('View only');
      await portal.openWizard();
      await expect(portal.wizard).toContainText('You can look, but not launch');
      await expect(portal.launchButton).toHaveAttribute('aria-disabled', 'true');
      expect((await world.elsewhere.server(name))?.status).toBe('ACTIVE');
      await world.elsewhere.deleteServer(name);
    });
  });
}

/** Comes to where the list has asked the cloud again: by waiting, or by the page's own clock. */
async function nextPoll(portal: PortalPage, world: World): Promise<void> {
  if (world.clock) await portal.letTimePass(90_000);
}

/** The action is there, says why it cannot be done, and does nothing. */
async function expectRefused(
  portal: PortalPage,
  name: string,
  action: 'Stop' | 'Reboot' | 'Delete',
  why: string,
): Promise<void> {
  const menu = await portal.openActions(name);
  const item = menu.getByRole('menuitem', { name: new RegExp(`^${action}`) });
  await expect(item).toHaveAttribute('aria-disabled', 'true');
  await expect(item.or(menu).first()).toContainText(why);
  await item.click({ force: true });
  await expect(portal.page.getByRole('alertdialog')).toBeHidden();
  await portal.page.keyboard.press('Escape');
  await expect(menu).toBeHidden();
}

/** Counts what the person clicks from now on; ask before the page is loaded again. */
async function countClicks(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const count = { clicks: 0 };
    Object.assign(globalThis, { storyClicks: count });
    addEventListener('pointerdown', () => (count.clicks += 1), { capture: true });
  });
  return () =>
    page.evaluate(() => (globalThis as unknown as { storyClicks: { clicks: number } }).storyClicks.clicks);
}
