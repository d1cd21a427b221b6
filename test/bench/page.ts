// What runs in the page that is measured: a list on a session over HTTP, and marks of when things happen.
import '../../src/elements/exo-instance-list.js';
import type { ExoInstanceList } from '../../src/elements/instance-list/instance-list.js';
import { Secret } from '../../src/openstack/secret.js';
import { serversOf } from '../../src/session/collections.js';
import { Session } from '../../src/session/session.js';

/** What the bench asks the page to do. What is timed begins with the mark `begin`, and ends with `end`: painted. */
export interface Bench {
  /** Signs in and shows the list. Timed: from the first page's arrival until its first rows are painted. */
  start(authUrl: string): Promise<void>;
  /** Until all pages are there; resolves with how many rows there are, and ms since the first page's arrival. */
  complete(): Promise<{ readonly rows: number; readonly after: number }>;
  /** Timed: from a click on a column's head until the table is painted in order. */
  sortBy(column: string): Promise<void>;
  /** The same for something typed into the search box. */
  search(text: string): Promise<void>;
  /** The same for the choice of a status: the one at this place of the filter; 0 shows all. */
  filter(at: number): Promise<void>;
  /** Has the collection ask for changes soon; resolves when it knows the new name, and the list has rendered that. */
  poll(id: string, name: string): Promise<void>;
  /** Timed: scrolls down, `step` px a frame, at most eighty times. */
  scroll(step: number): Promise<void>;
}

declare global {
  interface Window {
    bench: Bench;
  }
}

let arrived = 0;
let list: ExoInstanceList | undefined;
let session: Session | undefined;

const frame = () => new Promise<number>(requestAnimationFrame);

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await frame();
}

function shown(): ExoInstanceList {
  if (!list) throw new Error('there is no list yet');
  return list;
}

/** After the next paint. */
async function painted(): Promise<void> {
  await frame();
  await new Promise((resolve) => setTimeout(resolve));
}

async function timed(action: () => void): Promise<void> {
  await painted();
  performance.mark('begin');
  action();
  await shown().updateComplete;
  await painted();
  performance.mark('end');
  // Rows beyond the edges of the screen come later, each in a task of its own.
  for (let at = 0; at < 5; at += 1) await painted();
}

window.bench = {
  async start(authUrl) {
    session = new Session({
      settings: { authUrl, persist: 'none' },
      async fetch(request) {
        const response = await fetch(request);
        if (arrived > 0 || !request.url.includes('/servers/detail')) return response;
        const body = await response.arrayBuffer();
        arrived = performance.now();
        performance.mark('begin');
        return new Response(body, { status: response.status, headers: response.headers });
      },
    });
    await session.signIn({
      method: 'password',
      user: { name: 'demo', domain: { name: 'Default' } },
      password: new Secret('demo-password'),
    });
    if (session.state.status === 'choosing') {
      const demo = session.state.projects.find(({ name }) => name === 'demo');
      if (demo) await session.selectProject(demo.id);
    }
    list = document.createElement('exo-instance-list');
    list.session = session;
    const rows = new Promise<void>((resolve) => {
      const observer = new MutationObserver(() => {
        if (!list?.shadowRoot?.querySelector('tr[data-row]')) return;
        observer.disconnect();
        resolve();
      });
      document.body.append(shown());
      observer.observe(shown().renderRoot, { subtree: true, childList: true });
    });
    await rows;
    await painted();
    performance.mark('end');
  },

  async complete() {
    const table = () => shown().renderRoot.querySelector('table[aria-rowcount]');
    await until(() => Number(table()?.getAttribute('aria-rowcount')) > 0);
    return {
      rows: Number(table()?.getAttribute('aria-rowcount')) - 1,
      after: performance.now() - arrived,
    };
  },

  sortBy: (column) =>
    timed(() => shown().renderRoot.querySelector<HTMLElement>(`th.${column} button.sort`)?.click()),

  search: (text) =>
    timed(() => {
      const input = shown().renderRoot.querySelector<HTMLInputElement>('input[type="search"]');
      if (!input) throw new Error('there is no search box');
      input.value = text;
      input.dispatchEvent(new InputEvent('input', { bubbles: true }));
    }),

  filter: (at) =>
    timed(() => {
      const select = shown().renderRoot.querySelector('select');
      if (!select) throw new Error('there is no filter');
      select.selectedIndex = at;
      select.dispatchEvent(new Event('change', { bubbles: true }));
    }),

  async poll(id, name) {
    const connection = session?.current;
    if (!connection) throw new Error('nobody is signed in');
    const servers = serversOf(connection);
    const there = (): boolean => servers.get(id)?.name === name;
    await new Promise<void>((resolve) => {
      const forget = servers.subscribe(() => {
        if (!there()) return;
        forget();
        resolve();
      });
      servers.hurry();
    });
    await shown().updateComplete;
    await frame();
    await frame();
  },

  async scroll(step) {
    const { documentElement } = document;
    const end = Math.min(documentElement.scrollHeight, 80 * step);
    await painted();
    performance.mark('begin');
    for (let top = 0; top < end; top += step) {
      documentElement.scrollTop = top;
      await frame();
    }
    for (let at = 0; at < 5; at += 1) await painted();
    performance.mark('end');
    documentElement.scrollTop = 0;
    for (let at = 0; at < 5; at += 1) await painted();
  },
};
