import { expect } from '@playwright/test';
import { DEFAULT_COMPUTE_QUOTA } from '../../src/simulator/quota.js';
import { PortalPage } from './portal-page.js';
import { test, type SimulatedWorld } from './simulated-world.js';
import { unique } from './world.js';

const LIST = '/servers/detail';

/** Servers of the member's project that are not deleted, by name. */
function serversNow({ simulator }: SimulatedWorld): string[] {
  return simulator.state.regions.flatMap((region) =>
    [...region.servers.values()].filter(({ deleted }) => !deleted).map(({ name }) => name),
  );
}

test.describe('the list of instances', () => {
  test('shows what is to come while the cloud is slow, and can be used around it', async ({
    page,
    world,
  }) => {
    const portal = new PortalPage(page, world.portalUrl);
    const name = unique('slow');
    await world.elsewhere.createServer(name);
    const answer = world.simulator.hold({ path: LIST });
    await portal.signIn(world.cloud.member);
    await expect(portal.table.getByRole('columnheader', { name: 'Status' })).toBeVisible();
    await expect(page.getByText('Loading instances…')).toBeAttached();
    await portal.openWizard();
    await expect(portal.nameField).toBeVisible();
    await portal.openList();
    answer();
    await portal.expectStatus(name, 'Active');
  });

  test('says when a gateway answers in place of the cloud, and shows none of its HTML', async ({
    page,
    world,
  }) => {
    const portal = new PortalPage(page, world.portalUrl);
    world.simulator.fail(
      { path: LIST, times: Infinity },
      { status: 502, html: '<html><body><h1>Bad Gateway</h1><p>nginx</p></body></html>' },
    );
    await portal.signIn(world.cloud.member);
    const notice = portal.listNotice('Could not list the instances');
    await expect(notice).toContainText('The cloud has a problem of its own.');
    await expect(notice).not.toContainText('<');
    world.simulator.clearFaults();
    await notice.getByRole('button', { name: 'Try again' }).click();
    await expect(portal.emptyList).toBeVisible();
  });

  test('says when a page to sign in to the network comes in place of an answer', async ({ page, world }) => {
    const portal = new PortalPage(page, world.portalUrl);
    world.simulator.fail({ path: LIST, times: Infinity }, { status: 200, html: true });
    await portal.signIn(world.cloud.member);
    await expect(portal.listNotice('Could not list the instances')).toContainText(
      'sent a web page in place of an answer.',
    );
  });

  test('keeps the rows when the connection breaks, says how old they are, and recovers', async ({
    page,
    world,
  }) => {
    const portal = new PortalPage(page, world.portalUrl);
    const name = unique('kept');
    await world.elsewhere.createServer(name);
    await portal.signIn(world.cloud.member);
    await portal.expectStatus(name, 'Active');
    world.simulator.fail({ path: /./, times: Infinity }, { drop: true });
    await portal.letTimePass(90_000);
    await expect(portal.listNotice('Could not list the instances')).toContainText('cannot be reached.');
    await expect(page.getByText(/^What you see is from /)).toBeVisible();
    await expect(portal.row(name)).toBeVisible();
    world.simulator.clearFaults();
    await portal.letTimePass(300_000);
    await expect(portal.listNotice('Could not list the instances')).toBeHidden();
    await portal.expectStatus(name, 'Active');
  });

  test('takes an action back that the cloud refuses, and says why in its row', async ({ page, world }) => {
    const portal = new PortalPage(page, world.portalUrl);
    const name = unique('busy');
    await world.elsewhere.createServer(name);
    await portal.signIn(world.cloud.member);
    await portal.expectStatus(name, 'Active');
    world.simulator.fail({ method: 'POST', body: 'os-stop' }, { status: 409 });
    await portal.act(name, 'Stop');
    await expect(page.locator('exo-instance-list')).toContainText(`Could not stop the instance “${name}”`);
    await expect(page.locator('exo-instance-list')).toContainText(
      'It is busy, or in a state in which this cannot be done.',
    );
    await portal.expectStatus(name, 'Active');
  });
});

