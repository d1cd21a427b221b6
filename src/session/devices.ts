import { isOpenStackError } from '../openstack/errors.js';
import type { Secret } from '../openstack/secret.js';
import type { OpenConnection } from './connection.js';
import {
  deleteFromCloud,
  keepOnDevice,
  readDevice,
  renewalOnDevice,
  resumeOnDevice,
  writeDevice,
  type DevicePlace,
} from './device.js';
import type { Login } from './login.js';
import type { Cloud } from './sign-in.js';
import type { SessionStorage } from './storage.js';

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
    const { login, grant, environment } = connection;
    const { id } = login;
    const delegated = grant.issued.methods.includes('application_credential');
    if (!grant.owned.own || delegated || login.closed || this.#making.has(id)) return;
    this.#making.add(id);
    try {
      const known = readDevice(this.#storage.devices[id]);
      const good = known && known.expiresAt.getTime() > environment.clock.now();
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

  /**
   * Signs in with each that is good still; one that the cloud does not know any more is forgotten.
   *
   * @param enter signs in to a place, with what makes the login
   */
  async restore(
    now: number,
    enter: (place: DevicePlace, make: (signal: AbortSignal) => Promise<Login>) => Promise<void>,
  ): Promise<void> {
    for (const value of Object.values(this.#storage.devices)) {
      const place = readDevice(value);
      if (!place || place.expiresAt.getTime() <= now) continue;
      try {
        await enter(place, (signal) => resumeOnDevice(this.#cloud(place.authUrl), place, signal));
      } catch (error) {
        if (!isOpenStackError(error) || error.kind !== 'auth') throw error;
        this.#forget(place);
      }
    }
  }

  #forget(place: DevicePlace): void {
    const all = Object.entries(this.#storage.devices);
    this.#storage.takeDevices(
      all.filter(([, value]) => readDevice(value)?.id === place.id).map(([id]) => id),
    );
  }

  /**
   * Deletes in the cloud what was kept.
   *
   * @param kept by the ids of logins
   * @param tokens of those logins that are good still
   */
  async delete(
    kept: Readonly<Record<string, unknown>>,
    tokens: ReadonlyMap<string, readonly Secret[]>,
  ): Promise<void> {
    const deleted = Object.entries(kept).map(async ([id, value]) => {
      const place = readDevice(value);
      if (place) await deleteFromCloud(this.#cloud(place.authUrl), place, tokens.get(id) ?? []);
    });
    await Promise.all(deleted).catch((error: unknown) => {
      // It ends by itself.
      if (!isOpenStackError(error)) throw error;
    });
  }
}
