import { expect, type Browser, type Page } from '@playwright/test';
import type { Account } from '../functional/cloud.js';
import { PortalPage } from './portal-page.js';
import type { SimulatedWorld } from './simulated-world.js';
import { watchSecrets } from './secrets.js';

export const KEY =
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ2vZ1b8qzjP0h6m6lHkzVfUqYb3s1nJrYc9x0m0pR7k someone@laptop';

export interface Things {
  readonly servers: number;
  readonly ports: number;
  readonly addresses: number;
  readonly volumes: number;
}

/** What launches have made, as an administrator counts it. */
export function things({ region, simulator }: SimulatedWorld): Things {
  simulator.state.settle();
  const ours = [...region.ports.values()].filter(({ description }) => description.startsWith('exo:launch '));
  return {
    servers: names({ region }).length,
    ports: ours.length,
    addresses: region.floatingIps.size,
    volumes: region.volumes.size,
  };
}

/** Names of the servers that are there. */
export function names({ region }: Pick<SimulatedWorld, 'region'>): string[] {
  return [...region.servers.values()].filter(({ deleted }) => !deleted).map(({ name }) => name);
}

/** Somebody with a key pair has the form before them, with all its answers. */
export async function withWizard(page: Page, world: SimulatedWorld): Promise<PortalPage> {
  await world.elsewhere.importKey('laptop', KEY);
  const portal = new PortalPage(page, world.portalUrl);
  await portal.signIn(world.cloud.member);
  await portal.openWizard();
  await portal.review();
  return portal;
}

/** Somebody else, or the same person elsewhere: a browser of its own, with the form before them. */
export async function inAnotherBrowser(
  browser: Browser,
  world: SimulatedWorld,
  account: Account,
  story: (portal: PortalPage) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.clock.install();
  const noneIsLeft = watchSecrets(page);
  const portal = new PortalPage(page, world.portalUrl);
  await portal.signIn(account);
  await portal.openWizard();
  await portal.review();
  await portal.turnToForm();
  await story(portal);
  await noneIsLeft();
  await context.close();
}

/** Waits until all of it is there, and sees that it stays so. */
export async function expectThings(world: SimulatedWorld, expected: Partial<Things>): Promise<void> {
  await expect.poll(() => things(world)).toMatchObject(expected);
}
