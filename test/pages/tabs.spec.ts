import type { Page, Request } from '@playwright/test';
import { expect, test } from './fixtures.js';
import { elements, Kit, WHOLE_KIT } from './kit.js';

/** Records every storage event that a page gets, from the beginning. */
async function listen(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const heard: unknown[] = [];
    Reflect.set(globalThis, 'storageEvents', heard);
    addEventListener('storage', ({ key, newValue, oldValue }) => heard.push([key, newValue, oldValue]));
  });
}

const said = (page: Page): Promise<string> =>
  page.evaluate(() => JSON.stringify([Reflect.get(globalThis, 'storageEvents'), location.href]));

for (const persist of ['tab', 'device'])
  test(`two tabs sign in and out together, with persist="${persist}"`, async ({
    context,
    page,
    cloud,
    open,
  }) => {
    const body = elements(`${cloud.url}/v3`, `persist="${persist}"`);
    const second = await context.newPage();
    for (const each of [page, second]) await listen(each);
    const url = await open({ head: WHOLE_KIT, body });
    await second.goto(url);
    const [one, two] = [new Kit(page), new Kit(second)];
    await one.signIn('solo');
    await expect(two.login.getByText('Signed in as solo', { exact: true })).toBeVisible();

    // A third one that is opened later is signed in as well.
    const third = await context.newPage();
    await third.goto(url);
    await expect(new Kit(third).login.getByText('Signed in as solo', { exact: true })).toBeVisible();

    const tokens = [...cloud.cloud.state.tokens.keys()];
    for (const each of [page, second]) {
      const heard = await said(each);
      for (const token of tokens) expect(heard).not.toContain(token);
      expect(heard).not.toContain('solo-password');
    }

    await third.evaluate(() => {
      const session: unknown = Reflect.get(document.querySelector('exo-session') ?? {}, 'session');
      if (typeof session === 'object' && session && 'signOut' in session)
        return Reflect.apply(session.signOut as () => unknown, session, []);
      throw new Error('no session');
    });
    for (const each of [one, two, new Kit(third)]) await expect(each.password).toBeVisible();
    await expect
      .poll(() => [...cloud.cloud.state.tokens.values()].every(({ revoked }) => revoked))
      .toBe(true);
    expect(cloud.cloud.state.applicationCredentials).toEqual([]);
    expect(
      await page.evaluate(() =>
        [...Object.keys(localStorage), ...Object.keys(sessionStorage)].filter((key) =>
          key.startsWith('exo.session'),
        ),
      ),
    ).toEqual([]);
  });

test('two tabs stand in projects of their own', async ({ context, page, cloud, open }) => {
  const url = await open({ head: WHOLE_KIT, body: elements(`${cloud.url}/v3`, '') });
  await new Kit(page).signIn('demo', 'demo');
  const second = await context.newPage();
  await second.goto(url);
  await expect(new Kit(second).login.getByText('Signed in as demo', { exact: true })).toBeVisible();
  const project = (of: Page): Promise<unknown> =>
    of.evaluate(() => {
      const element: unknown = document.querySelector('exo-session');
      const { session } = element as { session: { current?: { project: { name: string } } } };
      return session.current?.project.name;
    });
  await second.evaluate(async () => {
    const element: unknown = document.querySelector('exo-session');
    interface Session {
      logins: { projects: { id: string; name: string }[] }[];
      selectProject(id: string): Promise<void>;
    }
    const { session } = element as { session: Session };
    const research = session.logins[0]?.projects.find(({ name }) => name === 'research');
    await session.selectProject(research?.id ?? '');
  });
  expect(await project(second)).toBe('research');
  expect(await project(page)).toBe('demo');
  await second.reload();
  await expect.poll(() => project(second)).toBe('research');
});

test('with persist="none" tabs share nothing but the sign-out', async ({ context, page, cloud, open }) => {
  const url = await open({ head: WHOLE_KIT, body: elements(`${cloud.url}/v3`) });
  const second = await context.newPage();
  await second.goto(url);
  const [one, two] = [new Kit(page), new Kit(second)];
  await one.signIn('solo');
  await expect(two.password).toBeVisible();
  await two.signIn('solo');
  await second.evaluate(() => {
    const element: unknown = document.querySelector('exo-session');
    return (element as { session: { signOut(): Promise<void> } }).session.signOut();
  });
  await expect(one.password).toBeVisible();
});

test('two tabs that can both be seen ask as much as one, and show the same', async ({
  context,
  page,
  cloud,
  open,
}) => {
  // Two that have the same chance ask in the same moment: these have not.
  await page.addInitScript(() => (Math.random = () => 0.25));
  await context.clock.install();
  const url = await open({ head: WHOLE_KIT, body: elements(`${cloud.url}/v3`, '') });
  const one = new Kit(page);
  await one.signIn('demo');
  await expect(one.instance('web-1')).toBeVisible();

  /** Lets time pass for all tabs; how often the instances were asked for. */
  const polls = async (seconds: number): Promise<number> => {
    let asked = 0;
    const count = (request: Request): void => {
      if (request.method() === 'GET' && request.url().includes('/servers/detail')) asked++;
    };
    context.on('request', count);
    // In small steps: what is due within one of them is due at once in both, whatever they would have told each other.
    for (let passed = 0; passed < seconds; passed += 0.5) {
      await context.clock.runFor(500);
      await page.evaluate(() => fetch('/favicon.ico'));
    }
    context.off('request', count);
    return asked;
  };
  await polls(30);
  const alone = await polls(120);
  expect(alone).toBeGreaterThan(1);

  const second = await context.newPage();
  await second.addInitScript(() => (Math.random = () => 0.75));
  await second.goto(url);
  const two = new Kit(second);
  await expect(two.instance('web-1')).toBeVisible();
  await polls(10);
  expect(await polls(120)).toBeLessThanOrEqual(alone + 2);

  const [region] = cloud.cloud.state.regions;
  const server = [...(region?.servers.values() ?? [])].find(({ name }) => name === 'web-1');
  if (!region || !server) throw new Error('the cloud has no web-1');
  server.name = 'renamed-elsewhere';
  server.updated = Date.now() + 600_000;
  await polls(120);
  for (const kit of [one, two]) await expect(kit.instance('renamed-elsewhere')).toBeVisible();
});
