import { expect, test } from './fixtures.js';
import { elements, Kit, WHOLE_KIT } from './kit.js';

for (const persist of ['tab', 'device']) {
  test(`in a sandboxed frame without storage, persist="${persist}" keeps nothing and breaks nothing`, async ({
    page,
    cloud,
    open,
    hostServer,
    complaints,
  }) => {
    const framed = hostServer.add({
      head: WHOLE_KIT,
      body: elements(`${cloud.url}/v3`, `persist="${persist}"`),
    });
    await open({
      body: `<iframe sandbox="allow-scripts allow-forms" src="${framed}" width="1200" height="700"></iframe>`,
    });
    const frame = page.frames()[1];
    await expect
      .poll(() =>
        frame?.evaluate(() => {
          try {
            return typeof sessionStorage;
          } catch {
            return 'no storage';
          }
        }),
      )
      .toBe('no storage');
    const kit = new Kit(page.frameLocator('iframe').locator('body'));
    await kit.signIn();
    await expect(kit.instance('web-1')).toBeVisible();
    await kit.status.getByRole('button', { name: 'Sign out' }).click();
    await expect(kit.password).toBeVisible();
    expect(complaints.console).toEqual([]);
  });
}
