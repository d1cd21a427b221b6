import { isRecord } from '../openstack/schema.js';
import { Secret } from '../openstack/secret.js';
import type { Persist } from './settings.js';

/** Where somebody stands, and what it takes to stand there again. */
export interface StoredPlace {
  readonly token: Secret;
  readonly authUrl: string;
  readonly userId: string | undefined;
  readonly projectId: string;
  readonly region: string | undefined;
  /** By this computer's clock. */
  readonly expiresAt: Date;
}

/** The part of the browser's Storage that is used here. */
export type StorageArea = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** Gives a storage area, or undefined where there is none; may throw, as sandboxed frames do. */
export type StorageAreas = (kind: 'tab' | 'device') => StorageArea | undefined;

const browserAreas: StorageAreas = (kind) =>
  kind === 'tab' ? globalThis.sessionStorage : globalThis.localStorage;

/**
 * What a session keeps in the browser, all under keys of its own: `exo.session.<name>` in sessionStorage (the token,
 * and where it is for) and, with `device`, in localStorage (application credentials that expire), `exo.project.<identity
 * URL>` (the id of the last project). Where storage is refused, nothing
 * is kept and nothing fails.
 */
export class SessionStorage {
  readonly #key: string;
  readonly #areas: StorageAreas;
  /** The project keys written, to be cleared at sign-out. */
  readonly #projects = new Set<string>();
  persist: Persist = 'tab';

  constructor(name: string, areas: StorageAreas = browserAreas) {
    this.#key = `exo.session.${name}`;
    this.#areas = areas;
  }

  /** Keeps the places, the current one first; none of them: forgets. */
  save(places: readonly StoredPlace[]): void {
    if (this.persist === 'none') return;
    const [current, ...others] = writePlaces(places);
    if (!current) return;
    const value = JSON.stringify({ ...current, ...(others.length > 0 && { others }) });
    this.#try('tab', (area) => area.setItem(this.#key, value));
  }

  load(): readonly StoredPlace[] {
    if (this.persist === 'none') return [];
    return (
      this.#try('tab', (area) => {
        const value: unknown = JSON.parse(area.getItem(this.#key) ?? 'null');
        // Older versions keep one place.
        return [...readPlaces([value]), ...readPlaces(isRecord(value) ? value['others'] : undefined)];
      }) ?? []
    );
  }

  /** Forgets the token. */
  clear(): void {
    this.#try('tab', (area) => area.removeItem(this.#key));
  }

  /** What keeps people signed in on this device, by the ids of their logins. */
  get devices(): Readonly<Record<string, unknown>> {
    const kept = this.#try('device', (area): unknown => JSON.parse(area.getItem(this.#key) ?? 'null'));
    return isRecord(kept) ? kept : {};
  }

  set devices(all: Readonly<Record<string, unknown>>) {
    this.#try('device', (area) => {
      if (Object.keys(all).length > 0) area.setItem(this.#key, JSON.stringify(all));
      else area.removeItem(this.#key);
    });
  }

  get keepsDevices(): boolean {
    return this.persist === 'device' && Object.keys(this.devices).length > 0;
  }

  /** Forgets at once what keeps some logins signed in, or all, and gives it back. */
  takeDevices(ids: readonly string[] | undefined): Readonly<Record<string, unknown>> {
    const kept = Object.entries(this.devices);
    const goes = ([id]: readonly [string, unknown]): boolean => !ids || ids.includes(id);
    if (kept.some(goes)) this.devices = Object.fromEntries(kept.filter((each) => !goes(each)));
    return Object.fromEntries(kept.filter(goes));
  }

  rememberProject(authUrl: string, projectId: string): void {
    if (this.persist === 'none') return;
    const key = projectKey(authUrl);
    this.#projects.add(key);
    this.#try(this.persist, (area) => area.setItem(key, projectId));
  }

  lastProject(authUrl: string): string | undefined {
    if (this.persist === 'none') return undefined;
    const key = projectKey(authUrl);
    this.#projects.add(key);
    return this.#try(this.persist, (area) => area.getItem(key) ?? undefined);
  }

  /** Forgets everything but, with `device`, the last project. */
  signOut(): void {
    this.clear();
    for (const key of this.#projects) this.#try('tab', (area) => area.removeItem(key));
  }

  #try<T>(kind: 'tab' | 'device', use: (area: StorageArea) => T): T | undefined {
    try {
      const area = this.#areas(kind);
      return area && use(area);
    } catch {
      return undefined; // refused, full, or blocked: the session lives as long as the page
    }
  }
}

function projectKey(authUrl: string): string {
  return `exo.project.${authUrl}`;
}

/** As they are kept, and told to other tabs. */
export function writePlaces(places: readonly StoredPlace[]): readonly object[] {
  return places.map(({ token, authUrl, userId, projectId, region, expiresAt }) => ({
    token: token.reveal(),
    authUrl,
    user: userId,
    project: projectId,
    region,
    expiry: expiresAt.toISOString(),
  }));
}

/** Whatever of it is a place. */
export function readPlaces(value: unknown): readonly StoredPlace[] {
  return Array.isArray(value) ? value.flatMap((each: unknown) => readPlace(each) ?? []) : [];
}

function readPlace(value: unknown): StoredPlace | undefined {
  if (!isRecord(value)) return undefined;
  const { token, authUrl, user, project, region, expiry } = value;
  const expiresAt = new Date(typeof expiry === 'string' ? expiry : NaN);
  if (typeof token !== 'string' || typeof authUrl !== 'string' || typeof project !== 'string')
    return undefined;
  if (Number.isNaN(expiresAt.getTime())) return undefined;
  return {
    token: new Secret(token),
    authUrl,
    userId: typeof user === 'string' ? user : undefined,
    projectId: project,
    region: typeof region === 'string' ? region : undefined,
    expiresAt,
  };
}
