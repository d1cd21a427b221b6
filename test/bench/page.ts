// What runs in the page that is measured: a list on a session over HTTP, and marks of when things happen.
import '../../src/elements/exo-instance-list.js';
import type { ExoInstanceList } from '../../src/elements/instance-list/instance-list.js';
import { Secret } from '../../src/openstack/secret.js';
import { serversOf } from '../../src/session/collections.js';
import { Session } from '../../src/session/session.js';

/** What the bench asks the page to do. */
export interface Bench {
  /** Signs in and shows the list; resolves with ms from the first page's arrival until its first rows were painted. */
  start(authUrl: string): Promise<number>;
  /** Until all pages are there; resolves with how many rows there are, and ms since the first page's arrival. */
  complete(): Promise<{ readonly rows: number; readonly after: number }>;
  /** Ms from a click on a column's head until the table is in order and laid out. */
  sortBy(column: string): Promise<number>;
  /** The same for something typed into the search box. */
  search(text: string): Promise<number>;
  /** Has the collection ask for changes soon; resolves when `name` is shown, or known where its row is not in the tree. */
  poll(name: string): Promise<void>;
  /** Scrolls from top to bottom, `step` px a frame, or jumps about; resolves with the longest task, ms. */
  scroll(step: number): Promise<{ readonly longest: number; readonly frames: number }>;
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

async function timed(action: () => void): Promise<number> {
  const element = shown();
  await frame();
  const begin = performance.now();
  action();
  await element.updateComplete;
  // The browser has to lay it out, too.
  element.getBoundingClientRect();
  return performance.now() - begin;
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
    await frame();
    shown().getBoundingClientRect();
    return performance.now() - arrived;
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

  async poll(name) {
    const connection = session?.current;
    if (!connection) throw new Error('nobody is signed in');
    const servers = serversOf(connection);
    const there = (): boolean => {
      const { state } = servers;
      return state.status === 'ready' && state.rows.some((row) => row.name === name);
    };
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
    let longest = 0;
    let frames = 0;
    const observer = new PerformanceObserver((entries) => {
      for (const { duration } of entries.getEntries()) longest = Math.max(longest, duration);
    });
    observer.observe({ type: 'longtask' });
    const { documentElement } = document;
    for (let top = 0; top < Math.min(documentElement.scrollHeight, 80 * step); top += step) {
      documentElement.scrollTop = top;
      frames += 1;
      await frame();
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
    observer.disconnect();
    documentElement.scrollTop = 0;
    await frame();
    return { longest, frames };
  },
};