test.describe('signing in', () => {
  test('says when the cloud cannot be reached', async ({ page, world }) => {
    const portal = new PortalPage(page, world.portalUrl);
    world.simulator.fail({ path: /./, times: Infinity }, { drop: true });
    await portal.open();
    await portal.fillCredentials(world.cloud.member);
    await portal.submitCredentials();
    const alert = page.getByRole('alert');
    await expect(alert).toContainText('cannot be reached.');
    world.simulator.clearFaults();
    await portal.submitCredentials();
    await portal.chooseProject(world.cloud.member.project);
  });

  test('puts no password and no token into the page, its storage keys or its address', async ({
    page,
    world,
  }) => {
    const portal = new PortalPage(page, world.portalUrl);
    const { member } = world.cloud;
    await portal.signIn(member);
    await expect(portal.emptyList).toBeVisible();
    const token = portal.lastToken;
    expect(token).not.toBe('');
    const seen = await page.evaluate(() => {
      const texts: string[] = [location.href, ...Object.keys(sessionStorage), ...Object.keys(localStorage)];
      const read = (root: ParentNode): void => {
        for (const element of root.querySelectorAll('*')) {
          texts.push(...[...element.attributes].map(({ value }) => value));
          if (element instanceof HTMLInputElement) texts.push(element.value);
          if (element.shadowRoot) read(element.shadowRoot);
        }
      };
      read(document);
      texts.push(document.documentElement.innerText);
      return texts;
    });
    for (const secret of [member.password, token])
      expect(seen.filter((text) => text.includes(secret))).toEqual([]);
  });

  test('survives loading the page again, and ends for good with signing out', async ({ page, world }) => {
    const portal = new PortalPage(page, world.portalUrl);
    await portal.signIn(world.cloud.member);
    await page.reload();
    await expect(portal.statusBar).toContainText(world.cloud.member.project);
    const token = portal.lastToken;
    await portal.signOut();
    await page.reload();
    await expect(portal.passwordField).toBeVisible();
    await expect(async () => {
      const headers = { 'X-Auth-Token': token, 'X-Subject-Token': token };
      const response = await fetch(`${world.cloud.authUrl}/auth/tokens`, { headers });
      expect(response.status).toBe(401);
    }).toPass();
  });
});

test.describe('a launch', () => {
  test('keeps a form half filled when the sign-in runs out', async ({ page, world }) => {
    const portal = new PortalPage(page, world.portalUrl);
    const name = unique('half');
    const script = '#!/bin/sh\necho half\n';
    await portal.signIn(world.cloud.member);
    await portal.openWizard();
    await portal.nameField.fill(name);
    await portal.writeBootScript(script);
    world.simulator.advance(3_601_000);
    await portal.letTimePass(3_601_000);
    await expect(portal.passwordField).toBeVisible();
    await expect(portal.launchButton).toHaveAttribute('aria-disabled', 'true');
    await portal.fillCredentials(world.cloud.member);
    await portal.submitCredentials();
    await expect(portal.passwordField).toBeHidden();
    await expect(portal.nameField).toHaveValue(name);
    await expect(portal.launchButton).not.toHaveAttribute('aria-disabled', 'true');
    await portal.launchButton.click();
    await portal.expectLaunched(name);
    expect((await world.elsewhere.server(name))?.userData).toBe(script);
  });

  test('makes one instance, not two, when the answer is lost on the way', async ({ page, world }) => {
    const portal = new PortalPage(page, world.portalUrl);
    const name = unique('once');
    await portal.signIn(world.cloud.member);
    await portal.openWizard();
    await portal.nameField.fill(name);
    await portal.review();
    // The cloud does it; the page hears nothing of it.
    let lost = 0;
    await page.route('**/compute/v2.1/servers', async (route) => {
      if (route.request().method() !== 'POST' || lost > 0) return route.fallback();
      lost += 1;
      await route.fetch();
      return route.abort('connectionreset');
    });
    await portal.launchButton.click();
    await expect(async () => {
      await portal.letTimePass(5_000);
      await expect(portal.launchedHeading(name)).toBeVisible({ timeout: 1_000 });
    }).toPass();
    expect(lost).toBe(1);
    expect(serversNow(world)).toEqual([name]);
  });

  test('says which quota is used up when it is taken in the meantime', async ({ page, world }) => {
    const portal = new PortalPage(page, world.portalUrl);
    const name = unique('late');
    await portal.signIn(world.cloud.member);
    await portal.openWizard();
    await portal.nameField.fill(name);
    await portal.review();
    const [region] = world.simulator.state.regions;
    const project = [...world.simulator.state.projects.values()].find((each) => each.name === 'demo');
    region?.computeQuotas.set(project?.id ?? '', { ...DEFAULT_COMPUTE_QUOTA, cores: 0 });
    await portal.launchButton.click();
    await expect(portal.wizard).toContainText(`“${name}” could not be launched`);
    await expect(portal.wizard).toContainText(
      'This project’s processor core quota is used up: 0 of 0 are in use',
    );
    expect(serversNow(world)).toEqual([]);
  });
});
