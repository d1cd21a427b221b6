import { bundle } from './bundle.js';
import { expect, test } from './fixtures.js';
import { elements, Kit, WHOLE_KIT } from './kit.js';

/** The strictest policy a page can have that still lets the kit in: without images, fonts, forms or frames. */
const policy = (cloud: string, policies = 'exo-lit') =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `connect-src 'self' ${cloud}`,
    "require-trusted-types-for 'script'",
    `trusted-types ${policies}`,
  ].join('; ');

test('a strict Content Security Policy has nothing to report on the whole way', async ({
  page,
  cloud,
  open,
  complaints,
}) => {
  await open({
    headers: { 'content-security-policy': policy(cloud.url) },
    head: `<link rel="stylesheet" href="/kit/themes/light.css" />${WHOLE_KIT}`,
    body: elements(`${cloud.url}/v3`),
  });
  const kit = new Kit(page);
  await kit.signIn();
  await expect(kit.instance('web-1')).toBeVisible();

  await kit.instance('web-1').click();
  await expect(kit.list.getByText('Availability zone')).toBeVisible();
  const question = await kit.askToDelete('web-1');
  await expect(question).toContainText('Delete “web-1”?');
  await page.keyboard.press('Escape');
  await expect(question).toBeHidden();

  const search = kit.list.getByRole('searchbox');
  await search.fill('no such instance');
  await expect(kit.list.getByText('Nothing matches')).toBeVisible();
  await search.fill('');

  const name = kit.wizard.getByRole('textbox', { name: 'Name', exact: true });
  await name.fill('by-the-policy');
  await kit.wizard.getByText('Advanced', { exact: true }).click();
  await expect(kit.wizard.getByRole('textbox', { name: 'Boot script' })).toBeVisible();
  await kit.wizard.getByRole('button', { name: 'Launch', exact: true }).click();
  await expect(kit.instance('by-the-policy')).toBeVisible();

  await kit.status.getByRole('button', { name: 'Sign out' }).click();
  await expect(kit.password).toBeVisible();

  expect(await complaints.policyViolations()).toEqual([]);
  expect(complaints.console).toEqual([]);
});

test('a policy that forbids connecting to the cloud is told as a service that cannot be reached', async ({
  page,
  cloud,
  open,
}) => {
  await open({
    headers: { 'content-security-policy': policy('https://elsewhere.example') },
    head: WHOLE_KIT,
    body: elements(`${cloud.url}/v3`),
  });
  const kit = new Kit(page);
  await kit.submit('demo', 'demo-password');
  await expect(kit.login.getByRole('alert')).toBeVisible();
  await expect(kit.password).toBeVisible();
  expect(cloud.cloud.requestCount).toBe(0);
});

test.describe('another Lit on the page', () => {
  /** Somebody else's element, as their bundler makes it: with their own Lit, whose policy has its usual name. */
  const theirs = `
    import { html, LitElement } from 'lit';
    class TheirGreeting extends LitElement {
      render() { return html\`<p>Hello from the page</p>\`; }
    }
    customElements.define('their-greeting', TheirGreeting);`;

  for (const order of ['before', 'after'] as const) {
    test(`both render when it is loaded ${order} the kit`, async ({ page, cloud, open, complaints }) => {
      const script = '<script type="module" src="theirs.js"></script>';
      await open({
        headers: { 'content-security-policy': policy(cloud.url, 'exo-lit lit-html') },
        head: order === 'before' ? script + WHOLE_KIT : WHOLE_KIT + script,
        body: `<their-greeting></their-greeting>${elements(`${cloud.url}/v3`)}`,
        files: { 'theirs.js': await bundle(theirs) },
      });
      const kit = new Kit(page);
      await expect(page.getByText('Hello from the page')).toBeVisible();
      await kit.signIn();
      await expect(kit.instance('web-1')).toBeVisible();
      expect(await complaints.policyViolations()).toEqual([]);
      expect(complaints.console).toEqual([]);
    });
  }
});
