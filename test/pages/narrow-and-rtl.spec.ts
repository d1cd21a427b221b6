import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.js';
import { elements, Kit, WHOLE_KIT } from './kit.js';

const LONG = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'.repeat(2);

/** What sticks out of the window to either side, and cannot be reached by scrolling its own box. */
async function sticksOut(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const out: string[] = [];
    if (document.documentElement.scrollWidth > width)
      out.push(`the page is ${document.documentElement.scrollWidth} px wide`);
    const walk = (root: ParentNode, scrolls: boolean) => {
      for (const element of root.children) {
        const style = getComputedStyle(element);
        if (element.matches('.visually-hidden, [hidden]') || style.display === 'none') continue;
        const box = element.getBoundingClientRect();
        if (!scrolls && box.width > 0 && (box.left < -1 || box.right > width + 1))
          out.push(
            `${element.localName}.${element.className} ${Math.round(box.left)}…${Math.round(box.right)}`,
          );
        const within = scrolls || /auto|scroll/.test(style.overflowX);
        if (element.shadowRoot) walk(element.shadowRoot, within);
        else if (!(element instanceof SVGElement)) walk(element, within);
      }
    };
    walk(document.body, false);
    return out;
  });
}

const TEXT_SIZES = [
  { name: '320 px wide', width: 320, style: '' },
  { name: 'twice the text size', width: 640, style: '<style>body { --exo-font-size: 32px }</style>' },
];

for (const dir of ['ltr', 'rtl'] as const) {
  for (const { name, width, style } of TEXT_SIZES) {
    test(`nothing sticks out at ${name}, ${dir}, with words that have no end`, async ({
      page,
      cloud,
      open,
    }) => {
      await page.setViewportSize({ width, height: 800 });
      for (const server of cloud.cloud.state.regions[0]?.servers.values() ?? [])
        if (server.name === 'teaching-notebooks') server.name = LONG;
      await open({
        html: `lang="en" dir="${dir}"`,
        head: WHOLE_KIT + style,
        body: elements(`${cloud.url}/v3`),
      });
      const kit = new Kit(page);
      await expect(kit.password).toBeVisible();
      expect(await sticksOut(page)).toEqual([]);

      await kit.signIn();
      await kit.list.scrollIntoViewIfNeeded();
      await expect(kit.instance(LONG)).toBeVisible();
      await kit.instance(LONG).click();
      await kit.wizard.getByRole('textbox', { name: 'Name', exact: true }).fill('x'.repeat(60));
      await expect(kit.wizard.getByText(/of size .+, started from/)).toBeVisible();
      expect(await sticksOut(page)).toEqual([]);

      const menu = await kit.openMenu(LONG);
      await expect(menu).toBeInViewport({ ratio: 0.98 });
      expect(await sticksOut(page)).toEqual([]);
      await menu.getByRole('menuitem', { name: 'Delete', exact: true }).click();
      const question = kit.list.getByRole('alertdialog');
      await expect(question.getByRole('button', { name: 'Cancel' })).toBeInViewport({ ratio: 0.98 });
      expect(await sticksOut(page)).toEqual([]);
    });
  }
}

test('a page that runs from right to left has the elements mirrored', async ({ page, cloud, open }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  /** Where the middle of things is, from the start of the line, in pixels. */
  const places = async (dir: string) => {
    await open({ html: `lang="en" dir="${dir}"`, head: WHOLE_KIT, body: elements(`${cloud.url}/v3`) });
    const kit = new Kit(page);
    await kit.signIn();
    await expect(kit.instance('web-1')).toBeVisible();
    const things = {
      heading: kit.list.getByRole('heading', { name: 'Instances' }),
      search: kit.list.getByRole('searchbox'),
      name: kit.instance('web-1'),
      menu: kit.list.getByRole('button', { name: 'Actions for web-1', exact: true }),
      'sign out': kit.status.getByRole('button', { name: 'Sign out' }),
    };
    const found: Record<string, number> = {};
    for (const [name, locator] of Object.entries(things)) {
      const box = await locator.boundingBox();
      const middle = (box?.x ?? 0) + (box?.width ?? 0) / 2;
      found[name] = dir === 'rtl' ? 1280 - middle : middle;
    }
    const menu = await (await kit.openMenu('web-1')).boundingBox();
    const [left, right] = [menu?.x ?? 0, (menu?.x ?? 0) + (menu?.width ?? 0)];
    found['open menu, start'] = dir === 'rtl' ? 1280 - right : left;
    return found;
  };
  const ltr = await places('ltr');
  const rtl = await places('rtl');
  expect(ltr['heading']).toBeLessThan(640);
  expect(ltr['menu']).toBeGreaterThan(640);
  for (const [name, at] of Object.entries(ltr))
    expect(Math.abs((rtl[name] ?? 0) - at), `${name}: ${at} and ${rtl[name]}`).toBeLessThan(8);
});
