import { AxeBuilder } from '@axe-core/playwright';
import { servePortal } from '../../stories/portal/serve.mjs';
import { expect, test } from './fixtures.js';
import { Kit } from './kit.js';

const VIEWPORTS = { desktop: { width: 1280, height: 800 }, phone: { width: 360, height: 740 } };

for (const [viewport, size] of Object.entries(VIEWPORTS)) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`axe finds nothing on the portal, signed in, ${viewport}, ${colorScheme}`, async ({
      page,
      cloud,
    }) => {
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      const portal = await servePortal({ authUrl: `${cloud.url}/v3`, config: { persist: 'none' } });
      const findings = async () => {
        // The portal's policy keeps axe out of a frame of its own, which is needed for frames only.
        const { violations } = await new AxeBuilder({ page })
          .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
          .setLegacyMode(true)
          .analyze();
        return violations.map(({ id, help, nodes }) => ({
          id,
          help,
          nodes: nodes.map(({ html, failureSummary }) => `${html} ${failureSummary ?? ''}`),
        }));
      };
      await page.goto(portal.url);
      const kit = new Kit(page);
      await kit.submit('demo', 'demo-password');
      await kit.login.getByRole('button', { name: /^demo\b/ }).click();
      await expect(kit.instance('web-1')).toBeVisible();
      await expect(kit.list.getByText('Featured-Debian12').first()).toBeVisible();
      expect(await findings(), 'the list').toEqual([]);

      await kit.openMenu('web-1');
      expect(await findings(), 'the menu of a row').toEqual([]);
      await kit.list.getByRole('menuitem', { name: 'Delete', exact: true }).click();
      await expect(kit.list.getByRole('alertdialog')).toBeVisible();
      expect(await findings(), 'the question').toEqual([]);
      await page.keyboard.press('Escape');

      await page.getByRole('link', { name: 'New instance' }).click();
      await expect(kit.wizard.getByText(/of size .+, started from/)).toBeVisible();
      expect(await findings(), 'the wizard').toEqual([]);
      await portal.close();
    });
  }
}
