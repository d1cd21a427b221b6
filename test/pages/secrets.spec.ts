import type { Page, Request } from '@playwright/test';
import { expect, test } from './fixtures.js';
import { elements, Kit, WHOLE_KIT } from './kit.js';

const PASSWORD = 'demo-password';
const WRONG = 'not-the-pass-word';

/** Everything a page holds that a script of somebody else, an extension or a log might read. */
async function everything(page: Page): Promise<string> {
  return page.evaluate(() => {
    const seen: string[] = [location.href, document.cookie, document.title, document.referrer];
    const walk = (root: ParentNode & Node) => {
      for (const element of root.querySelectorAll('*')) {
        for (const { name, value } of element.attributes) seen.push(`${name}=${value}`);
        if ('value' in element && element.getAttribute('type') !== 'password')
          seen.push(String(element.value));
        if ('text' in element) seen.push(String(element.text));
        if (element.shadowRoot) walk(element.shadowRoot);
      }
      seen.push(root.textContent ?? '');
    };
    walk(document);
    // What can be reached from the elements by public names.
    const met = new Set<unknown>();
    const reach = (value: unknown, depth: number) => {
      if (typeof value === 'string') seen.push(value);
      if (typeof value !== 'object' || value === null || met.has(value) || depth > 6) return;
      if (value instanceof Node && depth > 0) return;
      met.add(value);
      if (value instanceof Map) for (const entry of value) reach(entry, depth + 1);
      for (
        let at: unknown = value;
        at && at !== Object.prototype && at !== HTMLElement.prototype;
        at = Object.getPrototypeOf(at)
      ) {
        for (const key of Object.getOwnPropertyNames(at)) {
          const read = attempt(() => Reflect.get(value, key) as unknown);
          if (typeof read !== 'function') reach(read, depth + 1);
        }
      }
      seen.push(attempt(() => JSON.stringify(value)) ?? '');
    };
    const attempt = <T>(read: () => T): T | undefined => {
      try {
        return read();
      } catch {
        return undefined;
      }
    };
    for (const tag of ['session', 'login', 'session-status', 'instance-list', 'launch-wizard'])
      reach(document.querySelector(`exo-${tag}`), 0);
    const events: unknown = Reflect.get(globalThis, 'events');
    seen.push(JSON.stringify(events));
    return seen.join('\n');
  });
}

const storage = (page: Page) =>
  page.evaluate(() => ({
    tab: Object.fromEntries<string>(Object.entries(sessionStorage)),
    device: Object.fromEntries<string>(Object.entries(localStorage)),
  }));

const EVENTS = `
  globalThis.events = [];
  sessionStorage.setItem('theirs', 'kept');
  localStorage.setItem('exosphere', 'kept');
  for (const name of ['session-change', 'session-expiring', 'session-expired', 'error', 'sign-out-request'])
    document.addEventListener('exo-' + name, ({ type, detail }) => events.push({ type, detail }), true);`;

/** Tokens as the cloud gave them out, and where each went. */
function follow(page: Page): { tokens: Set<string>; urls: string[] } {
  const tokens = new Set<string>();
  const urls: string[] = [];
  page.on('request', (request: Request) => {
    urls.push(request.url());
    const token = request.headers()['x-auth-token'];
    if (token) tokens.add(token);
  });
  return { tokens, urls };
}

for (const persist of ['tab', 'none'] as const) {
  test(`no secret is left anywhere it does not belong (persist="${persist}")`, async ({
    page,
    cloud,
    open,
    complaints,
  }) => {
    const { tokens, urls } = follow(page);
    await open({
      head: `<script src="events.js"></script>${WHOLE_KIT}`,
      body: elements(`${cloud.url}/v3`, `persist="${persist}"`),
      files: { 'events.js': EVENTS },
    });
    const kit = new Kit(page);
    await kit.submit('demo', WRONG);
    await expect(kit.login.getByRole('alert')).toBeVisible();
    expect(await everything(page)).not.toContain(WRONG);

    await kit.signIn();
    await expect(kit.instance('web-1')).toBeVisible();
    // A request that fails while a token is in use.
    cloud.cloud.fail({ method: 'DELETE', path: '/servers/' }, { status: 403 });
    const question = await kit.askToDelete('web-1');
    await question.getByRole('button', { name: 'Delete', exact: true }).click();
    await expect(kit.list.locator('[part~=notice]').first()).toBeVisible();

    const seen = await everything(page);
    expect(seen, 'what is looked through is really there').toContain('web-1');
    expect(tokens.size).toBeGreaterThan(1);
    for (const secret of [PASSWORD, WRONG, ...tokens]) {
      expect(seen).not.toContain(secret);
      expect(urls.join('\n')).not.toContain(secret);
      expect(complaints.console.join('\n')).not.toContain(secret);
    }

    const { tab, device } = await storage(page);
    expect(device).toEqual({ exosphere: 'kept' });
    const keys = persist === 'none' ? ['theirs'] : ['exo.session.', `exo.project.${cloud.url}/v3`, 'theirs'];
    expect(Object.keys(tab).sort()).toEqual(keys.sort());
    const { 'exo.session.': kept = '', ...others } = tab;
    expect(JSON.stringify(others)).not.toMatch(new RegExp([PASSWORD, WRONG, ...tokens].join('|')));
    expect(kept).not.toContain(PASSWORD);
    expect([...tokens].some((token) => kept.includes(token))).toBe(persist === 'tab');

    await kit.status.getByRole('button', { name: 'Sign out' }).click();
    await expect(kit.password).toHaveValue('');
    expect(await storage(page)).toEqual({ tab: { theirs: 'kept' }, device: { exosphere: 'kept' } });
    // What was handed out is of no use to anybody any more.
    await expect
      .poll(() => [...cloud.cloud.state.tokens.values()].filter((token) => !token.revoked).length)
      .toBe(0);
  });
}

test('persist="tab" survives a reload, and not the closing of the tab', async ({
  page,
  context,
  cloud,
  open,
}) => {
  const url = await open({ head: WHOLE_KIT, body: elements(`${cloud.url}/v3`, '') });
  const kit = new Kit(page);
  await kit.signIn();
  await page.reload();
  await expect(kit.login.getByText('Signed in as demo', { exact: true })).toBeVisible();
  await expect(kit.instance('web-1')).toBeVisible();
  // While it is open, another tab of the origin would follow it.
  await page.close();
  const another = await context.newPage();
  await another.goto(url);
  await expect(new Kit(another).password).toBeVisible();
});
