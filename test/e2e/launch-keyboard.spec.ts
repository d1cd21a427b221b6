import { expect, type Locator, type Page } from '@playwright/test';
import { KEY, names } from './launch-story.js';
import { PortalPage } from './portal-page.js';
import { test, type SimulatedWorld } from './simulated-world.js';

/** What has the keyboard, through shadow roots: its name as far as that is simple to tell; empty where nothing has it. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    let active: Element | null = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    if (!active || active === document.body) return '';
    const label =
      active instanceof HTMLInputElement || active instanceof HTMLTextAreaElement
        ? active.labels?.[0]?.textContent
        : undefined;
    const named = active.getAttribute('aria-label') ?? label ?? active.textContent;
    return `${active.localName} ${named.replace(/\s+/g, ' ').trim()}`;
  });

/** Tab until that has the keyboard; on the way the keyboard is never lost. */
async function tabTo(page: Page, what: RegExp, most = 60): Promise<void> {
  for (let steps = 0; steps < most; steps += 1) {
    await page.keyboard.press('Tab');
    const now = await focused(page);
    if (what.test(now)) return;
  }
  throw new Error(`Tab does not lead to ${String(what)}, but to ${await focused(page)}`);
}

/** What the live regions of the page have said. */
async function listen(page: Page): Promise<() => Promise<string>> {
  await page.evaluate(() => {
    const said: string[] = [];
    Object.assign(globalThis, { storySaid: said });
    const seen = new WeakSet<Node>();
    const watch = (root: Node): void => {
      if (seen.has(root)) return;
      seen.add(root);
      new MutationObserver((changes) => {
        for (const { addedNodes, target } of changes) {
          const parent = target instanceof Element ? target : target.parentElement;
          if (parent?.closest('[aria-live], [role=status], [role=alert]'))
            said.push(target.textContent ?? '');
          for (const node of addedNodes) if (node instanceof Element) into(node);
        }
      }).observe(root, { subtree: true, childList: true, characterData: true });
    };
    const into = (element: Element): void => {
      if (element.shadowRoot) {
        watch(element.shadowRoot);
        for (const each of element.shadowRoot.querySelectorAll('*')) into(each);
      }
    };
    watch(document);
    for (const each of document.querySelectorAll('*')) into(each);
  });
  return () => page.evaluate(() => (globalThis as unknown as { storySaid: string[] }).storySaid.join('\n'));
}

test('from the sign-in to a running instance with the keyboard alone', async ({ page, world }) => {
  await world.elsewhere.importKey('laptop', KEY);
  const { member } = world.cloud;
  await page.goto(world.portalUrl);
  await expect(page.getByRole('textbox', { name: 'User name', exact: true })).toBeVisible();
  await tabTo(page, /^input User name/);
  await page.keyboard.type(member.name);
  await tabTo(page, /^input Password/);
  await page.keyboard.type(member.password);
  await page.keyboard.press('Enter');
  const login = page.locator('exo-login');
  await expect(login.getByRole('button', { name: /^demo\b/ })).toBeVisible();
  if (!(await focused(page)).startsWith('button demo')) await tabTo(page, /^button demo/);
  await page.keyboard.press('Enter');
  const portal = new PortalPage(page, world.portalUrl);
  await expect(portal.statusBar).toContainText('demo');

  const said = await listen(page);
  await tabTo(page, /^a New instance/);
  await page.keyboard.press('Enter');
  await portal.review();
  await tabTo(page, /^input Name/);
  await page.keyboard.press('Control+A');
  await page.keyboard.type('by-keys');

  await tabTo(page, /^summary Storage/);
  await page.keyboard.press('Space');
  await expect(portal.wizard.getByRole('radio', { name: 'The image, on a new volume' })).toBeVisible();
  await tabTo(page, /^input The image, on its own disk/);
  await page.keyboard.press('ArrowDown');
  await expect(portal.wizard.getByRole('radio', { name: 'The image, on a new volume' })).toBeChecked();
  await expect.poll(() => focused(page)).toMatch(/^input The image, on a new volume/);
  await tabTo(page, /^button Add a volume/);
  await page.keyboard.press('Enter');
  await expect
    .poll(() => focused(page), { message: 'the keyboard stays where it was, or goes to what came' })
    .not.toBe('');
  await expect(portal.wizard.getByRole('spinbutton', { name: 'Volume 1: Size, in GiB' })).toBeVisible();
  await portal.wizard.getByRole('button', { name: /^Remove.*Volume 1/ }).focus();
  await page.keyboard.press('Enter');
  await expect
    .poll(() => focused(page), { message: 'what had the keyboard is gone, and something near has it' })
    .not.toBe('');

  await tabTo(page, /^button Launch$/);
  await page.keyboard.press('Enter');
  await expect.poll(() => focused(page)).toMatch(/^h2 .*“by-keys”/);
  await portal.expectLaunched('by-keys');
  await expect.poll(() => focused(page)).toMatch(/“by-keys”/);
  await expect.poll(said).toContain('“by-keys” is active');
  await tabTo(page, /^button Launch another$/);
  await page.keyboard.press('Enter');
  await expect.poll(() => focused(page)).toMatch(/^input Name/);
  expect(names(world)).toEqual(['by-keys']);
});

