import { expect, type Page } from '@playwright/test';

/** Every place of a page that outlives the moment or that somebody else's script may read, as one text. */
async function everything(page: Page): Promise<string> {
  const kept = await page.evaluate(async () => {
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
    for (const storage of [sessionStorage, localStorage]) seen.push(JSON.stringify(Object.entries(storage)));
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        seen.push(request.url, (await (await cache.match(request))?.text()) ?? '');
      }
    }
    for (const { name = '' } of await indexedDB.databases()) seen.push(`database ${name}`);
    return seen.join('\n');
  });
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
    const seen = `${await everything(this.#page)}\n${this.#said.join('\n')}`;
    expect(seen, 'what is looked through is really there').toContain(present);
    expect(seen, 'no database is kept').not.toContain('database ');
    for (const [index, secret] of secrets.entries()) {
      expect(secret.length, `secret ${index} is one`).toBeGreaterThan(5);
      expect(seen.includes(secret), `secret ${index} is nowhere`).toBe(false);
    }
  }
}
