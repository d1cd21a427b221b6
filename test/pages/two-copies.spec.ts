import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.js';
import { elements, Kit } from './kit.js';

const script = (url: string) => `<script type="module" src="${url}"></script>`;

/** What each copy's API says of the page's session. */
async function sessionsSeenBy(page: Page, urls: readonly string[]) {
  return page.evaluate(async (modules) => {
    const element = Reflect.get(document.querySelector('exo-session') ?? {}, 'session') as unknown;
    const kits = (await Promise.all(modules.map((url) => import(url) as Promise<unknown>))) as {
      registry: { get(): unknown };
      Session: unknown;
    }[];
    return {
      one: kits.every(({ registry }) => registry.get() === element && element !== undefined),
      copies: new Set(kits.map(({ Session }) => Session)).size,
    };
  }, urls);
}

test('the whole kit twice: one session, no complaint', async ({ page, cloud, open, complaints }) => {
  await open({
    head: script('/kit/exo.js') + script('/other-kit/exo.js'),
    body: elements(`${cloud.url}/v3`),
  });
  const kit = new Kit(page);
  await kit.signIn();
  await expect(kit.instance('web-1')).toBeVisible();
  expect(await sessionsSeenBy(page, ['/kit/exo.js', '/other-kit/exo.js'])).toEqual({ one: true, copies: 2 });
  expect(complaints.console).toEqual([]);
});

test('elements of one copy share the session of another, in any order', async ({
  page,
  cloud,
  open,
  complaints,
}) => {
  // The list is here before the kit that holds the session, and asks for it in vain at first.
  await open({
    head:
      script('/other-kit/exo-instance-list.js') + script('/other-kit/exo-login.js') + script('/kit/exo.js'),
    body: elements(`${cloud.url}/v3`),
  });
  const kit = new Kit(page);
  await kit.signIn();
  await expect(kit.instance('web-1')).toBeVisible();
  await expect(kit.status).toContainText('demo');
  expect(complaints.console).toEqual([]);
});

test('another version is named in one warning, and the first goes on', async ({
  page,
  cloud,
  open,
  complaints,
  hostServer,
}) => {
  const source = await readFile(new URL('../../dist/cdn/exo.js', import.meta.url), 'utf8');
  const { version } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  const other = source.replaceAll(`"${version}"`, '"99.0.0"');
  expect(other, 'the build holds its version as a text').not.toBe(source);
  const newer = hostServer.add({ body: '', files: { 'exo.js': other } });
  await open({
    head: script('/kit/exo.js') + script(`${newer}exo.js`),
    body: elements(`${cloud.url}/v3`),
  });
  const kit = new Kit(page);
  await kit.signIn();
  await expect(kit.instance('web-1')).toBeVisible();
  expect(complaints.console).toEqual([
    `warning: <exo-session> is already defined in version ${version}; version 99.0.0 is ignored.`,
  ]);
});
