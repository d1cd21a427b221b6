import type { Credential } from '../../../src/openstack/identity.js';
import { Secret } from '../../../src/openstack/secret.js';
import { Session, type SessionOptions, type SessionState } from '../../../src/session/session.js';
import type { StorageArea } from '../../../src/session/storage.js';
import type { CloudOptions } from '../../../src/simulator/index.js';
import { testCloud, type TestCloud } from '../live/cloud.js';

/** A browser's storage, to be looked into. */
export class MemoryStorage implements StorageArea {
  readonly values = new Map<string, string>();
  getItem(key: string): string | null {
    return this.values.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    this.values.set(key, value);
  }
  removeItem(key: string): void {
    this.values.delete(key);
  }
  get keys(): string[] {
    return [...this.values.keys()].sort();
  }
}

/** A cloud, a browser, and sessions in it. */
export interface Stage extends TestCloud {
  readonly tab: MemoryStorage;
  readonly device: MemoryStorage;
  /** A session as a page makes it when it is loaded. */
  load(options?: SessionOptions): Session;
  /** How often a path was asked for. */
  count(method: string, path: string): number;
}

export const PASSWORD = 'demo-password';

export function password(name = 'demo', value = `${name}-password`): Credential {
  return {
    method: 'password',
    user: { name, domain: { name: 'Default' } },
    password: new Secret(value),
  };
}

/** `single` has one project, `nobody` has none. */
export function stage(options: CloudOptions = {}): Stage {
  const test = testCloud({
    users: [
      { name: 'single', password: 'single-password', roles: { demo: ['member'] } },
      { name: 'nobody', password: 'nobody-password', roles: {} },
    ],
    ...options,
  });
  const tab = new MemoryStorage();
  const device = new MemoryStorage();
  return {
    ...test,
    tab,
    device,
    load: (o = {}) =>
      new Session({
        fetch: test.fetch,
        environment: test.environment,
        storage: (kind) => (kind === 'tab' ? tab : device),
        ...o,
        settings: { authUrl: test.cloud.authUrl, ...o.settings },
      }),
    count: (method, path) =>
      test.asked.filter((each) => each.method === method && new URL(each.url).pathname === path).length,
  };
}

/** The state, which must be this one. */
export function stateOf<S extends SessionState['status']>(
  session: Session,
  status: S,
): Extract<SessionState, { status: S }> {
  const { state } = session;
  if (!is(state, status)) throw new Error(`${state.status} instead of ${status}`);
  return state;
}

function is<S extends SessionState['status']>(
  state: SessionState,
  status: S,
): state is Extract<SessionState, { status: S }> {
  return state.status === status;
}