/** What is wider than the page, lies outside of it, or is cut off. */
const cut = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const found: string[] = [];
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth > width)
      found.push(`the page is ${document.documentElement.scrollWidth} wide`);
    const look = (root: ParentNode): void => {
      for (const element of root.querySelectorAll('*')) {
        if (element.shadowRoot) look(element.shadowRoot);
        if (!(element instanceof HTMLElement) || !element.checkVisibility()) continue;
        const box = element.getBoundingClientRect();
        if (box.width < 2 || box.height < 2 || element.closest('.visually-hidden')) continue;
        const style = getComputedStyle(element);
        const name = `${element.localName}#${element.id}.${element.className}: ${element.textContent.trim().slice(0, 40)}`;
        const scrolls = /auto|scroll/.test(style.overflowX);
        if (box.right > width + 1 && !inScroller(element)) found.push(`outside: ${name}`);
        if (
          !scrolls &&
          style.overflowX === 'hidden' &&
          element.scrollWidth > element.clientWidth + 1 &&
          style.textOverflow !== 'ellipsis'
        )
          found.push(`cut: ${name}`);
      }
    };
    const inScroller = (element: Element): boolean => {
      for (let up: Element | null = element.parentElement; up; up = up.parentElement)
        if (/auto|scroll|hidden/.test(getComputedStyle(up).overflowX)) return true;
      return false;
    };
    look(document);
    return found;
  });

/** Buttons and fields of the wizard that lie over one another. */
const overlaps = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const root = document.querySelector('exo-launch-wizard')?.shadowRoot;
    const all = [
      ...(root?.querySelectorAll('button, input, select, textarea, summary, h2, h3') ?? []),
    ].filter(
      (each) =>
        each.checkVisibility() &&
        each.getBoundingClientRect().width > 1 &&
        // stays in sight above what is behind it
        !each.closest('.launch-actions'),
    );
    const found: string[] = [];
    for (const [at, one] of all.entries())
      for (const other of all.slice(at + 1)) {
        if (one.contains(other) || other.contains(one)) continue;
        // What stands in one box by design, such as a button in a field.
        if (one.parentElement === other.parentElement && one.parentElement?.matches('.with-button')) continue;
        const a = one.getBoundingClientRect();
        const b = other.getBoundingClientRect();
        const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (wide > 2 && high > 2)
          found.push(`${one.id || one.textContent} lies over ${other.id || other.textContent}`);
      }
    return found;
  });

async function openAll(page: Page, world: SimulatedWorld): Promise<PortalPage> {
  await world.elsewhere.importKey('laptop', KEY);
  const long = 'a-very-long-name-of-an-instance-that-nobody-would-give-but-somebody-does';
  const portal = new PortalPage(page, `${world.portalUrl}#new?name=${long}`);
  await portal.signIn(world.cloud.member);
  // Not where the form to sign in stood: what is out of sight loads nothing.
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(0);
  await portal.review();
  for (const label of ['What', 'Size', 'How many', 'Access', 'Network and safety', 'Storage', 'Advanced']) {
    await portal.openSection(label);
  }
  await portal.wizard.getByRole('button', { name: 'Add a volume' }).click();
  await portal.wizard.getByRole('button', { name: /^Add.*Metadata/ }).click();
  return portal;
}

// 1280 × 800 at 200 % has as much room as 640 × 400.
for (const [what, width, height] of [
  ['a page of 320 px', 320, 640],
  ['a page at 200 %', 640, 400],
] as const)
  test(`on ${what} everything of a launch is there, and nothing lies over another`, async ({
    page,
    world,
  }) => {
    await page.setViewportSize({ width, height });
    const portal = await openAll(page, world);
    await expect.poll(() => cut(page)).toEqual([]);
    await expect.poll(() => overlaps(page)).toEqual([]);
    await portal.launchButton.scrollIntoViewIfNeeded();
    await portal.launchButton.click();
    await expect(portal.wizard.getByRole('heading', { name: /is active$/ })).toBeVisible();
    await expect.poll(() => cut(page)).toEqual([]);
    await expect.poll(() => overlaps(page)).toEqual([]);
  });

/** Gives the keyboard to what lies at the lower edge of the window; by how many px the bar with *Launch* is over it then. */
const coveredAtTheEdge = (element: Locator): Promise<number> =>
  element.evaluate((target: HTMLElement) => {
    scrollBy(0, target.getBoundingClientRect().bottom - innerHeight);
    target.focus();
    const root = target.getRootNode();
    const bar = root instanceof ShadowRoot ? root.querySelector('.launch-actions') : null;
    if (!bar) throw new Error('no bar');
    const [over, under] = [bar.getBoundingClientRect(), target.getBoundingClientRect()];
    return Math.min(over.bottom, under.bottom) - Math.max(over.top, under.top);
  });

test('on a phone Launch is in sight from the beginning, and never over what has the keyboard', async ({
  page,
  world,
}) => {
  await page.setViewportSize({ width: 360, height: 640 });
  // The portal scrolls smoothly otherwise, and what is measured is still on its way.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await world.elsewhere.importKey('laptop', KEY);
  const portal = new PortalPage(page, `${world.portalUrl}#new`);
  await portal.signIn(world.cloud.member);
  await portal.review();
  await portal.wizard.getByRole('textbox', { name: 'Name' }).focus();
  await expect(portal.launchButton).toBeInViewport({ ratio: 1 });
  for (const summary of await portal.wizard.locator('summary').all())
    await expect
      .poll(() => coveredAtTheEdge(summary), { message: await summary.innerText() })
      .toBeLessThanOrEqual(0);
  await portal.launchButton.click();
  await expect(portal.wizard.getByRole('heading', { name: /is active$/ })).toBeVisible();
});
