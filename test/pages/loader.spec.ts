import { expect, test } from './fixtures.js';
import { Kit } from './kit.js';

const script = (file: string) => `<script type="module" src="/kit/${file}"></script>`;

test('the loader fetches elements as they appear, and no others', async ({
  page,
  cloud,
  open,
  complaints,
}) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await open({
    head: script('exo.loader.js'),
    body: `<exo-session auth-url="${cloud.url}/v3" persist="none"></exo-session>
      <div id="place"><exo-login></exo-login></div>`,
  });
  const kit = new Kit(page);
  await expect(kit.password).toBeVisible();
  const loaded = (tag: string) => asked.some((url) => url.includes(tag));
  expect(loaded('exo-login')).toBe(true);
  expect(loaded('exo-instance-list')).toBe(false);
  await kit.signIn();

  // Deep inside of what is added, and in a shadow root that is there when its host is seen.
  await page.evaluate(() => {
    const deep = document.createElement('div');
    deep.innerHTML = '<p><span><exo-instance-list></exo-instance-list></span></p>';
    const host = document.createElement('div');
    host.attachShadow({ mode: 'open' }).innerHTML = '<exo-session-status></exo-session-status>';
    document.querySelector('#place')?.append(deep, host);
  });
  await expect(kit.instance('web-1')).toBeVisible();
  await expect(kit.status).toContainText('demo');
  expect(loaded('exo-launch-wizard')).toBe(false);
  expect(complaints.console).toEqual([]);
});

test('files of single elements work together', async ({ page, cloud, open, complaints }) => {
  await open({
    head: ['exo-instance-list.js', 'exo-login.js', 'exo-session.js'].map(script).join(''),
    body: `<exo-instance-list></exo-instance-list><exo-login></exo-login>
      <exo-session auth-url="${cloud.url}/v3" persist="none"></exo-session>`,
  });
  const kit = new Kit(page);
  await kit.signIn();
  await expect(kit.instance('web-1')).toBeVisible();
  const question = await kit.askToDelete('web-1');
  await question.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(kit.list.getByText('Deleting').first()).toBeVisible();
  expect(complaints.console).toEqual([]);
});

test('a classic script may make elements before the kit is there', async ({ page, cloud, open }) => {
  await open({
    head: '<script src="early.js"></script>',
    body: '<main></main><script src="later.js"></script>',
    files: {
      // What was set before the upgrade counts, properties and listeners alike.
      'early.js': `
        globalThis.statuses = [];
        document.addEventListener('exo-session-change', ({ detail }) => statuses.push(detail.status));
        addEventListener('DOMContentLoaded', () => {
          const session = document.createElement('exo-session');
          session.authUrl = ${JSON.stringify(`${cloud.url}/v3`)};
          session.persist = 'none';
          const list = document.createElement('exo-instance-list');
          list.heading = 'Our machines';
          document.querySelector('main').append(document.createElement('exo-login'), list, session);
        });`,
      'later.js': `addEventListener('load', () => {
          const kit = document.createElement('script');
          kit.type = 'module';
          kit.src = '/kit/exo.js';
          document.head.append(kit);
        });`,
    },
  });
  const kit = new Kit(page);
  await kit.signIn();
  await expect(kit.list.getByRole('heading', { name: 'Our machines' })).toBeVisible();
  await expect(kit.instance('web-1')).toBeVisible();
  const statuses = await page.evaluate(() => Reflect.get(globalThis, 'statuses') as string[]);
  expect(statuses.at(-1)).toBe('signed-in');
});
