import { isOpenStackError, OpenStackError } from '../openstack/errors.js';
import type { Secret } from '../openstack/secret.js';
import type { OpenConnection } from './connection.js';
import type { DevicePlace } from './device.js';
import type { Login } from './login.js';
import type { Cloud } from './sign-in.js';
import type { SessionStorage } from './storage.js';

const RENEW = { action: 'renew-session' } as const;

/** Most sessions never need it: a file of its own. */
function load(): Promise<typeof import('./device.js')> {
  return import('./device.js').catch(() => {
    throw new OpenStackError({ kind: 'network', attempt: RENEW, reason: 'unreachable' });
  });
}

/** What keeps people signed in on this device, one application credential for each account. */
export class Devices {
  readonly #storage: SessionStorage;
  readonly #cloud: (authUrl: string) => Cloud;
  /** Accounts that one is being made for. */
  readonly #making = new Set<string>();

  constructor(storage: SessionStorage, cloud: (authUrl: string) => Cloud) {
    this.#storage = storage;
    this.#cloud = cloud;
  }

  /** Sees to it that an account stays signed in; one that came with a credential of its own is left as it is. */
  async keep(connection: OpenConnection, hours: number): Promise<void> {
    const { login, grant } = connection;
    const { id } = login;
    const delegated = grant.issued.methods.includes('application_credential');
    if (this.#storage.persist !== 'device' || !grant.owned.own || delegated || this.#making.has(id)) return;
    this.#making.add(id);
    try {
      const { readDevice, writeDevice, keepOnDevice, renewalOnDevice, deleteFromCloud } = await load();
      const known = readDevice(this.#storage.devices[id]);
      const good = known && known.expiresAt > new Date(connection.environment.clock.now());
      const place = good ? known : await keepOnDevice(connection, hours);
      const cloud = this.#cloud(place.authUrl);
      if (login.closed) {
        // Signed out meanwhile.
        await deleteFromCloud(cloud, place, []);
        return;
      }
      this.#storage.devices = { ...this.#storage.devices, [id]: writeDevice(place) };
      login.renewBy(renewalOnDevice(cloud, place), place.projectId);
    } finally {
      this.#making.delete(id);
    }
  }

  get any(): boolean {
    return this.#storage.persist === 'device' && Object.keys(this.#storage.devices).length > 0;
  }

  /** Those that are good still. */
  async places(now: number): Promise<readonly DevicePlace[]> {
    const { readDevice } = await load();
    const places = Object.values(this.#storage.devices).flatMap((value) => readDevice(value) ?? []);
    return places.filter(({ expiresAt }) => expiresAt.getTime() > now);
  }

  async resume(place: DevicePlace, signal: AbortSignal): Promise<Login> {
    const { resumeOnDevice } = await load();
    return resumeOnDevice(this.#cloud(place.authUrl), place, signal);
  }

  /** One that the cloud does not know any more. */
  forget({ id }: DevicePlace): void {
    const rest = Object.entries(this.#storage.devices).filter(([, value]) => !isOf(value, id));
    this.#storage.devices = Object.fromEntries(rest);
  }

  /**
   * Forgets at once what was kept for some accounts, and deletes it in the cloud.
   *
   * @param logins ids, with tokens that are good still
   * @param all whether those go too whose account is not signed in now
   * @returns undefined where nothing was kept
   */
  leave(logins: ReadonlyMap<string, readonly Secret[]>, all: boolean): Promise<void> | undefined {
    const kept = Object.entries(this.#storage.devices);
    const gone = kept.filter(([id]) => all || logins.has(id));
    if (gone.length === 0) return undefined;
    this.#storage.devices = Object.fromEntries(kept.filter((each) => !gone.includes(each)));
    return load()
      .then(async ({ readDevice, deleteFromCloud }) => {
        const deleted = gone.map(async ([id, value]) => {
          const place = readDevice(value);
          if (place) await deleteFromCloud(this.#cloud(place.authUrl), place, logins.get(id) ?? []);
        });
        await Promise.all(deleted);
      })
      .catch((error: unknown) => {
        // It ends by itself.
        if (!isOpenStackError(error)) throw error;
      });
  }
}

function isOf(value: unknown, id: string): boolean {
  return typeof value === 'object' && value !== null && 'id' in value && value.id === id;
}
