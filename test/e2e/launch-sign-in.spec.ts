import { expect, type Page } from '@playwright/test';
import { expectThings, KEY, names, withWizard } from './launch-story.js';
import { PortalPage } from './portal-page.js';
import { test, type SimulatedWorld } from './simulated-world.js';

/** A click on Launch, and the sign-in ends while the cloud is being asked. */
async function loseTheSignIn(portal: PortalPage, world: SimulatedWorld, path: RegExp): Promise<string> {
  const name = await portal.nameField.inputValue();
  const goOn = world.simulator.hold({ method: 'POST', path });
  const asked = portal.page.waitForRequest(
    (request) => request.method() === 'POST' && path.test(new URL(request.url()).pathname),
  );
  await portal.launchButton.click();
  await asked;
  world.simulator.revokeTokens();
  goOn();
  return name;
}

async function signInAgain(page: Page, portal: PortalPage, world: SimulatedWorld): Promise<void> {
  await expect(portal.passwordField).toBeVisible();
  await portal.fillCredentials(world.cloud.member);
  await portal.submitCredentials();
  await expect(portal.passwordField).toBeHidden();
  await expect(page).toHaveURL(/#new/);
}

for (const [when, path] of [
  ['before its instance', /\/floatingips$/],
  ['while its instance is asked for', /\/servers$/],
] as const)
  test(`a launch whose sign-in ends ${when} goes on after another sign-in`, async ({ page, world }) => {
    const portal = await withWizard(page, world);
    const name = await loseTheSignIn(portal, world, path);
    await signInAgain(page, portal, world);
    const { wizard } = portal;
    const again = wizard.getByRole('button', { name: /^(?:Try again|Carry on)$/ });
    await expect(portal.launchedHeading(name).or(again).first()).toBeVisible();
    if (await again.isVisible()) await again.click();
    await portal.expectLaunched(name);
    await expectThings(world, { servers: 1, ports: 1, addresses: 1 });
    expect(names(world)).toEqual([name]);
  });

test('a draft is kept when the sign-in ends, and the boot script in it is in no storage', async ({
  page,
  world,
}) => {
  await world.elsewhere.importKey('laptop', KEY);
  const portal = new PortalPage(page, world.portalUrl);
  await portal.signIn(world.cloud.member);
  await portal.openWizard();
  await portal.nameField.fill('kept');
  await portal.writeBootScript('#!/bin/sh\necho a-password-of-mine\n');
  const seen = async (): Promise<string> =>
    page.evaluate(() => JSON.stringify([Object.entries(sessionStorage), Object.entries(localStorage)]));
  await expect.poll(seen).toContain('kept');
  expect(await seen()).not.toContain('a-password-of-mine');
  world.simulator.revokeTokens();
  await portal.letTimePass(90_000);
  await signInAgain(page, portal, world);
  await expect(portal.nameField).toHaveValue('kept');
  await portal.launchButton.click();
  await portal.expectLaunched('kept');
  const [kept] = world.region.servers.values();
  expect(Buffer.from(kept?.userData ?? '', 'base64').toString()).toContain('a-password-of-mine');
});
