import { serve } from '../../src/simulator/serve.js';
import { expect, test } from './fixtures.js';
import { Kit, WHOLE_KIT } from './kit.js';

test('elements find the session before, after and without it around them', async ({ page, cloud, open }) => {
  await open({
    head: WHOLE_KIT,
    body: `<aside><exo-instance-list id="before"></exo-instance-list></aside>
      <exo-session auth-url="${cloud.url}/v3" persist="none">
        <exo-login></exo-login>
        <exo-instance-list id="inside"></exo-instance-list>
      </exo-session>
      <footer><exo-instance-list id="after"></exo-instance-list></footer>`,
  });
  await new Kit(page).signIn();
  for (const id of ['before', 'inside', 'after']) {
    const list = page.locator(`#${id}`);
    await list.scrollIntoViewIfNeeded();
    await expect(list.getByRole('button', { name: 'web-1', exact: true })).toBeVisible();
  }
});

test('a session that comes late serves what is there, and leaving takes it away', async ({
  page,
  cloud,
  open,
  complaints,
}) => {
  await open({ head: WHOLE_KIT, body: '<exo-login></exo-login><exo-instance-list></exo-instance-list>' });
  const kit = new Kit(page);
  await expect(kit.login.getByText('Signing in is not set up on this page')).toBeVisible();
  await page.evaluate((authUrl) => {
    const session = document.createElement('exo-session');
    session.setAttribute('auth-url', authUrl);
    session.setAttribute('persist', 'none');
    document.body.append(session);
  }, `${cloud.url}/v3`);
  await kit.signIn();
  await expect(kit.instance('web-1')).toBeVisible();

  await page.evaluate(() => {
    const session = document.querySelector('exo-session');
    session?.remove();
    Reflect.set(globalThis, 'kept', session);
  });
  await expect(kit.instance('web-1')).toBeHidden();
  await expect(kit.list.getByText('Sign in to see your instances')).toBeVisible();

  await page.evaluate(() => document.body.append(Reflect.get(globalThis, 'kept') as Node));
  await expect(kit.instance('web-1')).toBeVisible();
  expect(complaints.console).toEqual([]);
});

test('two clouds on one page never mix, wherever an element is moved', async ({ page, cloud, open }) => {
  const other = await serve({ port: 0, seed: 'empty', servers: 3 });
  await open({
    head: WHOLE_KIT,
    body: `<section id="here">
        <exo-session auth-url="${cloud.url}/v3" name="here" persist="none">
          <exo-login></exo-login><exo-instance-list></exo-instance-list>
        </exo-session>
      </section>
      <section id="there">
        <exo-session auth-url="${other.url}/v3" name="there" persist="none">
          <exo-login></exo-login><exo-instance-list></exo-instance-list>
        </exo-session>
      </section>
      <section id="outside"><exo-session-status session="there"></exo-session-status></section>`,
  });
  const here = new Kit(page.locator('#here'));
  const there = new Kit(page.locator('#there'));
  await here.signIn();
  await expect(here.instance('web-1')).toBeVisible();
  await expect(there.password).toBeVisible();
  await there.signIn('demo', 'demo');
  await there.list.scrollIntoViewIfNeeded();
  await expect(there.instance('node-00001')).toBeVisible();
  await expect(here.instance('node-00001')).toBeHidden();
  await expect(there.instance('web-1')).toBeHidden();

  const move = (to: string) =>
    page.evaluate((selector) => {
      const list = document.querySelector('#here exo-instance-list') ?? document.querySelector('.moved');
      list?.classList.add('moved');
      document.querySelector(selector)?.append(list ?? '');
    }, to);
  const moved = page.locator('.moved');
  const rowOf = (name: string) => moved.getByRole('button', { name, exact: true });

  await move('#there exo-session');
  await moved.scrollIntoViewIfNeeded();
  await expect(rowOf('node-00001')).toBeVisible();
  await expect(rowOf('web-1')).toBeHidden();

  // Out of both: no session of the page is the default one.
  await move('#outside');
  await expect(moved.getByText('Sign in to see your instances')).toBeVisible();
  await expect(rowOf('node-00001')).toBeHidden();

  await moved.evaluate((list) => list.setAttribute('session', 'here'));
  await expect(rowOf('web-1')).toBeVisible();

  // Signing out of one cloud leaves the other alone.
  await page.locator('exo-session-status').getByRole('button', { name: 'Sign out' }).click();
  await expect(there.password).toBeVisible();
  await expect(rowOf('web-1')).toBeVisible();
  await other.close();
});
