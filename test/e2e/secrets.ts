import { expect, type Page, type Request } from '@playwright/test';

/**
 * Every place of a page that outlives the moment or that somebody else's script may read, as one text.
 *
 * @param own what the session keeps for itself is looked through too
 */
async function everything(page: Page, own: boolean): Promise<string> {
  const kept = await page.evaluate(async (own) => {
    const seen: string[] = [location.href, document.cookie, document.title, JSON.stringify(history.state)];
    const walk = (root: Document | ShadowRoot): void => {
      for (const element of root.querySelectorAll('*')) {
        for (const { name, value } of element.attributes) seen.push(`${name}=${value}`);
        // A password field too: once it is sent nothing may be left in it.
        if ('value' in element) seen.push(String(element.value));
        if (element.shadowRoot) walk(element.shadowRoot);
      }
      seen.push(root.textContent ?? '', root instanceof ShadowRoot ? root.innerHTML : '');
    };
    walk(document);
    seen.push(new XMLSerializer().serializeToString(document));
    for (const storage of [sessionStorage, localStorage]) {
      const entries = Object.entries<string>(storage).map(([key, value]) =>
        own || !key.startsWith('exo.session.') ? [key, value] : [key],
      );
      seen.push(JSON.stringify(entries));
    }
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        seen.push(request.url, (await (await cache.match(request))?.text()) ?? '');
      }
    }
    for (const { name = '' } of await indexedDB.databases()) seen.push(`database ${name}`);
    return seen.join('\n');
  }, own);
  const cookies = JSON.stringify(await page.context().cookies());
  return `${kept}\n${cookies}`;
}

/** Remembers where a page went and what it said, from now on. */
export class SecretScan {
  readonly #page: Page;
  readonly #said: string[] = [];

  constructor(page: Page) {
    this.#page = page;
    page.on('request', (request) => this.#said.push(request.url()));
    page.on('console', (message) => this.#said.push(message.text()));
    page.on('pageerror', (error) => this.#said.push(error.stack ?? error.message));
  }

  /**
   * None of the secrets is left in the document, its shadow roots, fields, storages, caches, cookies, addresses or the
   * console.
   *
   * @param present a text that is on the page, to show that it was looked through
   */
  async expectNone(secrets: readonly string[], present: string): Promise<void> {
    const seen = await this.#seen(true);
    expect(seen, 'what is looked through is really there').toContain(present);
    expect(seen, 'no database is kept').not.toContain('database ');
    for (const [index, secret] of secrets.entries()) {
      expect(secret.length, `secret ${index} is one`).toBeGreaterThan(5);
      expect(seen.includes(secret), `secret ${index} is nowhere`).toBe(false);
    }
  }

  /** What of `secrets` can be found; `own` looks into what the session keeps for itself as well. */
  async find(secrets: Iterable<readonly [secret: string, what: string]>, own: boolean): Promise<string[]> {
    const seen = await this.#seen(own);
    return [...secrets].filter(([secret]) => seen.includes(secret)).map(([, what]) => what);
  }

  async #seen(own: boolean): Promise<string> {
    return `${await everything(this.#page, own)}\n${this.#said.join('\n')}`;
  }
}

/** Names under which the cloud's interfaces carry what nobody else may learn. */
const SECRET_FIELDS = /^(?:password|original_password|secret|adminPass)$/;

/** The secrets in a body, however deep. */
function* secretsIn(value: unknown): Generator<readonly [string, string]> {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    if (typeof inner !== 'string') yield* secretsIn(inner);
    // What is shorter than a password stands in a page by chance.
    else if (SECRET_FIELDS.test(name) && inner.length > 7) yield [inner, name];
  }
}

function bodyOf(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

/**
 * Notes every secret that goes over the wire of a page, in either direction, from now on.
 *
 * @returns looks whether any of them is left in the page: tokens only where the portal lets the session keep them,
 *   passwords and secrets nowhere
 */
export function watchSecrets(page: Page): () => Promise<void> {
  const scan = new SecretScan(page);
  const tokens = new Map<string, string>();
  const secrets = new Map<string, string>();
  const answers: Promise<unknown>[] = [];
  const take = (headers: Record<string, string>): void => {
    for (const name of ['x-auth-token', 'x-subject-token', 'openstack-auth-receipt']) {
      const value = headers[name];
      if (value) tokens.set(value, `the token in ${name}`);
    }
  };
  const note = (body: unknown, where: string): void => {
    for (const [secret, name] of secretsIn(body)) secrets.set(secret, `${name} of ${where}`);
  };
  page.on('request', (request) => {
    take(request.headers());
    note(bodyOf(request.postData()), `${request.method()} ${new URL(request.url()).pathname}`);
  });
  page.on('response', (response) => {
    take(response.headers());
    const request: Request = response.request();
    if (request.method() !== 'POST' || !response.ok()) return;
    const where = `the answer to ${new URL(request.url()).pathname}`;
    answers.push(
      response.text().then(
        (text) => {
          note(bodyOf(text), where);
        },
        () => undefined, // the page went away before the answer was read
      ),
    );
  });
  return async () => {
    if (page.isClosed() || page.url() === 'about:blank') return;
    await Promise.all(answers);
    expect(await scan.find(secrets, true), 'passwords and secrets that are left in the page').toEqual([]);
    expect(await scan.find(tokens, false), 'tokens that are left in the page').toEqual([]);
  };
}
