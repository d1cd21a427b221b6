import { expect, test } from './fixtures.js';
import { elements, Kit, WHOLE_KIT } from './kit.js';

for (const [how, send] of [
  ['the button', (kit: Kit) => kit.login.getByRole('button', { name: 'Sign in', exact: true }).click()],
  ['the Enter key', (kit: Kit) => kit.password.press('Enter')],
] as const) {
  for (const allowed of ['allow-scripts', 'allow-scripts allow-forms']) {
    test(`${how} signs in once in a frame with sandbox="${allowed}"`, async ({
      page,
      cloud,
      open,
      hostServer,
    }) => {
      const asked: string[] = [];
      page.on('request', (request) => {
        if (request.method() === 'POST' && request.url().endsWith('/auth/tokens')) asked.push(request.url());
      });
      const framed = hostServer.add({ head: WHOLE_KIT, body: elements(`${cloud.url}/v3`) });
      await open({
        body: `<iframe sandbox="${allowed}" src="${framed}" width="1200" height="700"></iframe>`,
      });
      const kit = new Kit(page.frameLocator('iframe').locator('body'));
      await kit.login.getByRole('textbox', { name: 'User name', exact: true }).fill('solo');
      await kit.password.fill('solo-password');
      await send(kit);
      await expect(kit.login.getByText('Signed in as solo', { exact: true })).toBeVisible();
      // One without a project, one for the only project there is: a double submit would make it more.
      expect(asked).toHaveLength(2);
    });
  }
}
