import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.js';
import { elements, Kit, WHOLE_KIT } from './kit.js';

/** What inherits into shadow trees, what the universal selector says of our hosts, and what means our inner tags. */
const HOSTILE = `
  html { font-size: 62.5%; }
  body { text-transform: uppercase; text-align: center; line-height: 3; color: red; letter-spacing: .3em;
    font: italic bold small-caps 30px/3 fantasy; text-indent: 4em; word-spacing: 1em; white-space: pre;
    text-shadow: 1px 1px lime; cursor: crosshair; visibility: visible; list-style: square; }
  * { box-sizing: content-box; text-transform: uppercase; letter-spacing: .3em; line-height: 3; color: red; }
  button, input, select, table, td, th, p, h2, dialog, form, label {
    all: unset !important; font-size: 40px !important; color: red !important; background: yellow !important;
    border: 9px dashed lime !important; padding: 20px !important; margin: 20px !important;
    width: 50% !important; display: inline !important; }
  [part], [role], [class], [id], .root, .top, .primary { outline: 5px solid magenta !important; }`;

const PROPERTIES = [
  'color', 'font-family', 'font-size', 'font-style', 'font-variant-caps', 'font-weight', 'letter-spacing',
  'line-height', 'text-align', 'text-indent', 'text-shadow', 'text-transform', 'white-space', 'word-spacing',
  'background-color', 'border-top-style', 'outline-style', 'box-sizing', 'display', 'padding-top', 'cursor',
  'list-style-type', 'visibility',
] as const; // prettier-ignore

/** How everything inside the kit's elements is set: one line for each kind of thing, by element, tag and part. */
async function look(page: Page): Promise<Record<string, string>> {
  return page.evaluate((properties) => {
    const seen: Record<string, string> = {};
    for (const host of document.querySelectorAll(
      'exo-login, exo-session-status, exo-instance-list, exo-launch-wizard',
    )) {
      for (const element of host.shadowRoot?.querySelectorAll('*') ?? []) {
        if (element instanceof SVGElement) continue;
        const style = getComputedStyle(element);
        const name = [
          host.localName,
          element.localName,
          element.getAttribute('part'),
          element.className,
          element.id.replace(/[0-9a-f]{8}-[0-9a-f-]+/, '…'),
        ].join(' ');
        seen[name] ??= properties.map((key) => `${key}: ${style.getPropertyValue(key)}`).join('; ');
      }
    }
    return seen;
  }, PROPERTIES);
}

for (const [state, signIn] of [
  ['signed out', false],
  ['signed in', true],
] as const) {
  test(`a hostile style sheet changes nothing inside the elements (${state})`, async ({
    page,
    cloud,
    open,
  }) => {
    // Nothing is caught half way of fading in.
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const body = elements(`${cloud.url}/v3`);
    const see = async (head: string) => {
      await open({ head: WHOLE_KIT + head, body });
      const kit = new Kit(page);
      if (signIn) {
        await kit.signIn();
        await expect(kit.instance('web-1')).toBeVisible();
        // It asks for nothing before it comes into view.
        await kit.wizard.getByRole('textbox', { name: 'Name', exact: true }).fill('not-launched');
        await expect(kit.wizard.getByText(/of size .+, started from/)).toBeVisible();
        await kit.openMenu('web-1');
        await expect(kit.list.getByText('Featured-Debian12').first()).toBeVisible();
        await kit.list.getByRole('menuitem', { name: 'Delete', exact: true }).click();
        await expect(kit.list.getByRole('alertdialog')).toBeVisible();
      } else {
        await expect(kit.password).toBeVisible();
      }
      return look(page);
    };
    const friendly = await see('');
    const hostile = await see(`<style>${HOSTILE}</style>`);
    expect(Object.keys(friendly).length).toBeGreaterThan(signIn ? 60 : 10);
    // What is there for a moment only (a message, a bar that fills) need not be in both.
    const both = Object.keys(friendly).filter((name) => name in hostile);
    expect(both.length).toBeGreaterThan(Object.keys(friendly).length * 0.95);
    const pick = (all: Record<string, string>) => Object.fromEntries(both.map((name) => [name, all[name]]));
    expect(pick(hostile)).toEqual(pick(friendly));
  });
}

test('nothing of the kit reaches the page around it', async ({ page, cloud, open }) => {
  const theirs = `
    <main id="theirs"><h1>Heading</h1><p>Text <a href="#x">link</a> <code>code</code></p>
      <button class="primary quiet danger small">Button</button> <input type="search" /> <select><option>A</option></select>
      <table><tbody><tr><td>Cell</td></tr></tbody></table><dialog open>Dialog</dialog>
      <ul class="menu actions root top panel"><li class="status icon notice skeleton">Item</li></ul></main>`;
  // Every copy of Lit leaves its version there.
  const everything = () =>
    page.evaluate(() => {
      const all = [
        document.documentElement,
        document.body,
        ...document.querySelectorAll('#theirs, #theirs *'),
      ];
      const css = all.map((element) => {
        const style = getComputedStyle(element);
        // The body and the root are as tall as what stands in them.
        const own = [...style].filter(
          (key) => !/^(height|block-size|perspective-origin|transform-origin)$/.test(key),
        );
        return [
          element.localName,
          element.getAttributeNames().join(),
          ...own.map((key) => `${key}: ${style.getPropertyValue(key)}`),
        ].join('; ');
      });
      return {
        css,
        sheets: document.styleSheets.length,
        adopted: document.adoptedStyleSheets.length,
        globals: Object.keys(globalThis)
          .filter((key) => !/^(lit|reactive)\w+Versions$|^litPropertyMetadata$/.test(key))
          .sort(),
      };
    });
  await open({ body: theirs });
  const before = await everything();
  await open({ head: WHOLE_KIT, body: theirs + elements(`${cloud.url}/v3`) });
  const kit = new Kit(page);
  await kit.signIn();
  await expect(kit.instance('web-1')).toBeVisible();
  await kit.askToDelete('web-1');
  await page.keyboard.press('Escape');
  expect(await everything()).toEqual(before);
  // All that stands in the page is what the page itself put there.
  expect(await page.evaluate(() => [...document.body.children].map(({ localName }) => localName))).toEqual([
    'main', 'exo-session', 'exo-session-status', 'exo-login', 'exo-instance-list', 'exo-launch-wizard',
  ]); // prettier-ignore
});
